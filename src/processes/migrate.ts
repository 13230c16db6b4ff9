/** The short-lived process that holds the owner's login: it makes the product's own tables, or derives the DDL of one generation itself and runs it, or shows it to people under plain names, and ends. */
import pg from 'pg';
import { prepareDurable } from '#adapters/prepare-durable';
import { digest } from '#kernel';
import { linkModel, readSettings, type SystemModel } from '#model';
import { applySchema, showNow } from '#store/migrate';
import { loadComponents, loadGeneration, loadSources } from '#store/records';
import { migrateProduct } from '#store/server';
import { runAsChild, tell } from './child-channel.ts';

runAsChild('migrate', async ({ ownerUrl, generation, show }) => {
  if (generation === null) {
    await migrateProduct(ownerUrl);
    await prepareDurable(ownerUrl, 'dbos_workshop', 'theseus_workshop');
  } else await (show === true ? showNow : applySchema)(ownerUrl, await modelOf(ownerUrl, generation));
  tell({ kind: 'done' });
  return async () => {};
});

async function modelOf(ownerUrl: string, id: string): Promise<SystemModel> {
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 1 });
  try {
    const generation = await loadGeneration(pool, digest(id));
    if (generation === null) throw new Error(`there is no generation ${id}`);
    const components = await loadComponents(pool, generation);
    const sources = await loadSources(pool, [generation.settings]);
    return linkModel(
      readSettings(sources.get(generation.settings) ?? ''),
      components.map((component) => component.contract),
    );
  } finally {
    await pool.end();
  }
}
