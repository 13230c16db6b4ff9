/** Resident memory of another process, as the operating system counts it. Linux; elsewhere it is unknown. */
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';

export interface MemoryGauge {
  /** Bytes; undefined where it cannot be read. */
  read(): number | undefined;
  close(): void;
}
const buffer = Buffer.allocUnsafe(128);
let pageBytes: number | undefined;

export function openMemoryGauge(pid: number): MemoryGauge {
  let file: number | undefined;
  try {
    file = openSync(`/proc/${pid}/statm`, 'r');
  } catch {
    file = undefined;
  }
  return {
    read: () => {
      if (file === undefined) return undefined;
      try {
        return residentPages(buffer.toString('latin1', 0, readSync(file, buffer, 0, buffer.length, 0))) * (pageBytes ??= bytesOfPage());
      } catch {
        return undefined;
      }
    },
    close: () => {
      if (file !== undefined) closeSync(file);
      file = undefined;
    },
  };
}
const residentPages = (statm: string): number => Number(statm.split(' ')[1]);

/** The size of a page, from what this process knows of itself; a power of two. */
function bytesOfPage(): number {
  const pages = residentPages(readFileSync('/proc/self/statm', 'latin1'));
  return 2 ** Math.round(Math.log2(process.memoryUsage.rss() / pages));
}
