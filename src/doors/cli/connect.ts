/**
 * How a verb finds a running system and proves who calls: an address and a key that are given, else what the supervisor left in
 * the data folder (running.json, and operator.key, which only the user who started it can read).
 */
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { type Client, openClient } from '#api/client';
import type { Environment } from './environment.ts';
import { Refused } from './failure.ts';

export interface Connection {
  readonly url?: string;
  readonly key?: string;
  readonly data?: string;
  readonly system?: string;
}
export interface Found {
  readonly url: string;
  readonly key: string | undefined;
  readonly data: string | null;
}

export function connect(environment: Environment, options: Connection): Client {
  const { url, key } = findSystem(environment, options);
  return openClient({ url, ...(key === undefined ? {} : { key }) });
}

/**
 * What finds the same system again, for commands that are told: the options that were given, unless it is found without them. From
 * another terminal its variables are not there: who starts a system is told what stands in for them. `starting`: a data folder is not enough.
 */
export function reachOf(environment: Environment, { url, data, system }: Connection, elsewhere: boolean, starting = false): string {
  const folder = data ?? (elsewhere ? environment.variables['THESEUS_DATA'] : undefined);
  const found = (given: string): boolean =>
    existsSync(join(resolve(environment.cwd, given), 'theseus.json')) &&
    systemFolder(environment, given) === systemFolder(environment, undefined);
  const parts: { readonly [option: string]: string | undefined } = {
    url,
    data: folder,
    system: (folder !== undefined && !starting) || system === undefined || found(system) ? undefined : system,
  };
  return Object.entries(parts)
    .flatMap(([option, value]) => (value === undefined ? [] : [` --${option} ${quoted(value)}`]))
    .join('');
}
const quoted = (word: string): string => (/^[\w.:/@~+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

export function findSystem(environment: Environment, options: Connection): Found {
  const { variables } = environment;
  const url = options.url ?? variables['THESEUS_URL'];
  const key = options.key ?? variables['THESEUS_KEY'];
  if (url !== undefined) {
    if (!URL.canParse(url)) throw new Refused('not-found', `${url} is not an address such as http://127.0.0.1:7777.`);
    return { url, key: key ?? operatorKeyFor(environment, options, url), data: null };
  }
  const folders = dataFolders(environment, options);
  for (const data of folders) {
    const running = readRunning(data);
    if (running !== null) return { url: running.url, key: key ?? readKey(data), data };
  }
  throw new Refused(
    'not-running',
    `No running system was found in ${folders.join(' or ')}. Start it with: theseus start   (or say where it is: --url, --data)`,
  );
}

/** With an address alone, the key of the local system that answers there. */
function operatorKeyFor(environment: Environment, options: Connection, url: string): string | undefined {
  for (const data of dataFolders(environment, options)) if (readRunning(data)?.url === url.replace(/\/+$/, '')) return readKey(data);
  return undefined;
}

export function dataFolders(environment: Environment, { data, system }: Connection): readonly string[] {
  const given = data ?? environment.variables['THESEUS_DATA'];
  if (given !== undefined) return [resolve(environment.cwd, given)];
  const folder = systemFolder(environment, system);
  const name = folder === null ? undefined : nameOf(folder);
  if (name === undefined)
    throw new Refused(
      'not-found',
      'There is no system here (no theseus.json). Go to its folder, or say which: --system FOLDER, --data FOLDER or --url ADDRESS.',
    );
  return [...new Set([environment.dataFolder(name), join(homedir(), '.theseus', name), join('/var/lib/theseus', name)])];
}

/** The folder with theseus.json: the one named, here or above, else the sample. */
export function systemFolder(environment: Environment, given: string | undefined): string | null {
  if (given !== undefined) {
    const folder = resolve(environment.cwd, given);
    if (!existsSync(join(folder, 'theseus.json')))
      throw new Refused('not-found', `${folder} is no system: it has no theseus.json. Make one with: theseus init NAME`);
    return folder;
  }
  for (let folder = environment.cwd; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'theseus.json'))) return folder;
    if (folder === dirname(folder)) return environment.sampleSystem;
  }
}

export function nameOf(folder: string): string {
  const read = parsed(join(folder, 'theseus.json')) as { readonly name?: unknown } | null;
  if (typeof read?.name !== 'string' || read.name === '')
    throw new Refused('malformed', `${join(folder, 'theseus.json')} cannot be read, or names no system.`);
  return read.name;
}

/** What runs there; null where nothing does, also after it was killed. */
export function readRunning(data: string): { readonly url: string; readonly pid: number } | null {
  const read = parsed(join(data, 'running.json')) as { readonly url?: unknown; readonly pid?: unknown } | null;
  if (typeof read?.url !== 'string' || typeof read.pid !== 'number') return null;
  return alive(read.pid) ? { url: read.url, pid: read.pid } : null;
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return cause instanceof Error && 'code' in cause && cause.code === 'EPERM';
  }
}

function readKey(data: string): string | undefined {
  try {
    return readFileSync(join(data, 'operator.key'), 'utf8').trim();
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : '';
    if (code === 'EACCES')
      throw new Refused(
        'forbidden',
        `The operator's key in ${data} belongs to another user. Give a key of your own: --key KEY, or THESEUS_KEY.`,
      );
    return undefined;
  }
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    if (cause instanceof Error) return null;
    throw cause;
  }
}
