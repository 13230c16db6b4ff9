/** A PostgreSQL server of its own for one run of tests or of the demo: the data folder goes when it stops. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeOtherDatabases, createDatabases, systemDatabase } from '../product/create-databases.ts';
import { migrateProduct } from '../product/migrate-product.ts';
import { type RunningServer, startServer } from './start-server.ts';

export async function startThrowAwayServer(): Promise<RunningServer> {
  const data = mkdtempSync(join(tmpdir(), 'theseus-'));
  chmodSync(data, 0o755);
  const server = await startServer({ data });
  try {
    await createDatabases(server.url('superuser', 'postgres'), server.passwords);
    await closeOtherDatabases(server.url('superuser', 'postgres'));
    await migrateProduct(server.url('owner', systemDatabase));
  } catch (cause) {
    await server.stop();
    throw cause;
  }
  return {
    ...server,
    stop: async () => {
      await server.stop();
      rmSync(data, { recursive: true, force: true });
      rmSync(server.folder.socket, { recursive: true, force: true });
    },
  };
}
