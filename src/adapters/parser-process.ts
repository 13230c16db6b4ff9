/**
 * Reads code in a disposable child process (ports CodeReader and CodeInspector). Why: a parser is an attack surface, and one
 * that dies takes its process along. Promises: a child that dies, is late, too large or talks too much refuses what it read
 * and is replaced; the child has no network, no children and no files but the product's own code, compiled or not, of which it writes
 * none. It stays warm: a reading that differs from the last in a few files sends and receives those alone, and shares the rest with it.
 */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { processorMs } from '#hosts';
import { Fault, type Json, type Settings } from '#kernel';
import { type HandedIn, linkModel, placeOfPath, type ReadComponent, type ReadTests, type SourceFiles, type SystemReading } from '#model';
import type { CodeInspector, CodeReader } from '#ports';

export interface ParserOptions {
  /** The entry of the child: `src/processes/parser.ts` of the product. */
  readonly entry?: string;
  /** Folders that the child may read: the product's code and its packages. */
  readonly readable?: readonly string[];
  readonly memoryMb?: number;
  /** Processor time for a small question, so that a busy machine refuses nothing; a reading gets more with the number of files that are new to the child. */
  readonly timeoutMs?: number;
  readonly user?: { readonly uid: number; readonly gid: number };
}
export interface ParserProcess extends CodeReader, CodeInspector {
  /** Processor milliseconds that children have used so far. */
  cpuMs(): number;
  readonly pid: () => number | undefined;
  /** It is about to be asked: it loads its code meanwhile. */
  startAhead(): void;
}

type Reading = Extract<SystemReading, { ok: true }>;
type Child = ChildProcessByStdio<Writable, Readable, null>;
interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (cause: Fault) => void;
}

const LARGEST_ANSWER = 256 * 1024 * 1024;
/** A child that waits and does not work has this many times its processor time on the clock. */
const patience = 10;
const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
/** Compiled code that processes of ours have kept: three quarters of what a child would use until it can read. */
const compiled = process.env['NODE_COMPILE_CACHE'] ?? '';
/** The product's code and the packages around it, wherever it was installed. */
const productFolders: readonly string[] = [
  root,
  ...[...root.matchAll(/\/node_modules(?=\/)/g)].map((found) => root.slice(0, found.index + found[0].length)),
];

