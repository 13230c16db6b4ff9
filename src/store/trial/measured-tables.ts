/**
 * The tables of several generations of one system side by side in the trial database, over the same generated rows, for reading them in
 * turns. They stand in schemas of their own, which nobody else sees and which go at the end; what a process left behind goes when the
 * next one begins. What runs there is our own derived SQL alone.
 */
import pg from 'pg';
import { Fault, type PermanentId } from '#kernel';
import type { SystemModel } from '#model';
import { Link } from '../connection/link.ts';
import { emptyCatalog } from '../migrate/catalog.ts';
import { deriveSchema, plansOf } from '../migrate/derive-schema.ts';
import { quoted } from '../physical/names.ts';
import { prepareModel } from '../prepare/prepare-model.ts';
import { type FieldShape, fillStatement } from './generated-rows.ts';
import { measuredPlace, type Place } from './measured-place.ts';
import { inSchemas, type Schemas } from './other-schemas.ts';

export interface MeasuredTables {
  readonly places: readonly Place[];
  /** Drops all of it. */
  end(): Promise<void>;
}
export interface Laying {
  /** All of one system: the tables of the first are filled, the others get the same rows. */
  readonly models: readonly SystemModel[];
  /** Rows of entities by permanent id; what is not named stays empty. */
  readonly rows: ReadonlyMap<PermanentId, number>;
  readonly itemsEach: number;
  /** Of fields, by permanent id. */
  readonly shapes?: ReadonlyMap<PermanentId, FieldShape>;
  readonly seed: number;
}

const PREFIX = 'measured_';
/** As a read in service has it, and a time after which a fill is given up. */
const session = '-c theseus.caller=measured -c synchronous_commit=off -c statement_timeout=60000';

export function measuredTables(url: string): (laying: Laying) => Promise<MeasuredTables> {
  const located = `${url}${url.includes('?') ? '&' : '?'}options=${encodeURIComponent(session)}`;
  let count = 0;
  const own = `${PREFIX}${process.pid}_`;
  const connected = async (): Promise<pg.Client> => {
    const client = new pg.Client({ connectionString: located, application_name: 'theseus measuring' });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return client;
    } catch (cause) {
      throw new Fault('database-unavailable', 'The trial database does not answer.', cause);
    }
  };
  return async (laying) => {
    const { models, seed } = laying;
    const client = await connected();
    const links: Link[] = [];
    try {
      await prepareDatabase(client, own);
      count += 1;
      const schemas = models.map((_, at): Schemas => ({ e: `${own}${count}_${at}e`, v: `${own}${count}_${at}v` }));
      for (const [at, model] of models.entries()) {
        const to = schemas[at] ?? { e: 'e', v: 'v' };
        await client.query(`create schema ${to.e}; create schema ${to.v}`);
        const { tables, indexes } = derivedIn(model, to);
        await client.query(tables);
        await client.query(unchecked(to.e));
        const first = schemas[0];
        await (at === 0 || first === undefined ? fill(client, model, laying, to) : copy(client, model, first, to));
        // As after a night of service: nothing is left for a vacuum, which would come between the runs.
        if (indexes !== '') await client.query(indexes);
        for (const plan of plansOf(prepareModel(model))) await client.query(`vacuum (analyze) ${inSchemas(plan.table, to)}`);
      }
      const places: Place[] = [];
      for (const [at, model] of models.entries()) {
        const reading = await Link.open(located, 'theseus measuring', 'each');
        const writing = await Link.open(located, 'theseus measuring');
        links.push(reading, writing);
        places.push(
          measuredPlace({ client, reading, writing, prepared: prepareModel(model), schemas: schemas[at] ?? { e: 'e', v: 'v' }, seed }),
        );
      }
      return {
        places,
        end: async () => {
          await Promise.all(links.map((link) => link.close()));
          await client.query(`drop schema ${schemas.flatMap(({ e, v }) => [v, e]).join(', ')} cascade`).finally(() => client.end());
        },
      };
    } catch (cause) {
      await Promise.all(links.map((link) => link.close()));
      await client.query('rollback').catch(() => undefined);
      await dropLeft(client, own, true).catch(() => undefined);
      await client.end().catch(() => undefined);
      throw cause;
    }
  };
}

/** One at a time in one database: two would measure each other. What processes that are no more left behind goes. */
async function prepareDatabase(client: pg.Client, own: string): Promise<void> {
  await client.query('set lock_timeout = 0; set statement_timeout = 0; select pg_advisory_lock(7405003); set statement_timeout = 60000');
  await dropLeft(client, own, false);
  await client.query(`create schema if not exists theseus;
    do $$ begin create extension if not exists pg_trgm with schema theseus; exception when others then raise notice 'without pg_trgm'; end $$`);
}
async function dropLeft(client: pg.Client, own: string, mine: boolean): Promise<void> {
  const left = await client.query<{ name: string }>('select nspname as name from pg_namespace where starts_with(nspname, $1)', [
    mine ? own : PREFIX,
  ]);
  for (const { name } of left.rows) await client.query(`drop schema ${quoted(name)} cascade`);
}

/** Nobody works beside it: indexes need not wait for anybody, and are built once the rows are there. */
function derivedIn(model: SystemModel, to: Schemas): { readonly tables: string; readonly indexes: string } {
  // Rows that are made up keep no promise.
  const texts = deriveSchema(model, { ...emptyCatalog, viewOwner: false }, false)
    .flatMap(({ statements }) => statements)
    .filter((text) => !/^(?:drop index|analyze) /.test(text))
    .map((text) => inSchemas(text.replace(/^create (unique )?index concurrently /, 'create $1index '), to));
  const isIndex = (text: string): boolean => /^create (?:unique )?index /.test(text);
  return { tables: texts.filter((text) => !isIndex(text)).join('; '), indexes: texts.filter(isIndex).join('; ') };
}
/** Generated rows hold no rules. */
const unchecked = (schema: string): string =>
  `do $$ declare c record; begin
     for c in select conrelid::regclass as t, conname from pg_constraint where contype = 'c' and connamespace = '${schema}'::regnamespace loop
       execute format('alter table %s drop constraint %I', c.t, c.conname);
     end loop; end $$`;

async function fill(client: pg.Client, model: SystemModel, { rows, itemsEach, seed, shapes }: Laying, to: Schemas): Promise<void> {
  const rowsOf = (id: PermanentId): number => rows.get(id) ?? 0;
  for (const plan of plansOf(prepareModel(model))) {
    const parent = model.entities.find(({ fields }) => fields.some(({ type }) => type.kind === 'list' && type.itemId === plan.id));
    const wanted = parent === undefined ? rowsOf(plan.id) : rowsOf(parent.id) * itemsEach;
    if (wanted === 0) continue;
    const parents = parent === undefined ? {} : { parents: { id: parent.id, rows: rowsOf(parent.id) } };
    await client.query(
      inSchemas(fillStatement({ plan, rows: wanted, ...parents, rowsOf, seed, ...(shapes === undefined ? {} : { shapes }) }), to),
    );
  }
}
async function copy(client: pg.Client, model: SystemModel, from: Schemas, to: Schemas): Promise<void> {
  for (const plan of plansOf(prepareModel(model))) {
    const columns = plan.tableColumns.map(({ name }) => quoted(name)).join(', ');
    await client.query(`insert into ${inSchemas(plan.table, to)} (${columns}) select ${columns} from ${inSchemas(plan.table, from)}`);
  }
}
