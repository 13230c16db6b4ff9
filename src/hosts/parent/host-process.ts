/**
 * One host as a process: started without authority, fed and heard in frames, killed without asking. What it writes is never
 * trusted: a broken frame ends it. Promises: `gone` is told once, whatever ends it; after that nothing is written or heard.
 */
import { readFileSync } from 'node:fs';
import { openFrameReader } from '#channel';
import type { Containment } from './containment.ts';
import type { FilesForHosts } from './files-for-hosts.ts';
import type { HostTerms } from './host-terms.ts';
import { spawnContained } from './spawn-contained.ts';

export interface HostProcess {
  /** Of the host itself, also where another process stands before it. */
  readonly pid: number;
  readonly dead: boolean;
  put(frame: string): void;
  /** `explained` (true where it is not said): what ran in it is the cause. */
  kill(why: string, explained?: boolean): void;
}
export interface HostListeners {
  readonly frame: (head: { readonly [member: string]: unknown }, payload: string | undefined) => void;
  /** `said`: what it wrote before; for the log alone. `explained`: it crashed, or we ended it for its own doing. Otherwise somebody outside killed it or kept it from work, and nothing is known against what ran in it. */
  readonly gone: (why: string, explained: boolean, said: string) => void;
}
const stderrChars = 2_000;
const mostUnsent = 64_000_000;
/** In which a process whose input is closed is heard to have ended, where that is why. */
const endsWithinMs = 200;
/** How a process that stands before a host tells that the host was killed: 128 and the number of the signal. */
const killedExit = 137;

/** Resolves when the host says that it is ready; rejects where it ends, or is silent for `patienceMs`. */
export function startHost(
  files: FilesForHosts,
  containment: Containment,
  { behind, ...terms }: HostTerms & { readonly behind: string },
  listeners: HostListeners,
  patienceMs: number,
): Promise<HostProcess> {
  const child = spawnContained(files, containment, terms, behind);
  let said = '';
  let unsent = '';
  let why = '';
  let proves = false;
  let dead = false;
  let pid = child.pid ?? 0;
  const kill = (reason: string, explained = true): void => {
    if (why === '') [why, proves] = [reason, explained];
    // Where a process stands before the host, that one takes the host with it; the host itself goes first.
    if (containment.forks && pid !== child.pid && pid > 0) killPid(pid);
    child.kill('SIGKILL');
  };
  const flush = (): void => {
    const text = unsent;
    unsent = '';
    if (dead || child.stdin === null) return;
    child.stdin.write(text);
    if (child.stdin.writableLength > mostUnsent) kill('it does not read what it is sent');
  };
  const host: HostProcess = {
    get pid() {
      return pid;
    },
    get dead() {
      return dead;
    },
    put: (frame) => {
      if (dead) return;
      if (unsent === '') setImmediate(flush);
      unsent += frame;
    },
    kill,
  };
  // One that somebody outside killed has a closed input too, and is about to be told to have ended; that proves nothing against what ran in it.
  child.stdin?.on('error', () => setTimeout(kill, endsWithinMs, 'its input is closed').unref());
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(0, stderrChars);
  });
  return new Promise((resolve, reject) => {
    let ready = false;
    const patience = setTimeout(() => kill(`it was not ready in ${patienceMs} ms`), patienceMs);
    const end = (cause: string, explained = true): void => {
      if (dead) return;
      dead = true;
      clearTimeout(patience);
      if (ready) listeners.gone(why === '' ? cause : why, why === '' ? explained : proves, said.trim());
      else reject(new Error(`a host did not start: ${why === '' ? cause : why} ${said}`.trim()));
    };
    const reader = openFrameReader(
      (head, payload) => {
        if (dead) return;
        if (ready) return listeners.frame(head, payload);
        if (head['kind'] !== 'ready') return kill('it spoke before it was ready');
        ready = true;
        clearTimeout(patience);
        if (containment.forks) pid = childOf(pid) ?? pid;
        resolve(host);
      },
      (broken) => kill(`it broke the channel: ${broken}`),
    );
    child.stdout?.setEncoding('utf8').on('data', (piece: string) => reader.feed(piece));
    child.once('exit', (code, signal) =>
      end(`it ended by ${signal ?? `exit ${String(code)}`}`, signal !== 'SIGKILL' && !(containment.forks && code === killedExit)),
    );
    child.once('error', (cause) => end(cause.message));
  });
}

function killPid(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ESRCH') throw cause;
  }
}

/** The child of the process that stands before a host: the innermost one. */
function childOf(pid: number): number | undefined {
  try {
    const [first] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').trim().split(' ');
    return first === undefined || first === '' ? undefined : Number(first);
  } catch {
    return undefined;
  }
}
