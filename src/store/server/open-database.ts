/** An outside PostgreSQL by URL: one whose role may create roles, or the URLs of roles that an administrator made by hand. */
import pg from 'pg';
import { Fault } from '#kernel';
import { createDatabases, systemDatabase, trialDatabase } from '../product/create-databases.ts';
import { type DataFolder, openDataFolder } from './data-folder.ts';
import { openPasswords } from './secrets.ts';

export interface OutsideUrls {
  readonly owner: string;
  readonly kernel: string;
  readonly data: string;
  readonly workshop: string;
  readonly trial: string;
}
const oldest = 150_000;

export async function openDatabase(
  data: string,
  database: string | OutsideUrls,
): Promise<{ readonly folder: DataFolder; readonly urls: OutsideUrls }> {
  const folder = openDataFolder(data, null);
  const admin = typeof database === 'string' ? database : database.owner;
  const version = await serverVersion(admin);
  if (version < oldest) throw new Fault('setup', `PostgreSQL 15 or newer is needed; this server says ${version}.`);
  if (typeof database !== 'string') return { folder, urls: database };
  const passwords = openPasswords(folder.root);
  await createDatabases(database, passwords);
  const of = (role: 'owner' | 'kernel' | 'data' | 'workshop', name: string): string => {
    const url = new URL(database);
    url.username = `theseus_${role}`;
    url.password = passwords[role];
    url.pathname = `/${name}`;
    return url.toString();
  };
  return {
    folder,
    urls: {
      owner: of('owner', systemDatabase),
      kernel: of('kernel', systemDatabase),
      data: of('data', systemDatabase),
      workshop: of('workshop', systemDatabase),
      trial: of('workshop', trialDatabase),
    },
  };
}

async function serverVersion(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    return Number((await client.query<{ server_version_num: string }>('show server_version_num')).rows[0]?.server_version_num ?? 0);
  } catch (cause) {
    throw new Fault(
      'database-unavailable',
      `The database at DATABASE_URL cannot be reached: ${cause instanceof Error ? cause.message : String(cause)}. Check address, user and password.`,
      cause,
    );
  } finally {
    await client.end().catch(() => {});
  }
}
