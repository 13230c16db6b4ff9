/**
 * The port TypeChecker over TypeScript 7's own server, kept warm. Why behind a port: its API is marked unstable. Promises:
 * the system's files exist only in memory, beside the SDK's own sources; opening again sends the differences alone; the
 * server is replaced when it grows past its memory limit or dies.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { API, type Diagnostic, type Snapshot } from 'typescript/unstable/async';
import { Fault } from '#kernel';
import type { TypeChecker, TypeProblem } from '#ports';

export interface CheckerOptions {
  /** The file that `theseus/sdk` means. */
  readonly sdk?: string;
  readonly memoryMb?: number;
  readonly timeoutMs?: number;
}
export interface WarmChecker extends TypeChecker {
  /** Processor milliseconds that the servers have used so far. */
  cpuMs(): number;
}

/** A folder that is on no disk. */
const root = '/theseus-system';
const config = `${root}/tsconfig.json`;
const ERROR = 1;

export function typescriptChecker(options: CheckerOptions = {}): WarmChecker {
  const sdk = options.sdk ?? fileURLToPath(new URL('../language/sdk/index.ts', import.meta.url));
  const memoryMb = options.memoryMb ?? 1_500;
  const files = new Map<string, string>();
  const folders = new Map<string, Set<string>>([[root, new Set()]]);
  let server: { readonly api: API; readonly pid: number | undefined } | undefined;
  let snapshot: Snapshot | undefined;
  let cpuBefore = 0;
  /** Of the server that runs, after its last answer: reading it costs more than most answers. */
  let cpuNow = 0;
  let turn: Promise<unknown> = Promise.resolve();
  const pending = { changed: new Set<string>(), created: new Set<string>(), deleted: new Set<string>() };

  function put(path: string, text: string | null): void {
    const name = `${root}/${path}`;
    const before = files.get(name);
    if (before === (text ?? undefined)) return;
    if (text === null) {
      files.delete(name);
      folders.get(name.slice(0, name.lastIndexOf('/')))?.delete(name);
      pending.deleted.add(name);
      pending.created.delete(name);
      pending.changed.delete(name);
      return;
    }
    files.set(name, text);
    for (let child = name; child !== root; child = child.slice(0, child.lastIndexOf('/'))) {
      const folder = child.slice(0, child.lastIndexOf('/'));
      folders.set(folder, (folders.get(folder) ?? new Set()).add(child));
    }
    if (pending.deleted.delete(name)) pending.changed.add(name);
    else if (before === undefined) pending.created.add(name);
    else if (!pending.created.has(name)) pending.changed.add(name);
  }

  const ours = (path: string): boolean => path === root || path.startsWith(`${root}/`);
  const virtual = {
    readFile: (path: string) => (ours(path) ? (files.get(path) ?? null) : undefined),
    fileExists: (path: string) => (ours(path) ? files.has(path) : undefined),
    directoryExists: (path: string) => (ours(path) ? folders.has(path) : undefined),
    getAccessibleEntries: (path: string) => {
      if (!ours(path)) return undefined;
      const names = [...(folders.get(path) ?? [])];
      const last = (name: string): string => name.slice(name.lastIndexOf('/') + 1);
      return { files: names.filter((name) => files.has(name)).map(last), directories: names.filter((name) => folders.has(name)).map(last) };
    },
    realpath: (path: string) => (ours(path) ? path : undefined),
  };

  async function refresh(): Promise<Snapshot> {
    if (server !== undefined && residentMb(server.pid) > memoryMb) await stop();
    if (server === undefined) {
      const before = serversOf(process.pid);
      const api = new API({ cwd: root, fs: virtual });
      snapshot = await api.updateSnapshot({ openProjects: [config] });
      server = { api, pid: serversOf(process.pid).find((pid) => !before.includes(pid)) };
    } else if (pending.changed.size + pending.created.size + pending.deleted.size > 0) {
      const old = snapshot;
      snapshot = await server.api.updateSnapshot({
        fileChanges: { changed: [...pending.changed], created: [...pending.created], deleted: [...pending.deleted] },
      });
      await old?.dispose();
    }
    for (const kind of Object.values(pending)) kind.clear();
    if (snapshot === undefined) throw new Fault('bug', 'The type checker has no snapshot.');
    return snapshot;
  }
  async function stop(): Promise<void> {
    const last = server;
    server = undefined;
    snapshot = undefined;
    if (last === undefined) return;
    cpuBefore += processorMs(last.pid);
    cpuNow = 0;
    await last.api.close().catch(() => {});
    if (last.pid !== undefined) kill(last.pid);
  }
  async function diagnose(paths: readonly string[]): Promise<readonly TypeProblem[]> {
    const project = (await refresh()).getProject(config);
    if (project === undefined) throw new Fault('bug', 'The type checker has lost its project.');
    const [syntax, ...meaning] = await Promise.all([
      project.program.getSyntacticDiagnostics(),
      ...paths.map((path) => project.program.getSemanticDiagnostics(`${root}/${path}`)),
    ]);
    const found = paths.map((path, at) => {
      const name = `${root}/${path}`;
      const diagnostics = [...syntax.filter((diagnostic) => diagnostic.fileName === name), ...(meaning[at] ?? [])];
      return diagnostics
        .filter((diagnostic) => diagnostic.category === ERROR)
        .map((diagnostic) => problemOf(path, files.get(name) ?? '', diagnostic));
    });
    cpuNow = processorMs(server?.pid);
    return found.flat();
  }
  /** One after another; a server that died or is late is replaced once. */
  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const attempt = (): Promise<Result> => late(work(), options.timeoutMs ?? 60_000);
    const mine = turn.then(() => attempt().catch(async () => (await stop(), attempt())));
    turn = mine.catch(() => {});
    return mine;
  }

  put('tsconfig.json', JSON.stringify(settings(sdk)));
  return {
    open: async (next) => {
      for (const name of files.keys()) {
        const path = name.slice(root.length + 1);
        if (path !== 'tsconfig.json' && next[path] === undefined) put(path, null);
      }
      for (const [path, text] of Object.entries(next)) if (path.endsWith('.ts')) put(path, text);
    },
    change: async (changes) => {
      for (const [path, text] of Object.entries(changes)) put(path, text);
    },
    diagnose: (paths) => inTurn(() => diagnose(paths)),
    cpuMs: () => cpuBefore + cpuNow,
    close: async () => {
      await turn;
      await stop();
    },
  };
}

