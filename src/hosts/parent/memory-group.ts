/**
 * A cap on the memory of each host by the kernel itself: cgroup v2, where this process may make groups below its own. It catches what
 * grows faster than one looks. Where it is not to be had, the look every 20 ms is what holds, and status says so.
 */
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface MemoryGroups {
  /** Null where hosts can be capped; else why not. */
  readonly lacking: string | null;
  /** Puts a process under the cap. Null where that cannot be done. */
  put(pid: number): MemoryGroup | null;
  close(): void;
}
export interface MemoryGroup {
  /** Whether the kernel has killed in it for lack of memory. */
  overran(): boolean;
  close(): void;
}
/** Above the limit at which a host is killed by those who look at it, which says why it ended. */
const roomFactor = 1.25;

/**
 * `root` is where cgroups are mounted, `self` the text of /proc/self/cgroup. A group that holds processes cannot hand the controller
 * on to groups below it; so where ours does, its parent is asked (systemd: Delegate=yes with DelegateSubgroup).
 */
export function openMemoryGroups(
  memoryBytes: number,
  root: string = '/sys/fs/cgroup',
  self: string = readOr('/proc/self/cgroup', ''),
  make: (group: string) => void = mkdirSync,
): MemoryGroups {
  const none = (lacking: string): MemoryGroups => ({ lacking, put: () => null, close: () => {} });
  const path = /^0::(\/.*)$/m.exec(self)?.[1];
  if (path === undefined || !readOr(join(root, 'cgroup.controllers'), '').split(/\s/).includes('memory'))
    return none('this machine has no cgroup v2 with a memory controller');
  // What is a unit of systemd has a parent that is not ours.
  const ours = /\.(?:scope|service|slice)$/.test(path) ? [path] : [...new Set([path, dirname(path)])];
  const group = ours.map((above) => groupBelow(join(root, above), make)).find((made) => made !== null);
  if (group === undefined || group === null)
    return none(`no groups can be made below ${path}; hand it on: systemd-run --property=Delegate=yes --property=DelegateSubgroup=main`);
  let numbers = 0;
  return {
    lacking: null,
    put: (pid) => {
      const own = join(group, `host-${(numbers += 1)}`);
      try {
        make(own);
        writeFileSync(join(own, 'memory.max'), String(Math.round(memoryBytes * roomFactor)));
        if (existsSync(join(own, 'memory.swap.max'))) writeFileSync(join(own, 'memory.swap.max'), '0');
        writeFileSync(join(own, 'cgroup.procs'), String(pid));
      } catch {
        remove(own);
        return null;
      }
      return {
        overran: () => Number(/^oom_kill (\d+)$/m.exec(readOr(join(own, 'memory.events'), ''))?.[1] ?? 0) > 0,
        close: () => remove(own),
      };
    },
    close: () => remove(group),
  };
}

/** A group for our hosts below `above`, with the memory controller handed on to the groups below it; null where that cannot be had. */
function groupBelow(above: string, make: (group: string) => void): string | null {
  const group = join(above, `theseus-hosts-${process.pid}`);
  try {
    if (!handedOn(above)) writeFileSync(join(above, 'cgroup.subtree_control'), '+memory');
    make(group);
    if (!existsSync(join(group, 'memory.max'))) throw new Error('the memory controller is not handed on');
    writeFileSync(join(group, 'cgroup.subtree_control'), '+memory');
    return group;
  } catch {
    remove(group);
    return null;
  }
}
const handedOn = (group: string): boolean => readOr(join(group, 'cgroup.subtree_control'), '').split(/\s/).includes('memory');

function readOr(path: string, otherwise: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return otherwise;
  }
}
/** A group that still holds a process stays; it goes with the machine. */
function remove(group: string): void {
  try {
    rmdirSync(group);
  } catch (cause) {
    if (!['ENOENT', 'EBUSY', 'ENOTEMPTY', 'EACCES', 'EPERM', 'EROFS'].includes((cause as NodeJS.ErrnoException).code ?? '')) throw cause;
  }
}
