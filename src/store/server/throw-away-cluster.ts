/**
 * A cluster with our databases, logins and tables in it, made once for this version of them and then copied. Why: making one costs many
 * times the processor time of a copy, and one run of the tests needs fifty. For throw-away data alone: copies share their passwords, and
 * the identity by which PostgreSQL tells one cluster from another.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Fault } from '#kernel';
import { closeOtherDatabases, createDatabases, systemDatabase } from '../product/create-databases.ts';
import { migrateProduct } from '../product/migrate-product.ts';
import { postgresBinaries } from './binaries.ts';
import { startServer } from './start-server.ts';
import { unprivilegedUser } from './unprivileged-user.ts';

const store = fileURLToPath(new URL('..', import.meta.url));
/** Beside the packages, where compiled code is kept as well. */
const cache = fileURLToPath(new URL('../../../node_modules/.cache/theseus', import.meta.url));
/** Of a cluster: its files, and the passwords that it was made with. */
const parts = ['postgresql', 'passwords.json'] as const;
const KEPT_MS = 24 * 60 * 60 * 1000;

export interface ThrowAwayOptions {
  /**
   * Whether what is committed outlives a loss of power, as it does for everybody else. Tests need no such thing, and need not wait for the
   * disk at every commit; who measures does. That processes are killed loses nothing either way.
   */
  readonly durable?: boolean;
}

/** Puts a cluster that was never started into an empty data folder. */
export async function layThrowAwayCluster(data: string, { durable = false }: ThrowAwayOptions = {}): Promise<void> {
  const kept = join(cache, `cluster-${version()}`);
  if (!existsSync(kept)) await make(kept);
  copy(kept, data);
  if (!durable) appendFileSync(join(data, 'postgresql', 'postgresql.conf'), '\nfsync = off\nfull_page_writes = off\n');
}

/** Two runs may make the same one at once: the first is kept, both are good. */
async function make(kept: string): Promise<void> {
  const data = mkdtempSync(join(tmpdir(), 'theseus-cluster-'));
  chmodSync(data, 0o755);
  mkdirSync(cache, { recursive: true });
  const half = mkdtempSync(join(cache, 'half-'));
  try {
    const server = await startServer({ data });
    try {
      await createDatabases(server.url('superuser', 'postgres'), server.passwords);
      await closeOtherDatabases(server.url('superuser', 'postgres'));
      await migrateProduct(server.url('owner', systemDatabase));
    } finally {
      await server.stop();
      rmSync(server.folder.socket, { recursive: true, force: true });
    }
    copy(data, half);
    forgetOld();
    try {
      renameSync(half, kept);
    } catch (cause) {
      if (!existsSync(kept)) throw cause;
    }
  } finally {
    for (const folder of [data, half]) rmSync(folder, { recursive: true, force: true });
  }
}

/** With owners and modes: as root the files belong to the user who runs the server. */
function copy(from: string, to: string): void {
  const copied = spawnSync('cp', ['-a', ...parts.map((part) => join(from, part)), to], { encoding: 'utf8' });
  if (copied.status !== 0)
    throw new Fault(
      'setup',
      `A cluster could not be copied to ${to}: ${(copied.stderr || copied.error?.message || '').trim().slice(-800)}`,
    );
}

/** Another version of PostgreSQL, of our own tables, of who owns them, of how the server is made: another cluster. */
function version(): string {
  const user = unprivilegedUser();
  const hash = createHash('sha256').update(`${postgresBinaries(null, cache).version} ${user?.uid ?? process.getuid?.() ?? ''}`);
  for (const folder of ['product', join('product', 'migrations'), 'server'])
    for (const name of readdirSync(join(store, folder)).toSorted())
      if (/\.[tj]s$/.test(name) && !name.includes('.test.')) hash.update(readFileSync(join(store, folder, name)));
  return hash.digest('hex').slice(0, 16);
}

/** Those of versions that nobody has made for a day. */
function forgetOld(): void {
  for (const name of readdirSync(cache).filter((found) => found.startsWith('cluster-'))) {
    const folder = join(cache, name);
    if (Date.now() - (statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Infinity) > KEPT_MS)
      rmSync(folder, { recursive: true, force: true });
  }
}
