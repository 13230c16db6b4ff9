/** A PostgreSQL server of its own for one run of tests or of the demo: the data folder goes when it stops. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningServer, startServer } from './start-server.ts';
import { layThrowAwayCluster, type ThrowAwayOptions } from './throw-away-cluster.ts';

export async function startThrowAwayServer(options: ThrowAwayOptions = {}): Promise<RunningServer> {
  const data = mkdtempSync(join(tmpdir(), 'theseus-'));
  chmodSync(data, 0o755);
  await layThrowAwayCluster(data, options);
  const server = await startServer({ data });
  return {
    ...server,
    stop: async () => {
      await server.stop();
      rmSync(data, { recursive: true, force: true });
      rmSync(server.folder.socket, { recursive: true, force: true });
    },
  };
}
