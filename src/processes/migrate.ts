/** The short-lived process that holds the owner's login: it makes the product's own tables, or derives the DDL of one generation itself and runs it, or shows it to people under plain names, and ends. */
import type { Pool, PoolClient } from 'pg';
import { digest, emptyState, Fault, replay } from '#kernel';
import { linkModel, readSettings, type SystemModel } from '#model';
import { applySchemaOn, showNow, tidyIndexes } from '#store/migrate';
import { loadComponents, loadEvents, loadGeneration, loadSources, openPool, reachableGenerations } from '#store/records';
import { runAsChild, tell } from './child-channel.ts';

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
  const [{ migrateProduct }, { prepareDurable }] = await Promise.all([import('#store/server'), import('#adapters/prepare-durable')]);
  await migrateProduct(ownerUrl);
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

/** How long an index outlives the last generation that asked for it and is still in force. */
const ROLLBACK_DAYS = 7;

/** After each activation and each rollback: indexes that nobody comes back to go. */
async function tidy(pool: Pool, serving: SystemModel): Promise<void> {
  const { line } = replay(
    emptyState,
    (await loadEvents(pool, 0)).map(({ event }) => event),
  );
  const inForce = line.map(({ generation }) => generation);
  const reached = await reachableGenerations(pool, inForce, ROLLBACK_DAYS);
  const client = await pool.connect();
  const others = async (): Promise<readonly SystemModel[]> => {
    const models: SystemModel[] = [];
    for (const generation of reached) models.push(await modelOf(client, generation));
    return models;
  };
  try {
    await tidyIndexes(client, serving, others);
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
