/**
 * Notices of PostgreSQL on a connection of their own, never through a pool. A lost connection is made again; since a notice
 * may be missed meanwhile, who listens is told of every channel then, and looks by itself each second as well.
 */
import { setTimeout as after } from 'node:timers/promises';
import pg from 'pg';

export interface Notices {
  close(): Promise<void>;
}
type Listener = (channel: string, payload: string) => void;

export async function openNotices(
  url: string,
  channels: readonly string[],
  listener: Listener,
  log: (line: string) => void,
): Promise<Notices> {
  let closed = false;
  let client = await listen(url, channels, listener);
  const keepListening = async (): Promise<void> => {
    while (!closed) {
      await lost(client);
      for (let wait = 100; !closed; wait = Math.min(wait * 2, 2_000)) {
        await after(wait);
        try {
          client = await listen(url, channels, listener);
          break;
        } catch (cause) {
          log(cause instanceof Error ? cause.message : String(cause));
        }
      }
    }
  };
  void keepListening();
  return {
    close: async () => {
      closed = true;
      await client.end().catch(() => {});
    },
  };
}

async function listen(url: string, channels: readonly string[], listener: Listener): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, keepAlive: true, connectionTimeoutMillis: 5_000 });
  client.on('notification', (notice) => listener(notice.channel, notice.payload ?? ''));
  client.on('error', () => {}); // told by its end
  await client.connect();
  for (const channel of channels) await client.query(`listen ${pg.escapeIdentifier(channel)}`);
  for (const channel of channels) listener(channel, '');
  return client;
}

const lost = (client: pg.Client): Promise<void> => new Promise((done) => void client.once('end', () => done()));
