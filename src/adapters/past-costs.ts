/** The figures behind an estimate (port PastCosts), from the ledger: what the latest changes of each generator took, and how many went live. */
import pg from 'pg';
import type { PastCost, PastCosts } from '#ports';

/** Changes that are looked back at. */
const MOST = 200;

export function openPastCosts(databaseUrl: string): PastCosts & { close(): Promise<void> } {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1, application_name: 'theseus past costs' });
  pool.on('error', () => {});
  return {
    latest: async () => {
      const found = await pool.query<PastCost>(
        `with written as (select distinct on (change) change, generator from theseus.candidates
           where change in (select id from theseus.changes order by asked_at desc limit $1) order by change, at desc)
         select generator, count(*)::int as changes,
           count(*) filter (where exists (select 1 from theseus.change_events ends where ends.change = written.change and ends.event->>'kind' = 'ended' and ends.event->>'outcome' = 'live'))::int as live,
           percentile_cont(0.5) within group (order by (select sum(cpu_ms) from theseus.ledger where ledger.change = written.change)) as "cpuMs",
           percentile_cont(0.5) within group (order by (select case when bool_and(usd is not null) then sum(usd) end from theseus.spending where spending.change = written.change)) as usd
         from written group by generator order by generator`,
        [MOST],
      );
      return found.rows;
    },
    close: () => pool.end(),
  };
}
