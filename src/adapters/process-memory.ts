/** What the processes of this system hold in memory, as the operating system counts it: the supervisor and all below it. Linux; elsewhere it is unknown, and said so. */
import { readdirSync, readFileSync } from 'node:fs';

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly kilobytes: number;
}

/** `Now: PostgreSQL 160 MB, kernel 120 MB, ...`, the largest first. */
export function memoryUsage(root: number): string {
  const all = processes();
  const family = new Set([root]);
  for (let before = 0; before < family.size;) {
    before = family.size;
    for (const { pid, parent } of all) if (family.has(parent)) family.add(pid);
  }
  const sums = new Map<string, number>();
  for (const { pid, kilobytes } of all) {
    const name = family.has(pid) ? nameOf(pid) : undefined;
    if (name !== undefined) sums.set(name, (sums.get(name) ?? 0) + kilobytes);
  }
  if (sums.size === 0) return 'What the processes hold in memory is not known on this machine.';
  const told = [...sums].sort((one, other) => other[1] - one[1]).map(([name, kilobytes]) => `${name} ${Math.round(kilobytes / 1024)} MB`);
  return `Held now: ${told.join(', ')}.`;
}

function processes(): readonly Process[] {
  try {
    return readdirSync('/proc').flatMap((name): readonly Process[] => (/^\d+$/.test(name) ? processOf(Number(name)) : []));
  } catch {
    return [];
  }
}
function processOf(pid: number): readonly Process[] {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'latin1');
    const number = (member: string): number => Number(new RegExp(`^${member}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
    // Pages that several processes share stand in each of them: those of its own alone can be added up.
    return [{ pid, parent: number('PPid'), kilobytes: number('RssAnon') }];
  } catch {
    return []; // it ended meanwhile
  }
}
function nameOf(pid: number): string | undefined {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ');
    if (/postgres/.test(command)) return 'PostgreSQL';
    return /\/processes\/([a-z-]+)\.[jt]s/.exec(command)?.[1] ?? (/node/.test(command) ? 'others' : undefined);
  } catch {
    return undefined;
  }
}
