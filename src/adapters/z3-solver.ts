/**
 * The port Solver over Z3 in threads. Promises: nothing is loaded before it is asked for; a thread that is late, dies or says what
 * nobody asked is ended from outside and replaced, and its script is unknown. Never: a thread that answers two scripts at once.
 */
import { Worker } from 'node:worker_threads';
import type { Solver, SolverAnswer, SolverLimit } from '#ports';
import type { Asked, Told } from './z3/solver-thread.ts';

export interface SolverOptions {
  readonly threads?: number;
  /** The program of a thread. */
  readonly entry?: URL;
  /** Milliseconds beyond its own limit that a thread has before it is ended, and for its start. */
  readonly grace?: number;
  readonly startMs?: number;
  /** After so long without work threads are ended: each holds about 130 MB. */
  readonly idleMs?: number;
}
interface Waiting {
  readonly asked: Asked;
  readonly resolve: (answer: SolverAnswer) => void;
}
interface Thread {
  readonly worker: Worker;
  readonly ready: Promise<boolean>;
  started: boolean;
  working: Waiting | undefined;
  hears: ((told: Told) => void) | undefined;
}

const typed = import.meta.url.endsWith('.ts');
/** Of Z3's memory. A thread that needs more dies, and what it was asked is unknown. */
const MEMORY_MB = 1_024;

export function z3Solver(options: SolverOptions = {}): Solver {
  const entry = options.entry ?? new URL(`./z3/solver-thread.${typed ? 'ts' : 'js'}`, import.meta.url);
  const grace = options.grace ?? 250;
  const queue: Waiting[] = [];
  const threads: Thread[] = [];
  let closed = false;
  let resting: NodeJS.Timeout | undefined;

  function open(): Thread {
    const worker = new Worker(entry, { resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB }, stdout: true, stderr: true });
    worker.unref();
    const ready = Promise.withResolvers<boolean>();
    const thread: Thread = { worker, ready: ready.promise, started: false, working: undefined, hears: undefined };
    worker.on('message', (told: Told) => {
      if (!('ready' in told)) return thread.hears?.(told);
      thread.started = true;
      ready.resolve(true);
      next();
    });
    const gone = (why: string): void => {
      ready.resolve(false);
      drop(thread);
      thread.hears?.({ verdict: 'unknown', why });
    };
    worker.on('error', (cause: unknown) => gone(`the solver died: ${cause instanceof Error ? cause.message : String(cause)}`));
    worker.on('exit', () => gone('the solver died'));
    threads.push(thread);
    return thread;
  }
  function drop(thread: Thread): void {
    const at = threads.indexOf(thread);
    if (at >= 0) threads.splice(at, 1);
  }
  async function end(thread: Thread): Promise<void> {
    drop(thread);
    await thread.worker.terminate();
  }

  /**
   * Gives what waits to threads that are free, opening as many as there may be. A thread takes most of a second to start, more than most
   * questions take: where another one is at work already, what waits is for whichever is free first.
   */
  function next(): void {
    while (queue.length > 0 && !closed) {
      const idle = threads.filter((thread) => thread.working === undefined);
      const starting = idle[0] ?? (threads.length < (options.threads ?? 2) ? open() : undefined);
      const free = idle.find((thread) => thread.started) ?? (threads.some((thread) => thread.started) ? undefined : starting);
      const waiting = free === undefined ? undefined : queue.shift();
      if (free === undefined || waiting === undefined) return;
      free.working = waiting;
      void work(free, waiting);
    }
  }
  async function work(thread: Thread, { asked, resolve }: Waiting): Promise<void> {
    const started = await within(thread.ready, options.startMs ?? 20_000, false);
    const said = Promise.withResolvers<SolverAnswer>();
    thread.hears = (told) => void ('ready' in told || said.resolve(told));
    if (!started) said.resolve({ verdict: 'unknown', why: 'the solver did not start' });
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread of Node has no origin
    else thread.worker.postMessage(asked);
    const late: SolverAnswer = { verdict: 'unknown', why: `the solver was ended after ${asked.milliseconds} ms` };
    const answer = await within(said.promise, asked.milliseconds + grace, late);
    thread.hears = undefined;
    thread.working = undefined;
    if (answer === late || !started) await end(thread);
    resolve(answer);
    next();
    rest();
  }
  /** Threads are large: those that have had nothing to do for a while are ended. */
  function rest(): void {
    clearTimeout(resting);
    resting = setTimeout(() => {
      for (const thread of threads.filter(({ working }) => working === undefined)) void end(thread);
    }, options.idleMs ?? 120_000);
    resting.unref();
  }

  return {
    name: 'z3 5.1 (z3-solver 5.2.0)',
    solve: (script, { milliseconds, effort }: SolverLimit) =>
      closed
        ? Promise.resolve({ verdict: 'unknown', why: 'the solver is closed' })
        : new Promise((resolve) => {
            queue.push({ asked: { script, milliseconds, effort }, resolve });
            next();
          }),
    warm: async () => {
      if (!closed && threads.length === 0) open();
      const [first] = threads;
      if (first !== undefined) await within(first.ready, options.startMs ?? 20_000, false);
      rest();
    },
    cpuMs: () => 0,
    close: async () => {
      closed = true;
      clearTimeout(resting);
      for (const { resolve } of queue.splice(0)) resolve({ verdict: 'unknown', why: 'the solver is closed' });
      await Promise.all([...threads].map(end));
    },
  };
}

function within<Value>(work: Promise<Value>, milliseconds: number, late: Value): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<Value>((resolve) => (timer = setTimeout(() => resolve(late), milliseconds)));
  return Promise.race([work, limit]).finally(() => clearTimeout(timer));
}
