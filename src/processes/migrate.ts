/** The short-lived process that holds the owner's login: it makes the product's own tables, or derives the DDL of one generation itself and runs it, and ends. */
import pg from 'pg';
import { prepareDurable } from '#adapters/prepare-durable';
import { digest } from '#kernel';
import { linkModel, readSettings } from '#model';
import { applySchema } from '#store/migrate';
import { loadComponents, loadGeneration, loadSources } from '#store/records';
import { migrateProduct } from '#store/server';
import { runAsChild, tell } from './child-channel.ts';

runAsChild('migrate', async ({ ownerUrl, generation }) => {
  if (generation === null) {
    await migrateProduct(ownerUrl);
    await prepareDurable(ownerUrl, 'dbos_workshop', 'theseus_workshop');
  } else await prepareGeneration(ownerUrl, generation);
  tell({ kind: 'done' });
  return async () => {};
});

async function prepareGeneration(ownerUrl: string, id: string): Promise<void> {
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 1 });
  try {
    const generation = await loadGeneration(pool, digest(id));
    if (generation === null) throw new Error(`there is no generation ${id}`);
    const components = await loadComponents(pool, generation);
    const sources = await loadSources(pool, [generation.settings]);
    await applySchema(ownerUrl, linkModel(readSettings(sources.get(generation.settings) ?? ''), components.map((component) => component.contract)));
  } finally {
    await pool.end();
  }
}