const settings = (sdk: string): object => ({
  compilerOptions: {
    target: 'esnext',
    module: 'esnext',
    moduleResolution: 'bundler',
    lib: ['esnext'],
    types: [],
    noEmit: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    verbatimModuleSyntax: true,
    singleThreaded: true,
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    noImplicitOverride: true,
    noPropertyAccessFromIndexSignature: true,
    noFallthroughCasesInSwitch: true,
    noUnusedLocals: true,
    noUnusedParameters: true,
    noImplicitReturns: false,
    erasableSyntaxOnly: true,
    forceConsistentCasingInFileNames: true,
    paths: { 'theseus/sdk': [sdk] },
  },
  include: ['**/*.ts', '.theseus/*.d.ts'],
});

function problemOf(path: string, text: string, diagnostic: Diagnostic): TypeProblem {
  const before = text.slice(0, diagnostic.pos);
  const chain = (of: Diagnostic): string => [of.text, ...(of.messageChain ?? []).map(chain)].join(' ');
  return {
    path,
    line: before.split('\n').length,
    column: diagnostic.pos - before.lastIndexOf('\n'),
    code: diagnostic.code,
    message: chain(diagnostic).slice(0, 1_000),
  };
}

function late<Result>(work: Promise<Result>, timeoutMs: number): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>(
    (_, reject) => (timer = setTimeout(() => reject(new Fault('process-died', 'The type checker took too long.')), timeoutMs)),
  );
  return Promise.race([work, limit]).finally(() => clearTimeout(timer));
}

/** The checker's servers among the children of a process (Linux; elsewhere none, and memory is not watched). */
function serversOf(pid: number): readonly number[] {
  try {
    const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' '),
    );
    return children.filter((child) => child !== '' && readFileSync(`/proc/${child}/cmdline`, 'utf8').includes('--api')).map(Number);
  } catch {
    return [];
  }
}
function residentMb(pid: number | undefined): number {
  try {
    return pid === undefined ? 0 : (Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * 4096) / 1_000_000;
  } catch {
    return 0;
  }
}
/** Over all threads, in nanoseconds there. */
function processorMs(pid: number | undefined): number {
  try {
    if (pid === undefined) return 0;
    return readdirSync(`/proc/${pid}/task`).reduce(
      (sum, task) => sum + Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ')[0]) / 1e6,
      0,
    );
  } catch {
    return 0;
  }
}
function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'ESRCH')) throw cause;
  }
}
