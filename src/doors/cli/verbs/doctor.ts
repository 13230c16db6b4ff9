/** theseus doctor: what this machine has and lacks for a system to run well, and what to do about it. */
import { accessSync, constants, existsSync, statfsSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { type Connection, dataFolders, readRunning, systemFolder } from '../connect.ts';
import { documentsFolder } from '../documents-folder.ts';
import { openClient } from '#api/client';
import type { DoctorCheck, Environment } from '../environment.ts';
import { exitCodes, Refused } from '../failure.ts';
import type { VerbParts } from '../verb.ts';

const leastFreeBytes = 1024 ** 3;

export function doctorVerb({ verb, reaching, deed }: VerbParts): void {
  reaching(verb('doctor', 'check what this machine has for a system to run'))
    .option('--port <number>', 'the port that will be used', '7777')
    .option('--documents <folder>', 'the documents of the house; else documents/ of the system')
    .action(
      deed<[Connection & { readonly port: string; readonly documents?: string }]>(async ({ say, environment }, options) => {
        const documents = documentsOf(environment, options);
        const own = [
          nodeCheck(),
          gitCheck(),
          ...dataChecks(environment, options),
          await runningCheck(environment, options),
          await portCheck(options.port, runningUrls(environment, options)),
        ];
        const others = (await environment.checks(firstFolder(environment, options), documents)).filter(
          (check) => !own.some(({ name }) => name === check.name),
        );
        const checks: readonly DoctorCheck[] = [...own, ...others];
        for (const { name, state, found, advice } of checks) {
          say.line(
            `${say.style(state === 'ok' ? 'green' : state === 'warn' ? 'yellow' : 'red', state.padEnd(5))} ${name.padEnd(Math.max(14, ...checks.map((check) => check.name.length)))} ${found}`,
          );
          if (advice !== undefined && state !== 'ok') say.line(`                     ${advice}`);
        }
        say.document({ checks });
        return checks.some(({ state }) => state === 'fail') ? exitCodes.refused : exitCodes.done;
      }),
    );
}

/** A system that is not there is told by another check. */
function documentsOf(environment: Environment, { system, documents }: Connection & { readonly documents?: string }): string | undefined {
  try {
    return documentsFolder(environment, documents === undefined ? systemFolder(environment, system) : null, documents) ?? undefined;
  } catch (cause) {
    if (documents === undefined && cause instanceof Refused) return undefined;
    throw cause;
  }
}

function firstFolder(environment: Environment, options: Connection): string | undefined {
  try {
    return dataFolders(environment, options)[0];
  } catch (cause) {
    if (cause instanceof Error) return undefined;
    throw cause;
  }
}

function nodeCheck(): DoctorCheck {
  const major = Number(process.versions.node.split('.')[0]);
  return major >= 26
    ? { name: 'Node', state: 'ok', found: process.versions.node }
    : { name: 'Node', state: 'fail', found: process.versions.node, advice: 'The pinned Node 26 is missing. Install the packages: npm ci' };
}

function gitCheck(): DoctorCheck {
  const git = spawnSync('git', ['--version'], { encoding: 'utf8' });
  if (git.status === 0) return { name: 'git', state: 'ok', found: git.stdout.trim().replace('git version ', '') };
  return {
    name: 'git',
    state: 'warn',
    found: 'not found',
    advice: 'All runs without it; only the mirror of the sources in git is missing.',
  };
}

function dataChecks(environment: Environment, options: Connection): readonly DoctorCheck[] {
  let folder: string | undefined;
  try {
    [folder] = dataFolders(environment, options);
  } catch (cause) {
    return [{ name: 'data folder', state: 'warn', found: cause instanceof Error ? cause.message : 'unknown' }];
  }
  let there = folder ?? environment.cwd;
  while (!existsSync(there) && there !== dirname(there)) there = dirname(there);
  const { bavail, bsize } = statfsSync(there);
  const free = bavail * bsize;
  const gigabytes = `${(free / 1024 ** 3).toFixed(1)} GB free`;
  return [
    writable(there)
      ? { name: 'data folder', state: 'ok', found: folder ?? '' }
      : { name: 'data folder', state: 'fail', found: `${there} cannot be written`, advice: 'Give another folder: --data FOLDER' },
    free >= leastFreeBytes
      ? { name: 'disk', state: 'ok', found: gigabytes }
      : { name: 'disk', state: 'warn', found: gigabytes, advice: 'At least 1 GB should be free, for PostgreSQL and its log.' },
  ];
}

function writable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch (cause) {
    if (cause instanceof Error) return false;
    throw cause;
  }
}

async function runningCheck(environment: Environment, options: Connection): Promise<DoctorCheck> {
  try {
    for (const folder of dataFolders(environment, options)) {
      const running = readRunning(folder);
      if (running === null) continue;
      const health = await openClient({ url: running.url }).health();
      const found = `${running.url}, database ${health.database}, hosts ${health.hosts.running} (${health.hosts.isolation})${health.frozen ? ', frozen' : ''}`;
      if (health.status === 'ok' && health.deadLetters > 0)
        return {
          name: 'system',
          state: 'warn',
          found: `${found}, ${health.deadLetters} dead ${health.deadLetters === 1 ? 'letter' : 'letters'}`,
          advice: 'What failed for good waits for a person: theseus unasked',
        };
      if (health.status === 'ok' && health.timesBroken > 0)
        return {
          name: 'system',
          state: 'warn',
          found: `${found}, ${health.timesBroken} required ${health.timesBroken === 1 ? 'time is' : 'times are'} not kept`,
          advice: `Which, and by which reads: ${running.url}/console/health. Then ask: theseus change "Make listing orders faster"`,
        };
      return health.status === 'ok'
        ? { name: 'system', state: 'ok', found }
        : { name: 'system', state: 'fail', found: [found, ...health.notes].join('; '), advice: 'See what it wrote where it was started.' };
    }
  } catch (cause) {
    return { name: 'system', state: 'warn', found: cause instanceof Error ? cause.message : 'unknown' };
  }
  return { name: 'system', state: 'ok', found: 'not running' };
}

function runningUrls(environment: Environment, options: Connection): readonly string[] {
  try {
    return dataFolders(environment, options).flatMap((folder) => readRunning(folder)?.url ?? []);
  } catch (cause) {
    if (cause instanceof Error) return [];
    throw cause;
  }
}

function portCheck(text: string, ours: readonly string[]): Promise<DoctorCheck> {
  if (ours.some((url) => new URL(url).port === text))
    return Promise.resolve({ name: 'port', state: 'ok', found: `${text} is this system's` });
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (cause) =>
      resolve({
        name: 'port',
        state: 'warn',
        found: `${text}: ${cause.message}`,
        advice: 'It is free for a system that runs already; else choose another: --port NUMBER',
      }),
    );
    server.listen(Number(text), '127.0.0.1', () => server.close(() => resolve({ name: 'port', state: 'ok', found: `${text} is free` })));
  });
}
