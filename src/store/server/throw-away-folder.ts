/**
 * A new folder for data that nobody keeps: in memory where this machine has much of it, else among temporary files. Why: every test that
 * needs PostgreSQL copies a cluster of 1,800 files, and a disk makes that ten times as dear. Whoever set TMPDIR, or measures, gets a disk.
 */
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statfsSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MEMORY = '/dev/shm';
/** As much must be free: PostgreSQL itself needs some of it, and several runs may share it. */
const ROOM_BYTES = 4 * 1024 ** 3;
const KEPT_MS = 6 * 60 * 60 * 1000;

/** `name`: what its own name begins with, `theseus-` first. */
export function throwAwayFolder(name: `theseus-${string}`, inMemory: boolean): string {
  const parent = inMemory && process.env['TMPDIR'] === undefined && isRoomInMemory() ? MEMORY : tmpdir();
  if (parent === MEMORY) forgetLeft();
  const folder = mkdtempSync(join(parent, name));
  chmodSync(folder, 0o755);
  return folder;
}

/** Programs are started from such a folder as well: git runs what stands in a history's hooks. */
function isRoomInMemory(): boolean {
  try {
    const [, , type, options = ''] =
      readFileSync('/proc/mounts', 'utf8')
        .split('\n')
        .map((line) => line.split(' '))
        .find(([, place]) => place === MEMORY) ?? [];
    const { bavail, bsize } = statfsSync(MEMORY);
    return type === 'tmpfs' && !options.split(',').includes('noexec') && bavail * bsize >= ROOM_BYTES;
  } catch {
    return false;
  }
}

/** What a run that was killed has left there would hold memory until the machine is started again. */
function forgetLeft(): void {
  for (const name of readdirSync(MEMORY).filter((found) => found.startsWith('theseus-'))) {
    const folder = join(MEMORY, name);
    const made = statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Infinity;
    if (Date.now() - made > KEPT_MS) rmSync(folder, { recursive: true, force: true });
  }
}
