/** Processor time and resident memory of processes and all their descendants, from /proc. Linux alone. */
import { readdirSync, readFileSync } from 'node:fs';

const ticksASecond = 100;
interface Status {
  readonly parent: number;
  readonly cpuMs: number;
  readonly rssMb: number;
}

function statuses(): ReadonlyMap<number, Status> {
  const found = new Map<number, Status>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const text = readFileSync(`/proc/${name}/stat`, 'utf8');
      const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
      const cpuMs = ((Number(fields[11]) + Number(fields[12]) + Number(fields[13]) + Number(fields[14])) * 1000) / ticksASecond;
      found.set(Number(name), { parent: Number(fields[1]), cpuMs, rssMb: (Number(fields[21]) * 4096) / 1024 / 1024 });
    } catch {
      continue; // it ended while we read
    }
  }
  return found;
}

export function familyOf(roots: readonly number[]): readonly number[] {
  const all = statuses();
  const family = new Set(roots);
  for (let grew = true; grew;) {
    grew = false;
    for (const [pid, status] of all) {
      if (family.has(pid) || !family.has(status.parent)) continue;
      family.add(pid);
      grew = true;
    }
  }
  return [...family];
}
/** Milliseconds, those of ended children that were waited for included. */
export const processorMs = (roots: readonly number[]): number => {
  const all = statuses();
  return familyOf(roots).reduce((sum, pid) => sum + (all.get(pid)?.cpuMs ?? 0), 0);
};
/** Shared pages are counted once where the kernel tells the proportional size, else resident memory is added up. */
export const residentMb = (roots: readonly number[]): number => familyOf(roots).reduce((sum, pid) => sum + proportional(pid), 0);

function proportional(pid: number): number {
  try {
    return Number(/^Pss: +(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return statuses().get(pid)?.rssMb ?? 0;
  }
}
