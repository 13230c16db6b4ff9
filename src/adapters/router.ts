/** Who is tried first (port Router), from the record: which generator brought which request live, and what that took. */
import pg from 'pg';
import { cheapestFirst, type Trial } from '#ledger';
import type { Router } from '#ports';

/** Changes that are looked back at. */
const MOST = 500;

export function openRouter(databaseUrl: string): Router & { close(): Promise<void> } {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1, application_name: 'theseus router' });
  pool.on('error', () => {});
  return {
    order: async (request, among) => {
      if (among.length === 0) return [];
      const found = await pool.query<Trial>(
        `with tried as (
           select changes.id, changes.text, routed.event->>'generator' as generator,
             (select event->>'outcome' from theseus.change_events ends where ends.change = changes.id and ends.event->>'kind' = 'ended' order by seq desc limit 1) as outcome,
             (select generator from theseus.candidates where candidates.change = changes.id order by at desc limit 1) as writer
           from theseus.changes join theseus.change_events routed on routed.change = changes.id and routed.event->>'kind' = 'routed'
           where changes.kind = 'change' order by changes.asked_at desc limit $1)
         select text as request, generator, outcome = 'live' and writer = generator as succeeded,
           (select case when bool_and(usd is not null) then sum(usd) end from theseus.spending where spending.change = tried.id and 'model/' || spending.name = tried.generator) as usd
         from tried where outcome is not null`,
        [MOST],
      );
      return cheapestFirst(request.text, among, found.rows);
    },
    close: () => pool.end(),
  };
}
