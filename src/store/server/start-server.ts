/**
 * The embedded PostgreSQL server: made on first start, found again after a crash, stopped with the system. Speaks over a
 * unix socket alone (TCP on loopback where there are none). Never deletes a data folder.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, openSync, closeSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import pg from 'pg';
import { Fault } from '#kernel';
import { type Binaries, postgresBinaries } from './binaries.ts';
import { type DataFolder, openDataFolder } from './data-folder.ts';
import { openPasswords, type Passwords } from './secrets.ts';
import { type UnprivilegedUser, unprivilegedUser } from './unprivileged-user.ts';

export interface RunningServer {
  readonly pid: number;
  readonly folder: DataFolder;
  readonly passwords: Passwords;
  /** True where a server was found that an earlier run left behind. */
  readonly adopted: boolean;
  /** Of a role (`superuser` for set-up only) in a database. */
  url(role: keyof Passwords, database: string): string;
  /** Ends when the server is gone, for whatever reason. */
  readonly gone: Promise<void>;
  stop(): Promise<void>;
}

export async function startServer(options: { readonly data: string }): Promise<RunningServer> {
  const user = unprivilegedUser();
  const folder = openDataFolder(options.data, user);
  const passwords = openPasswords(folder.root);
  const binaries = postgresBinaries(user, folder.reachable);
  const url = (role: keyof Passwords, database: string): string =>
    `postgresql://${role === 'superuser' ? 'postgres' : `theseus_${role}`}:${passwords[role]}@localhost/${database}?host=${encodeURIComponent(folder.socket)}`;
  if (!existsSync(join(folder.cluster, 'PG_VERSION'))) initialise(binaries, folder, passwords, user);
  refuseOtherMajor(binaries, folder);
  const orphan = await runningPostmaster(folder, url('superuser', 'postgres'));
  if (orphan !== null) {
    return { pid: orphan, folder, passwords, adopted: true, url, gone: whenGone(orphan), stop: () => stopProcess(orphan) };
  }
  const child = await started(() => launch(binaries, folder, user), url('superuser', 'postgres'), folder);
  const gone = new Promise<void>((done) =>
    child.exitCode === null && child.signalCode === null ? child.once('exit', () => done()) : done(),
  );
  const pid = child.pid ?? 0;
  return { pid, folder, passwords, adopted: false, url, gone, stop: () => stopProcess(pid) };
}

function initialise(binaries: Binaries, folder: DataFolder, passwords: Passwords, user: UnprivilegedUser | null): void {
  const passwordFile = join(folder.cluster, '..', `.initdb-${process.pid}`);
  writeFileSync(passwordFile, passwords.superuser, { mode: 0o600 });
  if (user !== null) chownSync(passwordFile, user.uid, user.gid);
  try {
    const made = spawnSync(
      binaries.initdb,
      [
        '-D',
        folder.cluster,
        '-U',
        'postgres',
        '-E',
        'UTF8',
        '--locale=C',
        '--auth=scram-sha-256',
        `--pwfile=${passwordFile}`,
        '--no-instructions',
        '--no-sync',
      ],
      { ...asUser(user), cwd: folder.cluster, encoding: 'utf8', env: plainEnvironment() },
    );
    if (made.status !== 0) {
      throw new Fault(
        'setup',
        `PostgreSQL could not make its data folder ${folder.cluster}: ${(made.stderr || made.error?.message || '').trim().slice(-800)}`,
      );
    }
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

function refuseOtherMajor(binaries: Binaries, folder: DataFolder): void {
  const found = readFileSync(join(folder.cluster, 'PG_VERSION'), 'utf8').trim();
  const ours = binaries.version.split('.')[0];
  if (found !== ours)
    throw new Fault(
      'setup',
      `The data in ${folder.root} is of PostgreSQL ${found}, this version brings ${ours}. Start it with the version of Theseus that made it, export, and import here.`,
    );
}

function launch(binaries: Binaries, folder: DataFolder, user: UnprivilegedUser | null): ChildProcess {
  const log = openSync(join(folder.root, 'postgresql.log'), 'a', 0o600);
  const settings = {
    listen_addresses: '',
    unix_socket_directories: folder.socket,
    unix_socket_permissions: '0700',
    max_connections: '120',
    shared_buffers: '96MB',
    jit: 'off',
    max_pred_locks_per_transaction: '256',
    password_encryption: 'scram-sha-256',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_min_messages: 'warning',
    log_min_error_statement: 'panic',
    max_wal_size: '1GB',
    random_page_cost: '1.1',
    autovacuum_naptime: '10s',
  };
  const child = spawn(
    binaries.postgres,
    ['-D', folder.cluster, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    {
      ...asUser(user),
      cwd: folder.cluster,
      env: plainEnvironment(),
      stdio: ['ignore', log, log],
      detached: true,
    },
  );
  closeSync(log);
  child.on('error', () => {});
  return child;
}

/** The server of this very folder that an earlier run left behind, if it still answers. */
async function runningPostmaster(folder: DataFolder, url: string): Promise<number | null> {
  const file = join(folder.cluster, 'postmaster.pid');
  if (!existsSync(file)) return null;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 1 || !isAlive(pid) || !isPostgresOf(pid, folder.cluster)) return null;
  for (let tries = 0; tries < 100; tries += 1) {
    if (await answers(url)) return pid;
    if (!isAlive(pid)) return null;
    await after(50);
  }
  await stopProcess(pid);
  return null;
}

/** A pid may have been given to another program since; only a process that names this folder is ours. */
function isPostgresOf(pid: number, cluster: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(cluster);
  } catch {
    return process.platform !== 'linux';
  }
}

/** The processes of a server that was killed may outlive it for a moment, and hold its memory: until they are gone none starts. */
async function started(launched: () => ChildProcess, url: string, folder: DataFolder): Promise<ChildProcess> {
  const end = Date.now() + 30_000;
  for (;;) {
    const child = launched();
    const failure = await answering(url, child, folder);
    if (failure === null) return child;
    if (!failure.message.includes('shared memory block') || Date.now() > end) throw failure;
    await after(100);
  }
}

async function answering(url: string, child: ChildProcess, folder: DataFolder): Promise<Fault | null> {
  const end = Date.now() + 60_000;
  while (Date.now() < end) {
    if (await answers(url)) return null;
    if (child.exitCode !== null || child.signalCode !== null) break;
    await after(15);
  }
  const log = join(folder.root, 'postgresql.log');
  const tail = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').slice(-3).join(' ') : '';
  return new Fault(tail.includes('No space left') ? 'disk-full' : 'setup', `PostgreSQL did not start: ${tail} (see ${log})`);
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

/** A fast shutdown: open transactions are rolled back. */
async function stopProcess(pid: number): Promise<void> {
  for (const [signal, patience] of [
    ['SIGINT', 15_000],
    ['SIGQUIT', 5_000],
  ] as const) {
    if (!isAlive(pid)) return;
    process.kill(pid, signal);
    const end = Date.now() + patience;
    while (Date.now() < end && isAlive(pid)) await after(15);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch {
    return false;
  }
}
function isZombie(pid: number): boolean {
  try {
    return /^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
async function whenGone(pid: number): Promise<void> {
  while (isAlive(pid)) await after(500, undefined, { ref: false });
}

const asUser = (user: UnprivilegedUser | null): { uid?: number; gid?: number } => (user === null ? {} : { uid: user.uid, gid: user.gid });
const plainEnvironment = (): NodeJS.ProcessEnv => ({ PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' });
