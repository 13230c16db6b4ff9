/** Where a system keeps its data: `--data`, else under the home of an ordinary user, else /var/lib/theseus as root. */
import { chmodSync, chownSync, mkdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { Fault } from '#kernel';
import type { UnprivilegedUser } from './unprivileged-user.ts';

export interface DataFolder {
  readonly root: string;
  /** PostgreSQL's own, owned by the user who runs it. */
  readonly cluster: string;
  /** The socket's folder: short, since a socket's path has at most 107 bytes. */
  readonly socket: string;
  /** Where files go that the unprivileged user must reach. */
  readonly reachable: string;
}

export const defaultDataRoot = (system: string, root: boolean = process.getuid?.() === 0): string =>
  root ? join('/var/lib/theseus', system) : join(homedir(), '.theseus', system);

export function openDataFolder(path: string, user: UnprivilegedUser | null): DataFolder {
  const root = resolve(path);
  const cluster = join(root, 'postgresql');
  const reachable = user === null ? root : '/var/lib/theseus';
  mkdirSync(root, { recursive: true, mode: 0o755 });
  if (user !== null) {
    mkdirSync(reachable, { recursive: true, mode: 0o755 });
    chmodSync(root, 0o755);
    refuseClosedWay(root, user);
  }
  const socket = socketFolder(root);
  for (const folder of [cluster, socket]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chmodSync(folder, 0o700);
    if (user !== null) chownSync(folder, user.uid, user.gid);
  }
  return { root, cluster, socket, reachable };
}

/** The user who runs PostgreSQL must be able to walk there; a home such as /root is closed to it. */
function refuseClosedWay(root: string, { name, uid, gid }: UnprivilegedUser): void {
  for (let folder = dirname(root); folder !== dirname(folder); folder = dirname(folder)) {
    const status = statSync(folder);
    const mayPass = status.uid === uid ? 0o100 : status.gid === gid ? 0o010 : 0o001;
    if ((status.mode & mayPass) === 0)
      throw new Fault(
        'setup',
        `PostgreSQL does not run as root but as the user ${name}, and ${folder} is closed to it. Leave --data out (then the data go to /var/lib/theseus), give a folder that others may pass, or open the way: chmod o+x ${folder}`,
      );
  }
}

const longest = 107 - '/.s.PGSQL.5432'.length;
function socketFolder(root: string): string {
  const inside = join(root, 'socket');
  if (Buffer.byteLength(inside) <= longest) return inside;
  let hash = 0;
  for (const character of root) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
  return `/tmp/theseus-${process.getuid?.() ?? 0}-${hash.toString(36)}`;
}
