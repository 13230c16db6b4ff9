import assert from 'node:assert/strict';
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';

const run = promisify(execFile);
const repository = resolve(import.meta.dirname, '../..');
const scratch = mkdtempSync(join(tmpdir(), 'theseus-package-'));
const app = join(scratch, 'app');
const data = join(scratch, 'data');
const system = join(app, 'my-system');
const theseus = join(app, 'node_modules', '.bin', 'theseus');

/** As in a terminal of the machine: its own Node, nothing of the npm that runs this test. */
const environment: NodeJS.ProcessEnv = Object.fromEntries(
  Object.entries({
    ...process.env,
    THESEUS_DATA: data,
    PATH: (process.env['PATH'] ?? '')
      .split(delimiter)
      .filter((folder) => !folder.includes('node_modules'))
      .join(delimiter),
  }).filter(([name]) => !/^(npm_(?!config_(registry|cache|userconfig)$)|INIT_CWD|NODE_|DATABASE_URL|THESEUS_(?!DATA))/.test(name)),
);
const inFolder = async (cwd: string, command: string, ...args: readonly string[]): Promise<string> =>
  (await run(command, args, { cwd, env: environment, maxBuffer: 2 ** 26 })).stdout;

let started: ChildProcess | undefined;
before(async () => {
  chmodSync(scratch, 0o755);
  mkdirSync(app);
  writeFileSync(join(app, 'package.json'), '{ "private": true }\n');
  await inFolder(repository, process.execPath, 'scripts/pack.ts', join(scratch, 'package'));
  await inFolder(scratch, 'npm', 'pack', join(scratch, 'package'), '--silent');
  const tarball = readdirSync(scratch).find((name) => name.endsWith('.tgz')) ?? '';
  await inFolder(app, 'npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel', 'error', join(scratch, tarball));
});
after(async () => {
  if (started !== undefined) await ended(started, 'SIGTERM');
  rmSync(scratch, { recursive: true, force: true });
});

function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  const code = new Promise<number | null>((done) => child.once('exit', done));
  child.kill(signal);
  return code;
}

/** Where it says that it runs. */
function address(child: ChildProcess): Promise<string> {
  return new Promise((done, failed) => {
    let told = '';
    const hear = (text: string): void => {
      told += text;
      const [, url] = /runs at (http\S+)/.exec(told) ?? [];
      if (url !== undefined) done(url);
    };
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', hear);
    child.once('exit', (code, signal) => failed(new Error(`It ended (${signal ?? code}) before it ran: ${told}`)));
  });
}

test('the package is installed in an empty folder, makes a system, starts it, changes it and stops', async () => {
  assert.ok(!existsSync(join(app, 'node_modules', 'vite')), 'what only builders need is not installed');
  await inFolder(app, 'npx', 'theseus', 'init', 'my-system');

  started = spawn(theseus, ['start', '--port', '0'], { cwd: system, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  const url = await address(started);

  const said = await inFolder(
    system,
    theseus,
    'change',
    'Track customers with a name, an email and a tier standard, silver or gold',
    '--json',
  );
  assert.match(said, /"outcome": ?"live"/, said);
  const headers = {
    authorization: `Bearer ${readFileSync(join(data, 'operator.key'), 'utf8').trim()}`,
    'content-type': 'application/json',
  };
  const made = await fetch(`${url}/api/customers`, { method: 'POST', headers, body: JSON.stringify({ name: 'Ada', tier: 'gold' }) });
  assert.equal(made.status, 201, await made.text());
  assert.equal((await fetch(`${url}/console/`)).status, 200, 'the console is in the package');

  const checks = (
    JSON.parse(await inFolder(system, theseus, 'doctor', '--json')) as { checks: readonly { name: string; state: string; found: string }[] }
  ).checks;
  assert.deepEqual(
    checks.filter(({ state }) => state === 'fail'),
    [],
  );
  assert.match(checks.find(({ name }) => name === 'Node')?.found ?? '', /^26\./, 'the pinned Node runs it');

  // What the system wrote is what an editor of the new system understands.
  const component = (await (await fetch(`${url}/_theseus/components/entity/customer`, { headers })).json()) as {
    readonly text: string;
    readonly tests: string;
  };
  mkdirSync(join(system, 'entities'));
  writeFileSync(join(system, 'entities', 'customer.ts'), component.text);
  writeFileSync(join(system, 'entities', 'customer.test.ts'), component.tests);
  await inFolder(system, join(app, 'node_modules', '.bin', 'tsc'), '-p', 'tsconfig.json');

  assert.equal(await ended(started, 'SIGINT'), 0);
  assert.ok(!existsSync(join(data, 'running.json')) && !existsSync(join(data, 'postgresql', 'postmaster.pid')), 'nothing of it runs on');
});
