/**
 * Ways to start a host without authority, the strongest first. Which of them this machine allows is not guessed: the first
 * host is started by each in turn until one gets up. All of them have Node's permission model and an empty environment.
 */
import { existsSync, readFileSync } from 'node:fs';
import { filtered } from './system-call-filter.ts';

export type Isolation = 'own user and namespaces' | 'own user' | 'namespaces' | 'none';
export interface Containment {
  readonly isolation: Isolation;
  /** What runs before Node, each part with its arguments. */
  readonly before: readonly string[];
  /** Given to spawn where no program changes the user. */
  readonly spawnAs: { readonly uid: number; readonly gid: number } | null;
  /** Whether the host is a child of the process that we spawn. */
  readonly forks: boolean;
  readonly notes: readonly string[];
}
export interface Surroundings {
  readonly root: boolean;
  readonly user: 'own' | 'same';
  readonly setpriv: string | null;
  readonly unshare: string | null;
  /** Sets the filter on system calls. */
  readonly perl?: string | null;
}

export function surroundings(user: 'own' | 'same'): Surroundings {
  const tool = (name: string): string | null =>
    ['/usr/bin', '/bin', '/usr/sbin', '/sbin', '/usr/local/bin'].map((folder) => `${folder}/${name}`).find((path) => existsSync(path)) ??
    null;
  return { root: process.getuid?.() === 0, user, setpriv: tool('setpriv'), unshare: tool('unshare'), perl: tool('perl') };
}

/** `uid` is the user of this one host. Root that may not change users (in some containers) falls back to its own, in namespaces. */
export function containments(around: Surroundings, uid: number): readonly Containment[] {
  return [...(around.root && around.user === 'own' ? ownUser(around, uid) : []), ...sameUser(around)].flatMap((way) =>
    withFilter(way, around),
  );
}

/** Each way that takes new privileges away, with a filter on system calls first. */
function withFilter(way: Containment, { perl }: Surroundings): readonly Containment[] {
  const filter = way.before.includes('--no-new-privs') ? filtered(perl ?? null) : [];
  return filter.length === 0 ? [way] : [{ ...way, before: [...way.before, ...filter] }, way];
}

const way = (isolation: Isolation, before: readonly string[], ...notes: readonly string[]): Containment => ({
  isolation,
  before,
  notes,
  spawnAs: null,
  forks: before.includes('-f'),
});
const dying = ['--pdeathsig', 'KILL'];
const powerless = ['--no-new-privs', '--inh-caps=-all', '--bounding-set=-all'];

function ownUser({ setpriv, unshare }: Surroundings, uid: number): readonly Containment[] {
  const ways: Containment[] = [];
  if (setpriv !== null) {
    const become = [setpriv, `--reuid=${uid}`, `--regid=${uid}`, '--clear-groups', ...powerless, ...dying];
    if (unshare !== null) ways.push(way('own user and namespaces', [unshare, '-n', '-i', '-u', '-m', ...become]));
    ways.push(way('own user', become, 'Namespaces are not to be had here: a host that broke out of Node could see the network.'));
  }
  const bare = way(
    'own user',
    [],
    'setpriv does not work here: a host that broke out of Node could run set-user-id programs, and see the network.',
  );
  return [...ways, { ...bare, spawnAs: { uid, gid: uid } }];
}

function sameUser({ root, setpriv, unshare }: Surroundings): readonly Containment[] {
  const ways: Containment[] = [];
  const weaken = setpriv === null ? null : [setpriv, ...(root ? powerless : ['--no-new-privs']), ...dying];
  const shared =
    'Hosts have the user of this process, in namespaces of their own: a host that broke out of Node could read what this user can read.';
  const setUserId = 'setpriv does not work here: set-user-id programs keep their effect.';
  for (const user of unshare === null ? [] : root ? [[], ['-U']] : [['-U']]) {
    const spaces = [unshare ?? '', ...user, '-n', '-i', '-u', '-m', '-p', '-f', '--kill-child'];
    if (weaken !== null) ways.push(way('namespaces', [...spaces, ...weaken], shared));
    ways.push(way('namespaces', spaces, shared, setUserId));
  }
  const none = 'Neither a user of its own nor namespaces hold a host: a host that broke out of Node could do what this user can do.';
  if (weaken !== null) ways.push(way('none', weaken, none));
  return [...ways, way('none', [], none)];
}

/** User ids that nobody has: the range that systemd keeps for such users, without those that this machine names. */
const [firstUid, lastUid] = [61_184, 65_519];
export function openUids(passwd: string = readPasswd()): { take(): number; free(uid: number): void } {
  const taken = new Set(passwd.split('\n').map((line) => Number(line.split(':')[2])));
  return {
    take: () => {
      for (;;) {
        const uid = firstUid + Math.floor(Math.random() * (lastUid - firstUid + 1));
        if (taken.has(uid)) continue;
        taken.add(uid);
        return uid;
      }
    },
    free: (uid) => void taken.delete(uid),
  };
}

function readPasswd(): string {
  try {
    return readFileSync('/etc/passwd', 'utf8');
  } catch {
    return '';
  }
}
