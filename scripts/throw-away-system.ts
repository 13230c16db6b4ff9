/** A whole running system on a throw-away data folder: real PostgreSQL, real processes. For tests, the demo and benches. */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { layThrowAwayCluster, throwAwayFolder, type ThrowAwayOptions } from '#store/server';
import { type RunningSystem, startSystem } from '../src/processes/supervisor.ts';

export interface ThrowAwaySystem extends RunningSystem {
  readonly data: string;
  /** A request by the owner, or with another key. */
  call(
    method: string,
    path: string,
    body?: unknown,
    options?: { readonly key?: string; readonly headers?: { readonly [name: string]: string } },
  ): Promise<Answer>;
  /** Asks for a change, with what else comes with it, and waits for what became of it. */
  ask(request: string, more?: object): Promise<{ readonly outcome: string; readonly [member: string]: unknown }>;
  /** A key of a caller in these roles. */
  keyFor(roles: readonly string[]): Promise<string>;
}
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly json: Record<string, unknown> & { readonly items?: readonly Record<string, unknown>[] };
}

export function systemFiles(folder: string): { readonly [path: string]: string } {
  const root = resolve(folder);
  return Object.fromEntries(
    readdirSync(root, { recursive: true, withFileTypes: true })
      .filter(
        (entry) =>
          entry.isFile() &&
          (entry.name.endsWith('.ts') || entry.name === 'theseus.json') &&
          !entry.name.endsWith('.d.ts') &&
          !entry.parentPath.includes('.theseus'),
      )
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [relative(root, path), readFileSync(path, 'utf8')]),
  );
}

export async function startThrowAwaySystem(
  options: ThrowAwayOptions & {
    readonly system?: string;
    readonly files?: { readonly [path: string]: string };
    readonly samples?: boolean;
    /** With a database that is made from nothing, as a stranger's first start makes it. Else one is laid ready. */
    readonly fromNothing?: boolean;
    /** With the mirror of the sources in git. */
    readonly history?: boolean;
    /** The folder of the organisation's documents. */
    readonly documents?: string;
    readonly log?: (line: string) => void;
    /** Text of models.json; absent: no models, whatever the environment holds. */
    readonly models?: string;
    /** Values of the variables that it names. */
    readonly modelVariables?: { readonly [name: string]: string };
  } = {},
): Promise<ThrowAwaySystem> {
  const system = options.system ?? 'systems/shop';
  const data = throwAwayFolder('theseus-system-', options.durable !== true && options.fromNothing !== true);
  if (options.fromNothing !== true) await layThrowAwayCluster(data, options);
  const rows = join(system, 'rows.json');
  if (options.models !== undefined) writeFileSync(join(data, 'models.json'), options.models, { mode: 0o600 });
  const running = await startSystem({
    data,
    documents: options.documents ?? null,
    ...(options.modelVariables === undefined ? {} : { modelVariables: options.modelVariables }),
    files: options.files ?? systemFiles(system),
    hostName: '127.0.0.1',
    port: 0,
    consoleFolder: existsSync('dist/console/index.html') ? resolve('dist/console') : null,
    sampleData: options.samples !== false && options.files === undefined && existsSync(rows) ? readFileSync(rows, 'utf8') : null,
    history: options.history === true ? join(data, 'history.git') : null,
    log: options.log ?? (() => {}),
  });
  const call: ThrowAwaySystem['call'] = async (method, path, body, { key, headers } = {}) => {
    const answer = await fetch(`${running.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${key ?? running.operatorKey}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, json: (text === '' ? {} : JSON.parse(text)) as Answer['json'] };
  };
  return {
    ...running,
    data,
    call,
    ask: async (request, more = {}) => {
      let { status, json } = await call('POST', '/_theseus/changes?wait=30', { request, ...more });
      if (status >= 400 && status < 500) return { ...json, outcome: 'refused' };
      for (let tries = 0; status < 300 && json['outcome'] === null && tries < 20; tries += 1)
        ({ status, json } = await call('GET', `/_theseus/changes/${String(json['id'])}?wait=30`));
      if (status >= 300) throw new Error(`asking answered ${status}: ${JSON.stringify(json)}`);
      return { ...json, outcome: String(json['outcome']) };
    },
    keyFor: async (roles) => String((await call('POST', '/_theseus/keys', { name: roles.join(' '), roles })).json['key']),
    stop: async () => {
      await running.stop();
      rmSync(data, { recursive: true, force: true });
    },
  };
}
