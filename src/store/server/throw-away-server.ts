/** A PostgreSQL server of its own for one run of tests or of the demo: the data folder goes when it stops. */
import { rmSync } from 'node:fs';
import { type RunningServer, startServer } from './start-server.ts';
import { layThrowAwayCluster, type ThrowAwayOptions } from './throw-away-cluster.ts';
import { throwAwayFolder } from './throw-away-folder.ts';

export async function startThrowAwayServer(options: ThrowAwayOptions = {}): Promise<RunningServer> {
  const data = throwAwayFolder('theseus-', options.durable !== true);
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
