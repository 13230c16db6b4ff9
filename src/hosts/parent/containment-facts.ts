/** What holds a host on this machine, line by line, and what does not: read from the operating system of a host that runs, not assumed. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { Isolation } from './containment.ts';
import { lookMs } from './pool.ts';
import { openMemoryGauge } from './resident-memory.ts';

export interface ContainmentFact {
  readonly name: string;
  readonly holds: boolean;
  readonly found: string;
}

export function containmentFacts(pid: number | undefined, isolation: Isolation, groupLacking: string | null): readonly ContainmentFact[] {
  const status = pid === undefined ? '' : readOr(() => readFileSync(`/proc/${pid}/status`, 'latin1'), '');
  const field = (name: string): string | undefined => new RegExp(`^${name}:\\t(.*)$`, 'm').exec(status)?.[1]?.trim();
  const unseen = 'cannot be seen here';
  const user = field('Uid')?.split(/\s+/)[0];
  const powers = field('CapEff');
  const privileges = field('NoNewPrivs');
  const filter = field('Seccomp');
  const descriptors = pid === undefined ? undefined : inherited(pid);
  const gauge = pid === undefined ? undefined : openMemoryGauge(pid);
  const watched = gauge?.read() !== undefined;
  gauge?.close();
  const fact = (name: string, holds: boolean, found: string): ContainmentFact => ({ name, holds, found });
  return [
    fact('permission model', true, 'no files, network, children, workers, addons or inspector, by Node'),
    fact('empty environment', true, 'no variable is handed on'),
    fact(
      'own user',
      isolation.startsWith('own user'),
      isolation.startsWith('own user') ? `user ${user ?? ''}, another for each host` : 'hosts have the user of this process; start as root',
    ),
    fact(
      'namespaces',
      /namespaces/.test(isolation),
      /namespaces/.test(isolation) ? 'network, IPC, names and mounts of its own' : 'unshare does not work here',
    ),
    fact(
      'no new privileges',
      privileges === '1',
      privileges === undefined ? unseen : privileges === '1' ? 'set-user-id programs have no effect' : 'setpriv does not work here',
    ),
    fact(
      'no capabilities',
      powers !== undefined && /^0+$/.test(powers),
      powers === undefined ? unseen : /^0+$/.test(powers) ? 'none' : `it has ${powers}`,
    ),
    fact(
      'system call filter',
      filter === '2',
      filter === undefined
        ? unseen
        : filter === '2'
          ? 'seccomp: no new processes, sockets, mounts, keys, or looks at other processes'
          : 'none: it is set by perl, on Linux and x86-64',
    ),
    fact(
      'descriptors',
      descriptors?.length === 0,
      descriptors === undefined ? unseen : descriptors.length === 0 ? 'the channel alone' : `it has ${descriptors.join(', ')}`,
    ),
    fact('memory watched', watched, watched ? `every ${lookMs} ms, from outside` : 'the memory of another process cannot be read here'),
    fact('memory capped by the kernel', groupLacking === null, groupLacking ?? 'cgroup v2'),
  ];
}

/**
 * Descriptors of a host that lead out of it: all but its three pipes, and what Node makes for itself. Pipes beyond those are its own
 * where this process has no end of them.
 */
export function inherited(pid: number): readonly string[] | undefined {
  const ours = new Set(descriptorsOf('self')?.map(({ leads }) => leads));
  return descriptorsOf(pid)
    ?.filter(
      ({ number, leads }) =>
        number > 2 && !/^anon_inode:|^\/dev\/(?:null|urandom)$/.test(leads) && (!leads.startsWith('pipe:') || ours.has(leads)),
    )
    .map(({ number, leads }) => `${number} (${leads})`);
}

function descriptorsOf(pid: number | 'self'): readonly { readonly number: number; readonly leads: string }[] | undefined {
  const folder = `/proc/${pid}/fd`;
  return readOr(
    () =>
      readdirSync(folder)
        .map((name) => ({ number: Number(name), leads: readOr(() => readlinkSync(`${folder}/${name}`), '') }))
        .filter(({ leads }) => leads !== ''),
    undefined,
  );
}

function readOr<Value, Otherwise>(read: () => Value, otherwise: Otherwise): Value | Otherwise {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
