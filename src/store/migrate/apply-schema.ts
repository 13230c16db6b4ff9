/**
 * Brings the database to what a generation needs, with the owner's login, before it is activated. Promises: it takes locks
 * that others queue behind for at most 200 ms a try, and may be run again at any time, by several processes at once.
 */
import pg from 'pg';
import { Fault } from '#kernel';
import type { SystemModel } from '#model';
import { readCatalog } from './catalog.ts';
import { deriveSchema, namesOf, type SchemaStep } from './derive-schema.ts';

export interface Applied {
  readonly statements: readonly string[];
  readonly tries: number;
  readonly milliseconds: number;
}

/** Names the lock under which schemas are derived: one at a time. */
const LOCK = 7_405_001;
const MOST_TRIES = 200;

export async function applySchema(ownerUrl: string, model: SystemModel): Promise<Applied> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'theseus migrate' });
  try {
    await client.connect();
  } catch (cause) {
    throw new Fault('database-unavailable', 'The database does not answer the owner.', cause);
  }
  try {
    return await applySchemaOn(client, model);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** The same on a connection of the owner's login that is there already. It must be ended where this throws: it may hold the lock. */
export async function applySchemaOn(client: pg.ClientBase, model: SystemModel, constraints = true): Promise<Applied> {
  const started = performance.now();
  return alone(client, async () => {
    const steps = deriveSchema(model, await readCatalog(client, namesOf(model)), constraints);
    let tries = 0;
    for (const step of steps) tries += await runStep(client, step);
    return { statements: steps.flatMap((step) => step.statements), tries, milliseconds: performance.now() - started };
  });
}

/** While no other schema is derived. Where `work` throws, the lock may be held until the connection ends. */
export async function alone<Result>(client: pg.ClientBase, work: () => Promise<Result>): Promise<Result> {
  await client.query('select pg_advisory_lock($1)', [LOCK]);
  const result = await work();
  await client.query('select pg_advisory_unlock($1)', [LOCK]);
  return result;
}

/** How often it was tried. */
export async function runStep(client: pg.ClientBase, step: SchemaStep): Promise<number> {
  for (let tried = 1; ; tried += 1) {
    try {
      if (step.alone === true) {
        await client.query('set lock_timeout = 0');
        for (const statement of step.statements) await client.query(statement);
      } else {
        const patience = Math.min(180, 50 + 50 * (tried - 1));
        await client.query(`begin; set local lock_timeout = '${patience}ms'; ${step.statements.join('; ')}; commit`);
      }
      return tried;
    } catch (error) {
      await client.query('rollback').catch(() => undefined);
      if (!isLockTimeout(error) || tried >= MOST_TRIES)
        throw new Fault('setup', `The data could not be prepared: ${error instanceof Error ? error.message : String(error)}`, error);
      await new Promise((done) => setTimeout(done, 50 + Math.random() * 150));
    }
  }
}

const isLockTimeout = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && (error.code === '55P03' || error.code === '40P01');
