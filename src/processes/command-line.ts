/** The command `theseus`: joins the command line with the parts of the product that it starts. */

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type DoctorCheck, runCommandLine } from '#cli';
import { secretsIn, secretsOf } from './secrets.ts';
import { solverCheck } from './solver-check.ts';
import { defaultDataRoot, postgresBinaries, unprivilegedUser } from '#store/server';

const here = dirname(fileURLToPath(import.meta.url));
const fromSources = import.meta.url.endsWith('.ts');
/** `src/processes` lies two below the root, `lib/processes` of an installed package as well. */
const root = join(here, '..', '..');
const firstThere = (...folders: readonly string[]): string | null => folders.find((folder) => existsSync(folder)) ?? null;

async function checks(): Promise<readonly DoctorCheck[]> {
  const found: DoctorCheck[] = [];
  try {
    const { version } = postgresBinaries(unprivilegedUser(), join(tmpdir(), 'theseus-doctor'));
    found.push({ name: 'embedded PostgreSQL', state: 'ok', found: version });
  } catch (cause) {
    found.push({
      name: 'embedded PostgreSQL',
      state: 'fail',
      found: cause instanceof Error ? cause.message : String(cause),
      advice: 'Give DATABASE_URL of a server of version 15 or newer.',
    });
  }
  const git = spawnSync('git', ['--version'], { encoding: 'utf8' });
  found.push(
    git.status === 0
      ? { name: 'git', state: 'ok', found: git.stdout.trim() }
      : {
          name: 'git',
          state: 'warn',
          found: 'not there',
          advice: 'Without git all runs; the history of the sources is then in the database alone.',
        },
  );
  found.push(await solverCheck());
  const { openHosts } = await import('#hosts');
  const hosts = await openHosts({
    size: 1,
    memoryMb: 256,
    user: 'own',
    isolation: 'preferred',
    reachable: join(tmpdir(), 'theseus-doctor'),
    log: () => {},
  });
  while (hosts.status().running === 0) await new Promise((done) => setImmediate(done));
  const { isolation, notes, containment } = hosts.status();
  await hosts.close();
  found.push({
    name: 'isolation of hosts',
    state: isolation === 'none' ? 'warn' : 'ok',
    found: isolation,
    ...(notes.length === 0 ? {} : { advice: notes.join(' ') }),
  });
  for (const { name, holds, found: how } of containment)
    found.push({ name: `hosts: ${name}`, state: holds ? 'ok' : 'warn', found: holds ? how : `does not hold here: ${how}` });
  const disk = statfsSync(tmpdir());
  const freeGb = (disk.bavail * disk.bsize) / 1024 ** 3;
  found.push({
    name: 'disk',
    state: freeGb < 1 ? 'warn' : 'ok',
    found: `${freeGb.toFixed(1)} GB free`,
    ...(freeGb < 1 ? { advice: 'Make room: the journal grows with every write.' } : {}),
  });
  return found;
}

const mostTold = 10;
async function documentsCheck(folder: string): Promise<DoctorCheck> {
  const { lookOver } = await import('#adapters/library');
  try {
    const { read, skipped } = await lookOver(folder);
    const found = `${folder}: ${read} read`;
    if (skipped.length === 0) return { name: 'documents', state: 'ok', found };
    const more = skipped.length > mostTold ? `; and ${skipped.length - mostTold} more` : '';
    return {
      name: 'documents',
      state: 'warn',
      found: `${found}, ${skipped.length} skipped`,
      advice: skipped.slice(0, mostTold).join('; ') + more,
    };
  } catch (cause) {
    return { name: 'documents', state: 'warn', found: `${folder}: ${cause instanceof Error ? cause.message : 'cannot be read'}` };
  }
}

const ended = new Promise<void>((done) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => done());
  // Nobody reads any more, as behind `| head`: the rest is said to nobody, and what would go on for ever ends.
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (cause: NodeJS.ErrnoException) => {
      if (cause.code !== 'EPIPE') throw cause;
      done();
    });
});
function onInterrupt(listener: (by: 'person' | 'system') => void): () => void {
  const person = (): void => listener('person');
  const system = (): void => listener('system');
  process.on('SIGINT', person).on('SIGTERM', system).on('SIGHUP', system);
  return () => void process.off('SIGINT', person).off('SIGTERM', system).off('SIGHUP', system);
}

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };

process.exitCode = await runCommandLine(process.argv.slice(2), {
  version,
  startSystem: async (options) =>
    (await import('./supervisor.ts')).startSystem({ ...options, modelVariables: process.env, secretVariables: process.env }),
  dataFolder: (system) => defaultDataRoot(system),
  consoleFolder: firstThere(join(root, 'dist', 'console'), join(root, 'console')),
  sampleSystem: firstThere(join(root, 'systems', 'shop')),
  sdkFolder: join(here, '..', 'language', 'sdk'),
  entityDeclarations: (await import('#model')).printDeclarations({
    settings: { currency: { code: 'EUR', digits: 2 } } as never,
    entities: [],
    rules: [],
    workflows: [],
    operations: [],
    views: [],
    reactions: [],
    jobs: [],
  }),
  checks: async (data, documents) => [
    ...(data === undefined ? [] : [(await import('./models-for-workshop.ts')).modelsCheck(data, process.env)]),
    ...(documents === undefined ? [] : [await documentsCheck(documents)]),
    ...(await checks()),
  ],
  secrets: (data) => secretsIn(data, secretsOf(process.env)),
  input: async () => (await process.stdin.setEncoding('utf8').toArray()).join(''),
  serveMcp: async ({ url, key, tools }) => {
    const [{ isToolSet, serveMcpOverStdio }, { bodyCap, openClient }] = await Promise.all([import('#mcp'), import('#api/client')]);
    const client = openClient({ url, ...(key === undefined ? {} : { key }) });
    const { stdin: input, stdout: output } = process;
    await serveMcpOverStdio({ client, version, tools: isToolSet(tools) ? tools : 'all' }, { input, output, mostBytes: bodyCap, ended });
  },
  command: !fromSources ? 'theseus' : process.cwd() === root ? './theseus' : join(root, 'theseus'),
  cwd: process.env['INIT_CWD'] !== undefined && process.env['npm_lifecycle_event'] === undefined ? process.env['INIT_CWD'] : process.cwd(),
  variables: process.env,
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  terminal: process.stdout.isTTY && process.stdin.isTTY,
  interrupted: () => ended,
  onInterrupt,
});
process.exit();