export function parserProcess(options: ParserOptions = {}): ParserProcess {
  const entry =
    options.entry ??
    fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '../processes/parser.ts' : '../processes/parser.js', import.meta.url));
  const memoryMb = options.memoryMb ?? 1024;
  let child: Child | undefined;
  /** The files that the child holds, and its last good reading. */
  let sent: SourceFiles = {};
  let last: Reading | undefined;
  let next = 1;
  let cpuBefore = 0;
  let cpuNow = 0;
  let turn: Promise<unknown> = Promise.resolve();
  const waiting = new Map<number, Waiting>();

  function start(): Child {
    const flags = [
      '--permission',
      '--allow-addons',
      ...[...(options.readable ?? productFolders), ...(compiled === '' ? [] : [compiled])].map((folder) => `--allow-fs-read=${folder}`),
      `--max-old-space-size=${memoryMb}`,
      '--disable-warning=SecurityWarning',
    ];
    const made = spawn(process.execPath, [...flags, entry], {
      stdio: ['pipe', 'pipe', 'ignore'],
      env: { LANG: 'C.UTF-8', ...(compiled === '' ? {} : { NODE_COMPILE_CACHE: compiled, NODE_COMPILE_CACHE_READONLY: '1' }) },
      cwd: root,
      ...(options.user === undefined ? {} : options.user),
    });
    made.on('error', () => end(made, 'did not start'));
    made.on('exit', () => end(made, 'died'));
    made.stdin.on('error', () => {});
    listen(made);
    return made;
  }
  function listen(of: Child): void {
    let parts: string[] = [];
    let size = 0;
    of.stdout.setEncoding('utf8');
    of.stdout.on('data', (chunk: string) => {
      size += chunk.length;
      if (size > LARGEST_ANSWER) return end(of, 'answered more than it may');
      parts.push(chunk);
      if (!chunk.includes('\n')) return;
      const lines = parts.join('').split('\n');
      const rest = lines.pop() ?? '';
      parts = rest === '' ? [] : [rest];
      size = rest.length;
      for (const line of lines) hear(of, line);
    });
  }
  function hear(of: Child, line: string): void {
    let said: {
      readonly id?: number;
      readonly value?: unknown;
      readonly error?: string;
      readonly cpu?: { readonly user: number; readonly system: number };
    };
    try {
      said = JSON.parse(line);
    } catch {
      return end(of, 'spoke no JSON');
    }
    if (said.cpu !== undefined) cpuNow = (said.cpu.user + said.cpu.system) / 1000;
    const asked = said.id === undefined ? undefined : waiting.get(said.id);
    if (asked === undefined || said.id === undefined) return;
    waiting.delete(said.id);
    if (said.error === undefined) asked.resolve(said.value);
    else asked.reject(new Fault('parser-died', said.error));
  }
  function end(of: Child, how: string): void {
    of.kill('SIGKILL');
    if (child !== of) return;
    child = undefined;
    sent = {};
    last = undefined;
    cpuBefore += cpuNow;
    cpuNow = 0;
    for (const asked of waiting.values()) asked.reject(new Fault('parser-died', `The process that reads code ${how}.`));
    waiting.clear();
  }
  /** One question; the child is watched while it works. Throws Fault('parser-died'). */
  async function ask(question: object, timeoutMs: number): Promise<unknown> {
    child ??= start();
    const asked = child;
    const id = next++;
    const began = performance.now();
    const usedSoFar = (): number | undefined => (asked.pid === undefined ? undefined : processorMs(asked.pid));
    const spent = usedSoFar();
    const watch = setInterval(() => {
      const used = spent === undefined ? undefined : usedSoFar();
      const elapsed = performance.now() - began;
      if (elapsed > timeoutMs * patience || (used === undefined || spent === undefined ? elapsed : used - spent) > timeoutMs)
        end(asked, 'took too long');
      else if (residentMb(asked.pid) > memoryMb * 1.5) end(asked, 'took too much memory');
    }, 50);
    try {
      return await new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        asked.stdin.write(`${JSON.stringify({ ...question, id })}\n`);
      });
    } finally {
      clearInterval(watch);
    }
  }
  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const mine = turn.then(work, work);
    turn = mine.catch(() => {});
    return mine;
  }

  const readings = new WeakMap<SourceFiles, SystemReading>();
  async function read(files: SourceFiles): Promise<SystemReading> {
    const known = readings.get(files);
    if (known !== undefined) return known;
    const edits = editsBetween(sent, files);
    const paths = Object.keys(edits);
    try {
      sent = files;
      const reading = readingOf(await ask({ kind: 'read', edits }, (options.timeoutMs ?? 4_000) + paths.length * 5), last);
      if (reading.ok) last = reading;
      readings.set(files, reading);
      return reading;
    } catch (cause) {
      if (!(cause instanceof Fault)) throw cause;
      return refusal(paths, cause.message);
    }
  }

  return {
    read: (files) => inTurn(async () => (await read(files)) as unknown as Json),
    regions: (files, regions) =>
      inTurn(async () => {
        const edits = editsBetween(sent, files);
        try {
          sent = files;
          const timeout = (options.timeoutMs ?? 4_000) + Object.keys(edits).length * 5;
          const answer = (await ask({ kind: 'regions', edits, regions }, timeout)) as { readonly reading: unknown; readonly regions: Json };
          const reading = readingOf(answer.reading, last);
          if (reading.ok) last = reading;
          return answer.regions;
        } catch (cause) {
          if (!(cause instanceof Fault)) throw cause;
          return Object.fromEntries(Object.keys(regions).map((member) => [member, { ok: false, why: cause.message }]));
        }
      }),
    inspect: (files) =>
      inTurn(async () => {
        try {
          return (await ask({ kind: 'inspect', files }, options.timeoutMs ?? 4_000)) as Json;
        } catch (cause) {
          if (!(cause instanceof Fault)) throw cause;
          const finding = { line: 1, column: 1, message: cause.message };
          return Object.fromEntries(
            Object.keys(files).map((path) => [path, { functions: [], findings: [finding], capabilities: [], branches: [] }]),
          );
        }
      }),
    mutate: (code) => inTurn(async () => (await ask({ kind: 'mutate', code }, options.timeoutMs ?? 4_000)) as Json),
    complete: (handedIn) =>
      inTurn(async () => {
        const { files } = handedIn as unknown as HandedIn;
        try {
          return (await ask({ kind: 'complete', handedIn }, options.timeoutMs ?? 4_000)) as Json;
        } catch (cause) {
          if (!(cause instanceof Fault)) throw cause;
          const { problems } = refusal(Object.keys(files), cause.message) as Extract<SystemReading, { ok: false }>;
          return { files, given: [], retired: [], problems } as unknown as Json;
        }
      }),
    cpuMs: () => cpuBefore + cpuNow,
    pid: () => child?.pid,
    startAhead: () => void (child ??= start()),
    close: async () => {
      await turn;
      const open = child;
      if (open === undefined) return;
      const gone = new Promise((resolve) => open.once('exit', resolve));
      end(open, 'was closed');
      await gone;
    },
  };
}

