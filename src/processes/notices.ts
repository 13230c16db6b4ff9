/**
 * Notices of PostgreSQL on a connection of their own, never through a pool. Lost connections are made again; since a notice
 * may be missed meanwhile, who listens looks by itself each second as well.
 */
import { setTimeout as after } from 'node:timers/promises';
import pg from 'pg';

export interface Notices { close(): Promise<void> }

export async function openNotices(url: string, channels: readonly string[], listener: (channel: string, payload: string) => void, log: (line: string) => void): Promise<Notices> {
  let closed = false;
  let client: pg.Client | null = null;
  const connect = async (): Promise<void> => {
    const next = new pg.Client({ connectionString: url, keepAlive: true });
    next.on('notification', (notice) => listener(notice.channel, notice.payload ?? ''));
    next.on('error', (cause) => log(`notices: ${cause.message}`));
    next.once('end', () => { if (!closed) void again(); });
    await next.connect();
    for (const channel of channels) await next.query(`listen ${pg.escapeIdentifier(channel)}`);
    client = next;
    // What happened while nobody listened.
    for (const channel of channels) listener(channel, '');
  };
  const again = async (): Promise<void> => {
    for (let wait = 100; !closed; wait = Math.min(wait * 2, 2_000)) {
      await after(wait);
      try {
        return await connect();
      } catch (cause) {
        log(`notices: ${cause instanceof Error ? cause.message : String(cause)}`);
      }
    }
  };
  await connect();
  return {
    close: async () => {
      closed = true;
      await client?.end();
    },
  };
}
