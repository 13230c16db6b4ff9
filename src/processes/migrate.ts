/** The short-lived process that holds the owner's login: it makes the product's own tables, or derives the DDL of one generation itself and runs it, or shows it to people under plain names, and ends. */

import type { Pool, PoolClient } from 'pg';
import { digest, type Digest, emptyState, Fault, instant, replay } from '#kernel';
import { linkModel, readSettings, type SystemModel } from '#model';
import { applySchemaOn, showNow, tidyChecks, tidyIndexes } from '#store/migrate';
import {
  loadComponents,
  loadEvents,
  loadGeneration,
  loadSources,
  openPool,
  reachableGenerations,
  writingGenerations,
} from '#store/records';
import { runAsChild, tell } from './child-channel.ts';
import { servedSince } from './served-since.ts';

runAsChild('migrate', async ({ ownerUrl, generation, show }) => {
  if (generation === null) await makeProduct(ownerUrl);
  else {
    // One connection for all: another would cost as long as the work.
    const pool = openPool(ownerUrl, { max: 1, onError: () => {} });
    try {
      const model = await modelOf(pool, generation);
      if (show === true) {
        await showNow(ownerUrl, model);
        await tidy(pool, model);
      } else await apply(pool, model);
    } finally {
      await pool.end();
    }
  }
  tell({ kind: 'done' });
  return async () => {};
});

/** What this needs is loaded when it is asked for: once in the life of a data folder, where the other is asked for at every change. */
async function makeProduct(ownerUrl: string): Promise<void> {
  const { migrateProduct } = await import('#store/server');
  tell({ kind: 'tables', fresh: (await migrateProduct(ownerUrl)) === 0 });
  // The kernel goes on meanwhile: the tables of the durable engine are the workshop's alone.
  const { prepareDurable } = await import('#adapters/prepare-durable');
  await prepareDurable(ownerUrl, 'dbos_workshop', 'theseus_workshop');
}

async function apply(pool: Pool, model: SystemModel): Promise<void> {
  const client = await pool.connect();
  try {
    await applySchemaOn(client, model);
  } finally {
    client.release();
  }
}

/** How long an index outlives the last generation that asked for it, and a generation that promises less keeps a constraint away. */
const ROLLBACK_DAYS = 7;
const DAY_MS = 86_400_000;

/** After each activation and each rollback, and at each start: indexes that nobody comes back to go, constraints that all promise come. */
async function tidy(pool: Pool, serving: SystemModel): Promise<void> {
  const events = (await loadEvents(pool, 0)).map(({ event }) => event);
  const inForce = replay(emptyState, events).line.map(({ generation }) => generation);
  const reached = await reachableGenerations(pool, inForce, ROLLBACK_DAYS);
  const client = await pool.connect();
  const modelsOf = async (generations: readonly Digest[]): Promise<readonly SystemModel[]> => {
    const models: SystemModel[] = [];
    for (const generation of generations) models.push(await modelOf(client, generation));
    return models;
  };
  try {
    await tidyIndexes(client, serving, () => modelsOf(reached));
    const { broken } = await tidyChecks(client, serving, async () =>
      modelsOf(await writingGenerations(client, servedSince(events, instant(Date.now() - ROLLBACK_DAYS * DAY_MS)), ROLLBACK_DAYS)),
    );
    for (const { name, row } of broken)
      process.stdout.write(
        `${JSON.stringify({ kind: 'migrate', line: `${name} is no constraint: row ${row} is older than that promise` })}\n`,
      );
  } finally {
    client.release();
  }
}

async function modelOf(pool: Pool | PoolClient, id: string): Promise<SystemModel> {
  const generation = await loadGeneration(pool, digest(id));
  if (generation === null) throw new Fault('setup', `There is no generation ${id}.`);
  const [components, sources] = await Promise.all([loadComponents(pool, generation), loadSources(pool, [generation.settings])]);
  return linkModel(
    readSettings(sources.get(generation.settings) ?? ''),
    components.map((component) => component.contract),
  );
}