function editsBetween(from: SourceFiles, to: SourceFiles): { readonly [path: string]: string | null } {
  const edits: { [path: string]: string | null } = {};
  for (const path of Object.keys(to)) if (to[path] !== from[path]) edits[path] = to[path] ?? null;
  for (const path of Object.keys(from)) if (to[path] === undefined) edits[path] = null;
  return edits;
}

type Answer =
  | {
      readonly ok: true;
      readonly settings: Settings;
      readonly components: { readonly [path: string]: ReadComponent | null };
      readonly tests: { readonly [path: string]: ReadTests | null };
    }
  | Extract<SystemReading, { ok: false }>;

function readingOf(value: unknown, base: Reading | undefined): SystemReading {
  const answer = value as Answer;
  if (!answer.ok) return answer;
  const components = patched(base?.components ?? [], answer.components);
  const tests = patched(base?.tests ?? [], answer.tests);
  const model = linkModel(
    answer.settings,
    components.map(({ contract }) => contract),
  );
  return { ok: true, settings: answer.settings, model, components, tests };
}

/** A list in order of path, with some of its members replaced, added or taken out. */
function patched<Value extends { readonly path: string }>(
  base: readonly Value[],
  changes: { readonly [path: string]: Value | null },
): readonly Value[] {
  const list: (Value | null)[] = base.slice();
  const added: Value[] = [];
  let gone = false;
  for (const [path, change] of Object.entries(changes)) {
    const at = placeOfPath(base, path);
    if (base[at]?.path === path) {
      list[at] = change;
      gone ||= change === null;
    } else if (change !== null) added.push(change);
  }
  if (!gone && added.length === 0) return list as Value[];
  return [...list.filter((value): value is Value => value !== null), ...added].sort((a, b) => (a.path < b.path ? -1 : 1));
}

const refusal = (paths: readonly string[], why: string): SystemReading => ({
  ok: false,
  problems: [
    {
      path: paths[0] ?? 'theseus.json',
      line: 1,
      column: 1,
      message: `${why} It had to read ${paths.slice(0, 5).join(', ')}${paths.length > 5 ? ' and others' : ''}: write it simpler and less deeply nested.`,
    },
  ],
});

/** Null where the system does not tell. */
function residentMb(pid: number | undefined): number {
  if (pid === undefined || process.platform !== 'linux') return 0;
  try {
    return (Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * 4096) / 1_000_000;
  } catch {
    return 0;
  }
}
