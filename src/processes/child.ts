/** The supervisor's side of one child: spawn, configure, wait until it is ready, start it again when it dies, stop it. */
import { type ChildProcess, fork } from 'node:child_process';
import { setTimeout as after } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Fault, type FaultCode } from '#kernel';
import type { FromChild, ToChild } from './configuration.ts';

type Configuration = (ToChild & { kind: 'configure' })['configuration'];
export interface ReadyMessage {
  readonly url?: string;
  readonly link?: string;
}
export interface Child {
  readonly pid: number;
  readonly ready: ReadyMessage;
  send(message: ToChild): void;
  stop(): Promise<void>;
}
export interface ChildOptions {
  readonly entry: string;
  /** Called at each start, since a URL may have changed. */
  readonly configuration: () => Configuration;
  readonly onMessage?: (message: FromChild, child: ChildProcess) => void;
  readonly onRestart?: (pid: number, why: string) => void;
  readonly log: (line: string) => void;
  /** A process of this entry that was spawned ahead, so that it has loaded its code by now. */
  readonly first?: ChildProcess;
}

/** An entry file beside this one: `.ts` from sources, `.js` from an installed package. */
export const entryFile = (name: string): string =>
  fileURLToPath(new URL(`./${name}${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url));

export function spawnChild(entry: string, log: (line: string) => void): ChildProcess {
  // A process group of its own: Ctrl-C on the terminal reaches the supervisor alone, which stops its children in order.
  const child = fork(entryFile(entry), [], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: childEnvironment(),
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text: string) => log(text.trimEnd()));
  child.on('error', (cause) => log(`${entry}: ${cause.message}`));
  return child;
}

/** Starts a child and keeps it running: after a death it is started again, later each time it dies at once. */
export async function keepRunning(options: ChildOptions): Promise<Child> {
  let stopping = false;
  let running = await started(options, options.first);
  const watch = (child: ChildProcess): void => {
    child.once('exit', (code, signal) => {
      if (stopping) return;
      options.onRestart?.(child.pid ?? 0, signal ?? `exit ${code}`);
      void again(0);
    });
  };
  const again = async (tries: number): Promise<void> => {
    if (stopping) return;
    try {
      running = await started(options);
      watch(running.child);
    } catch (cause) {
      options.log(`${options.entry} does not start: ${cause instanceof Error ? cause.message : String(cause)}`);
      await after(Math.min(200 * 2 ** tries, 5_000));
      await again(tries + 1);
    }
  };
  watch(running.child);
  return {
    get pid() {
      return running.child.pid ?? 0;
    },
    get ready() {
      return running.ready;
    },
    send: (message) => void (running.child.connected && running.child.send(message)),
    stop: async () => {
      stopping = true;
      await stopChild(running.child);
    },
  };
}

export async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((done) => child.once('exit', () => done()));
  if (child.connected) child.send({ kind: 'stop' } satisfies ToChild);
  const killer = setTimeout(() => child.kill('SIGKILL'), 20_000);
  await gone;
  clearTimeout(killer);
}

function started(options: ChildOptions, ahead?: ChildProcess): Promise<{ readonly child: ChildProcess; readonly ready: ReadyMessage }> {
  const child = ahead !== undefined && ahead.exitCode === null && ahead.connected ? ahead : spawnChild(options.entry, options.log);
  return new Promise((resolve, reject) => {
    let failure: Fault | undefined;
    child.on('message', (message: FromChild) => {
      if (message.kind === 'ready') resolve({ child, ready: message });
      if (message.kind === 'failed') failure = new Fault(message.code as FaultCode, message.message);
      options.onMessage?.(message, child);
    });
    child.once('exit', (code, signal) =>
      reject(failure ?? new Fault('process-died', `${options.entry} ended before it was ready (${signal ?? code}).`)),
    );
    child.send({ kind: 'configure', configuration: options.configuration() } satisfies ToChild);
  });
}

/** Compiled code of our own, kept beside the packages: a second start is twice as fast. Harmless where it cannot be written. */
const codeCache: string = fileURLToPath(new URL('../../node_modules/.cache/theseus', import.meta.url));

function childEnvironment(): NodeJS.ProcessEnv {
  const kept = ['PATH', 'HOME', 'LANG', 'TMPDIR', 'NODE_ENV', 'THESEUS_LOG'];
  return {
    NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] ?? codeCache,
    ...Object.fromEntries(kept.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]))),
  };
}
