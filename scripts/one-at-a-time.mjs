/**
 * Work on a folder that two processes would spoil for each other: who opens a second terminal while the first one still installs
 * waits for it. Promises: one at a time for each folder; who died while at it stands in nobody's way. Runs on any Node, before
 * anything is installed.
 */
import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const lookEachMs = 100;

/** `work` is done at once and answers what it answers; `waiting` is called where somebody else is at it. */
export function oneAtATime(folder, work, waiting = () => {}) {
  const user = process.getuid?.() ?? 0;
  const mark = join(tmpdir(), `theseus-at-work-${user}-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`);
  let told = false;
  while (!taken(mark)) {
    if (!told) waiting();
    told = true;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, lookEachMs);
  }
  const release = () => rmSync(mark, { force: true });
  process.once('exit', release);
  try {
    return work();
  } finally {
    process.off('exit', release);
    release();
  }
}

function taken(mark) {
  try {
    const file = openSync(mark, 'wx', 0o600);
    writeSync(file, String(process.pid));
    closeSync(file);
    return true;
  } catch (cause) {
    if (cause.code !== 'EEXIST') throw cause;
  }
  const by = holder(mark);
  // Read again before it goes: by now it may be somebody else's.
  if (by !== null && !isAlive(by) && holder(mark) === by) rmSync(mark, { force: true });
  return false;
}

/** Null where it has gone, or does not say yet. */
function holder(mark) {
  try {
    return Number(readFileSync(mark, 'utf8')) || null;
  } catch {
    return null;
  }
}
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return cause.code === 'EPERM';
  }
}
