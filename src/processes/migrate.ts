/** The short-lived process that holds the owner's login: it derives the DDL of one generation itself, runs it and ends. */
import pg from 'pg';
import { digest } from '#kernel';
import { linkModel, readSettings } from '#model';
import { applySchema } from '#store/migrate';
import { loadComponents, loadGeneration, loadSources } from '#store/records';
import { runAsChild, tell } from './child-channel.ts';

runAsChild('migrate', async ({ ownerUrl, generation: id }) => {
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 1 });
  try {
    const generation = await loadGeneration(pool, digest(id));
    if (generation === null) throw new Error(`there is no generation ${id}`);
    const [components, sources] = [await loadComponents(pool, generation), await loadSources(pool, [generation.settings])];
    const model = linkModel(readSettings(sources.get(generation.settings) ?? ''), components.map((component) => component.contract));
    await applySchema(ownerUrl, model);
  } finally {
    await pool.end();
  }
  tell({ kind: 'done' });
  return async () => {};
});
