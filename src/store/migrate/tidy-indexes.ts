/**
 * Takes away the indexes that were asked for and that nobody may come back to: not of what serves, of what a rollback reaches, or
 * of a candidate that waits. What serves gets back those that it asks for and that went meanwhile. With the owner's login, beside
 * the work: readers and writers wait for none of it.
 */
import type pg from 'pg';
import type { SystemModel } from '#model';
import { ASKED } from '../physical/asked-indexes.ts';
import { quoted } from '../physical/names.ts';
import { applySchemaOn } from './apply-schema.ts';
import { namesOf } from './derive-schema.ts';

/** `others` are read only where there is an index that `serving` does not ask for. Answers the names of what went. */
export async function tidyIndexes(
  client: pg.ClientBase,
  serving: SystemModel,
  others: () => Promise<readonly SystemModel[]>,
): Promise<readonly string[]> {
  const there = await client.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'e' and c.relkind = 'i' and position($1 in c.relname) > 0`,
    [ASKED],
  );
  const wanted = new Set(namesOf(serving).names);
  const names = new Set(there.rows.map(({ name }) => name));
  if ([...wanted].some((name) => name.includes(ASKED) && !names.has(name))) await applySchemaOn(client, serving);
  if ([...names].every((name) => wanted.has(name))) return [];
  for (const model of await others()) for (const name of namesOf(model).names) wanted.add(name);
  const surplus = [...names].filter((name) => !wanted.has(name));
  await client.query("set lock_timeout = '30s'");
  for (const name of surplus) await client.query(`drop index concurrently if exists e.${quoted(name)}`);
  return surplus;
}
