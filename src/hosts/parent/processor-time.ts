/**
 * Processor time of another process, all its threads, as the operating system counts it: tells one that works and does not listen
 * from one that nobody lets work. Linux, where a tick is ten milliseconds; elsewhere it is unknown.
 */
import { readFileSync } from 'node:fs';

const tickMs = 10;

/** Milliseconds since it began; undefined where it cannot be read. */
export function processorMs(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name of the program stands in brackets and may hold anything; utime and stime are the 12th and 13th behind it.
    const members = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = Number(members[11]) + Number(members[12]);
    return Number.isFinite(ticks) ? ticks * tickMs : undefined;
  } catch {
    return undefined;
  }
}
