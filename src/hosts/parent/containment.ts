/**
 * Ways to start a host without authority, the strongest first. Which of them this machine allows is not guessed: the first
 * host is started by each in turn until one gets up. All of them have Node's permission model and an empty environment.
 */
import { existsSync, readFileSync } from 'node:fs';

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
}

export function surroundings(user: 'own' | 'same'): Surroundings {
  const tool = (name: string): string | null =>
    ['/usr/bin', '/bin', '/usr/sbin', '/sbin', '/usr/local/bin'].map((folder) => `${folder}/${name}`).find((path) => existsSync(path)) ??
    null;
  return { root: process.getuid?.() === 0, user, setpriv: tool('setpriv'), unshare: tool('unshare') };
}

/** `uid` is the user of this one host. */
export function containments({ root, user, setpriv, unshare }: Surroundings, uid: number): readonly Containment[] {
  const dying = ['--pdeathsig', 'KILL'];
  const ways: Containment[] = [];
  if (root && user === 'own') {
    const become =
      setpriv === null
        ? null
        : [
            setpriv,
            `--reuid=${uid}`,
            `--regid=${uid}`,
            '--clear-groups',
            '--no-new-privs',
            '--inh-caps=-all',
            '--bounding-set=-all',
            ...dying,
          ];
    if (become !== null && unshare !== null)
      ways.push({
        isolation: 'own user and namespaces',
        before: [unshare, '-n', '-i', '-u', '-m', ...become],
        spawnAs: null,
        forks: false,
        notes: [],
      });
    if (become !== null)
      ways.push({
        isolation: 'own user',
        before: become,
        spawnAs: null,
        forks: false,
        notes: ['Namespaces are not to be had here: a host that broke out of Node could see the network.'],
      });
    ways.push({
      isolation: 'own user',
      before: [],
      spawnAs: { uid, gid: uid },
      forks: false,
      notes: ['There is no setpriv here: a host that broke out of Node could run set-user-id programs, and see the network.'],
    });
    return ways;
  }
  const bare = setpriv === null ? [] : [setpriv, '--no-new-privs', ...(root ? ['--inh-caps=-all', '--bounding-set=-all'] : []), ...dying];
  if (unshare !== null) {
    const spaces = [unshare, ...(root ? [] : ['-U']), '-n', '-i', '-u', '-m', '-p', '-f', '--kill-child'];
    const notes = [
      'Hosts have the user of this process, in namespaces of their own: a host that broke out of Node could read what this user can read.',
    ];
    if (bare.length > 0) ways.push({ isolation: 'namespaces', before: [...spaces, ...bare], spawnAs: null, forks: true, notes });
    ways.push({
      isolation: 'namespaces',
      before: spaces,
      spawnAs: null,
      forks: true,
      notes: [...notes, 'There is no setpriv here: set-user-id programs keep their effect.'],
    });
  }
  const none = ['Neither a user of its own nor namespaces hold a host: a host that broke out of Node could do what this user can do.'];
  if (bare.length > 0) ways.push({ isolation: 'none', before: bare, spawnAs: null, forks: false, notes: none });
  ways.push({ isolation: 'none', before: [], spawnAs: null, forks: false, notes: none });
  return ways;
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
