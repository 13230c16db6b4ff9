/**
 * One data folder has one supervisor: two would each adopt, and then stop, the database of the other. Holds from before anything is
 * started until all is stopped; one that was killed leaves a mark that counts for nothing, also when its number was given to another.
 */
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '#kernel';

interface Mark {
  readonly pid: number;
  /** When the process began, in ticks since the machine did; null where the system does not say. */
  readonly began: string | null;
}

/** Throws where another runs there. What it answers takes the mark away. */
export function takeFolder(data: string): () => void {
  const file = join(data, 'supervisor.json');
  const own = join(data, `supervisor.${process.pid}.json`);
  const mark: Mark = { pid: process.pid, began: beganOf(process.pid) };
  mkdirSync(data, { recursive: true });
  writeFileSync(own, JSON.stringify(mark), { mode: 0o600 });
  try {
    // A link is made whole or not at all, so that nobody reads half a mark.
    for (let tries = 0; !linked(own, file); tries += 1) {
      const other = read(file);
      if (tries > 10 || (other !== null && isThere(other))) throw runsAlready(data, other);
      if (other !== null) setAside(file, `${own}.stale`, other);
    }
  } finally {
    rmSync(own, { force: true });
  }
  return () => {
    if (read(file)?.pid === process.pid) rmSync(file, { force: true });
  };
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST') return false;
    throw cause;
  }
}

/** Another who comes at the same time may have set it aside and put its own there: that one is put back. */
function setAside(file: string, aside: string, stale: Mark): void {
  try {
    renameSync(file, aside);
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return;
    throw cause;
  }
  if (read(aside)?.pid !== stale.pid) linked(aside, file);
  rmSync(aside, { force: true });
}

function read(file: string): Mark | null {
  try {
    const mark = JSON.parse(readFileSync(file, 'utf8')) as Partial<Mark> | null;
    return typeof mark?.pid === 'number' ? { pid: mark.pid, began: mark.began ?? null } : { pid: 0, began: null };
  } catch (cause) {
    if (cause instanceof SyntaxError) return { pid: 0, began: null };
    return null;
  }
}

function isThere({ pid, began }: Mark): boolean {
  if (pid === process.pid) return beganOf(pid) === began;
  if (pid <= 1) return false;
  try {
    process.kill(pid, 0);
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'EPERM')) return false;
  }
  return began === null || beganOf(pid) === began;
}

/** Field 22 of /proc/<pid>/stat (proc(5)); the name before it may hold spaces and parentheses. */
function beganOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

function runsAlready(data: string, other: Mark | null): Fault {
  const running = ((): { readonly url?: string } => {
    try {
      return JSON.parse(readFileSync(join(data, 'running.json'), 'utf8')) as { readonly url?: string };
    } catch {
      return {};
    }
  })();
  const where = running.url === undefined ? 'is being started, or stopped, already' : `runs already at ${running.url}`;
  return new Fault(
    'setup',
    `This system ${where} (process ${other?.pid ?? 'unknown'}). Use it there, stop it with Ctrl-C where it was started, or give another folder with --data.`,
  );
}
