/**
 * Stores without rows in a real PostgreSQL, for examples: each lives in one transaction that is never committed, so the next one
 * starts with none. The same statements, checks and refusals as in service; a refused write is undone by a savepoint. It has
 * no fence, no journal and no retry, since nobody else writes there.
 */
import { Fault } from '#kernel';
import pg from 'pg';
import type { SystemModel } from '#model';
import { Link } from '../connection/link.ts';
import { applySchemaOn } from '../migrate/apply-schema.ts';
import { readCatalog } from '../migrate/catalog.ts';
import { clashesOf, namesOf, plansOf } from '../migrate/derive-schema.ts';
import { type Prepared, prepareModel } from '../prepare/prepare-model.ts';
import { type EmptyStore, trialStore } from './trial-store.ts';

export type { EmptyStore } from './trial-store.ts';
export interface TrialDatabase {
  /** Makes the tables and views of a model where they are missing. */
  prepare(model: SystemModel): Promise<void>;
  /** A store without rows; `end` leaves nothing behind. `clock` is the example's own. */
  begin(prepared: Prepared, clock?: () => number): Promise<EmptyStore>;
  close(): Promise<void>;
}

const base = `create schema if not exists theseus; create schema if not exists e; create schema if not exists v;
  create table if not exists theseus.approvals_of_rows (rule text not null, row uuid not null, by text not null, at timestamptz not null, amount numeric, primary key (rule, row));
  do $$ begin create extension if not exists pg_trgm with schema theseus; exception when others then raise notice 'without pg_trgm'; end $$`;

/** `url` is of a login that owns the database; it must hold no rows that anyone wants. */
export async function openTrialDatabase(url: string): Promise<TrialDatabase> {
  /** What is there, by name, as far as this process has seen to it. */
  const known = new Set<string>();
  let owner: pg.Client | null = await openOwner(url, () => known.clear());
  let last: Promise<unknown> = Promise.resolve();
  const free: Link[] = [];
  const make = async (model: SystemModel): Promise<void> => {
    const needed = needsOf(model);
    if (needed.every((name) => known.has(name))) return;
    try {
      owner ??= await openOwner(url, () => known.clear());
      if (await dropOtherTypes(owner, model)) {
        known.clear();
        // Statements that were prepared over them have other types now.
        await Promise.all(free.splice(0).map((link) => link.close()));
      }
      // Candidates that promise more and less write the same tables: the rules alone hold them to it.
      await applySchemaOn(owner, model, false);
    } catch (cause) {
      const broken = owner;
      owner = null;
      await broken?.end().catch(() => undefined);
      throw cause;
    }
    for (const name of needed) known.add(name);
  };
  return {
    prepare: (model) => {
      const mine = last.then(
        () => make(model),
        () => make(model),
      );
      last = mine.catch(() => undefined);
      return mine;
    },
    begin: async (_prepared, clock = Date.now) => {
      const link = free.pop() ?? (await openLink(url));
      return trialStore(link, clock, async () => {
        link.end();
        // Whoever takes the connection next stands behind this on it.
        link.command('rollback').catch(() => undefined);
        if (link.spent) await link.close();
        else free.push(link);
      });
    },
    close: async () => {
      await last;
      await Promise.all([...free.splice(0).map((link) => link.close()), owner?.end().catch(() => undefined)]);
    },
  };
}

/** Each statement runs a few times over a few rows: planning it anew for each set of values would cost more than running it. */
async function openLink(url: string): Promise<Link> {
  const link = await Link.open(url, 'theseus trial');
  await link.command('set plan_cache_mode = force_generic_plan');
  return link;
}

/** Nothing here need outlive a crash of the server. What is known to be there is known no more when the connection is lost. */
async function openOwner(url: string, lost: () => void): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: 'theseus trial', keepAlive: true });
  client.on('error', lost);
  client.on('end', lost);
  try {
    await client.connect();
    await client.query(`set synchronous_commit = off; ${base}`);
    return client;
  } catch (cause) {
    await client.end().catch(() => undefined);
    throw new Fault('database-unavailable', 'The trial database cannot be prepared.', cause);
  }
}

/** Candidates that were never admitted may have used an id in another way, and no row here is worth keeping. */
async function dropOtherTypes(owner: pg.Client, model: SystemModel): Promise<boolean> {
  const clashes = clashesOf(model, await readCatalog(owner, namesOf(model)));
  const tables = new Set(clashes.map(({ plan }) => plan.table));
  if (tables.size > 0) await owner.query(`drop table ${[...tables].join(', ')} cascade`);
  return tables.size > 0;
}

/** Names of all that a model needs, columns among them. */
function needsOf(model: SystemModel): readonly string[] {
  const plans = plansOf(prepareModel(model));
  return [...namesOf(model).names, ...plans.flatMap((plan) => plan.tableColumns.map(({ name, type }) => `${plan.id}.${name} ${type}`))];
}
