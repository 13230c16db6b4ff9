/** Changes that came to serve and whose request holds words of a question (port EarlierChanges), with what became of them; read with the workshop's login. */
import pg from 'pg';
import type { EarlierChange, EarlierChanges } from '#ports';

const LONGEST_REQUEST = 400;
const MOST_FILES = 8;

export function openEarlierChanges(databaseUrl: string): EarlierChanges & { close(): Promise<void> } {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1, application_name: 'theseus earlier changes' });
  pool.on('error', () => {});
  return {
    like: async (words, most) => {
      // Letters and digits alone: nothing of a question is syntax of a query.
      const asked = words.map((word) => word.replaceAll(/[^\p{L}\p{N}]/gu, '')).filter((word) => word !== '');
      if (asked.length === 0) return [];
      const found = await pool.query<Row>(
        `with asked as (select to_tsquery('english', $1) as query),
         near as (select id, text, asked_at from theseus.changes, asked where to_tsvector('english', text) @@ query
           order by ts_rank(to_tsvector('english', text), query) desc, asked_at desc limit $2)
         select near.id, text, to_char(asked_at, 'YYYY-MM-DD') as at, ending.event->>'outcome' as outcome, coalesce(ending.event->>'why', '') as why,
           (select array(select key from jsonb_object_keys(files) key order by key) from theseus.candidates where change = near.id order by candidates.at desc limit 1) as files
         from near join lateral (select event from theseus.change_events where change = near.id and event->>'kind' = 'ended' order by seq desc limit 1) ending on true
         where ending.event->>'outcome' in ('live', 'rolled-back')`,
        [asked.join(' | '), most],
      );
      return found.rows.map(({ id, text, at, outcome, why, files }): EarlierChange => ({
        id,
        request: cut(text),
        outcome,
        why: outcome === 'live' ? '' : cut(why),
        at,
        files: (files ?? []).slice(0, MOST_FILES),
      }));
    },
    close: () => pool.end(),
  };
}
interface Row {
  readonly id: string;
  readonly text: string;
  readonly at: string;
  readonly outcome: 'live' | 'rolled-back';
  readonly why: string;
  readonly files: readonly string[] | null;
}
const cut = (text: string): string => (text.length <= LONGEST_REQUEST ? text : `${text.slice(0, LONGEST_REQUEST).toWellFormed()} [cut]`);
