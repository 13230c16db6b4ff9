/**
 * Adds the CHECK constraints that what serves promises, where everybody who may write the table promises them: what serves, drains, may
 * be come back to, or was made ready. Each is added NOT VALID, which looks at no row and holds writers for a moment, and then validated
 * beside the work. Where a row breaks it (it is older than the promise), it stays away: that row can be worked with as before. With the
 * owner's login; safe to repeat.
 */
import type pg from 'pg';
import type { PermanentId } from '#kernel';
import { entityById, type SystemModel } from '#model';
import { type Check, checksOf } from '../physical/checks.ts';
import { quoted, tableOf } from '../physical/names.ts';
import { alone, applySchemaOn, runStep } from './apply-schema.ts';
import { type Catalog, readCatalog } from './catalog.ts';
import { namesOf, unpromised } from './derive-schema.ts';

export interface TidiedChecks {
  readonly added: readonly string[];
  /** What is not added since a row breaks it, by the name of the constraint. */
  readonly broken: readonly { readonly name: string; readonly row: string }[];
}

/** `others` are read only where something is missing, and while nobody else makes a schema ready. */
export async function tidyChecks(
  client: pg.ClientBase,
  serving: SystemModel,
  others: () => Promise<readonly SystemModel[]>,
): Promise<TidiedChecks> {
  // What came back from beyond all that is reached: it promises less than is there.
  const before = await readCatalog(client, namesOf(serving));
  if (serving.entities.some(({ id }) => unpromised(before, id, checksOf(serving, id)).length > 0)) await applySchemaOn(client, serving);
  if (missingIn(before, serving).length === 0) return { added: [], broken: [] };
  return alone(client, async () => {
    const missing = missingIn(await readCatalog(client, namesOf(serving)), serving);
    const models = await others();
    const added: string[] = [];
    const broken: { name: string; row: string }[] = [];
    for (const { table, check, there } of missing) {
      if (
        !models.every((model) => entityById(model, table) === undefined || checksOf(model, table).some(({ name }) => name === check.name))
      )
        continue;
      const row = (await breaks(client, table, check)) ?? (await addedOrNot(client, table, check, there));
      if (row === undefined) added.push(check.name);
      else broken.push({ name: check.name, row });
    }
    return { added, broken };
  });
}

interface Missing {
  readonly table: PermanentId;
  readonly check: Check;
  /** Added, and not validated: whoever was about to is gone. */
  readonly there: boolean;
}
function missingIn(catalog: Catalog, model: SystemModel): readonly Missing[] {
  return model.entities.flatMap(({ id }) => {
    const known = catalog.tables.has(id) ? (catalog.checks.get(id) ?? new Map<string, boolean>()) : undefined;
    const wanted = new Map(checksOf(model, id).map((check) => [check.name, check]));
    return known === undefined
      ? []
      : [...wanted.values()]
          .filter(({ name }) => known.get(name) !== true)
          .map((check) => ({ table: id, check, there: known.has(check.name) }));
  });
}

/** A row that breaks it, or one that it cannot be worked out of. */
async function breaks(client: pg.ClientBase, table: PermanentId, { text }: Check): Promise<string | undefined> {
  try {
    // Row security is forced on the owner of tables where there is no other owner of views.
    await client.query("select set_config('theseus.caller', 'schema', false)");
    const found = await client.query<{ id: string }>(`select id from ${tableOf(table)} as ${quoted(table)} where not (${text}) limit 1`);
    return found.rows[0]?.id;
  } catch (cause) {
    if (isOutOfRange(cause)) return 'of numbers too large';
    throw cause;
  }
}

/** The row that came to break it meanwhile, where one did: then the constraint is gone again. */
async function addedOrNot(client: pg.ClientBase, table: PermanentId, check: Check, there: boolean): Promise<string | undefined> {
  const name = quoted(check.name);
  const alter = `alter table ${tableOf(table)}`;
  if (!there) await runStep(client, { statements: [`${alter} add constraint ${name} check (${check.text}) not valid`], locks: true });
  try {
    await client.query('set lock_timeout = 0');
    await client.query(`${alter} validate constraint ${name}`);
    return undefined;
  } catch (cause) {
    if (!isViolated(cause) && !isOutOfRange(cause)) throw cause;
    await runStep(client, { statements: [`${alter} drop constraint if exists ${name}`], locks: true });
    return (await breaks(client, table, check)) ?? 'that is gone by now';
  }
}

const codeOf = (cause: unknown): unknown => (typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined);
const isViolated = (cause: unknown): boolean => codeOf(cause) === '23514';
const isOutOfRange = (cause: unknown): boolean => codeOf(cause) === '22003' || codeOf(cause) === '22008';
