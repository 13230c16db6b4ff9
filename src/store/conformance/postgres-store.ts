/** A store on a PostgreSQL server of its own, for suites: product tables, the shop's schema, one activation that serves. */
import pg from 'pg';
import type { SystemModel } from '#model';
import { applySchema } from '../migrate/apply-schema.ts';
import { openStore, type Store } from '../open-store.ts';
import { migrateProduct } from '../product/index.ts';
import { startThrowAwayServer } from '../server/index.ts';
import { shopModel } from './shop-model.ts';

export interface PostgresStore {
  readonly store: Store;
  /** As the kernel: activations, journal, outbox. */
  readonly kernel: pg.Pool;
  readonly owner: pg.Pool;
  readonly urls: { readonly owner: string; readonly data: string; readonly workshop: string };
  prepare(model: SystemModel): Promise<void>;
  close(): Promise<void>;
}

export async function postgresStore(pool = 16): Promise<PostgresStore> {
  const server = await startThrowAwayServer();
  const urls = { owner: server.url('owner', 'theseus'), data: server.url('data', 'theseus'), workshop: server.url('workshop', 'theseus') };
  await migrateProduct(urls.owner);
  await applySchema(urls.owner, shopModel);
  const kernel = new pg.Pool({ connectionString: server.url('kernel', 'theseus'), max: 2 });
  const owner = new pg.Pool({ connectionString: urls.owner, max: 2 });
  for (const one of [kernel, owner]) one.on('error', () => undefined);
  await kernel.query("insert into theseus.live (activation, generation, state) values (1, 'shop', 'serving')");
  const store = openStore({ dataUrl: urls.data, pool });
  return {
    store,
    kernel,
    owner,
    urls,
    prepare: async (model) => {
      await applySchema(urls.owner, model);
    },
    close: async () => {
      await store.close();
      await kernel.end();
      await owner.end();
      await server.stop();
    },
  };
}
