/**
 * Where hosts must work: from a folder that only its owner may enter, with files that only their owner may read, and as an
 * ordinary user. Each is a copy of what is needed, started as a process of its own.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('../../../', import.meta.url));
const root = process.getuid?.() === 0;
const setpriv = '/usr/bin/setpriv';
const driver = `
import { openHosts } from './src/hosts/parent/index.ts';
import { callOf, loadAll } from './src/hosts/parent/specimens.ts';
const hosts = await openHosts({ size: 1, reserve: 1, memoryMb: 300, user: 'own', isolation: process.argv[2], reachable: process.argv[3], log: (entry) => console.error(JSON.stringify(entry)) });
await loadAll(hosts, { sum: 'return { sum: input.a + (await data.order.get(2)).asked };' });
const answer = await hosts.call(callOf('sum', { a: 40 }));
const { isolation, notes } = hosts.status();
console.log(JSON.stringify({ answer, isolation, notes, user: process.getuid() }));
await hosts.close();
process.exit();
`;
interface Found {
  readonly answer: unknown;
  readonly isolation: string;
  readonly notes: readonly string[];
  readonly user: number;
}

let folder: string;
let closed: string;
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'theseus-places-'));
  chmodSync(folder, 0o755);
  closed = join(folder, 'closed');
  mkdirSync(closed);
  for (const part of ['src/hosts', 'src/kernel', 'package.json']) cpSync(join(repository, part), join(closed, part), { recursive: true });
  const addon = dirname(createRequire(import.meta.url).resolve('isolated-vm/package.json'));
  for (const [from, name] of [
    [addon, 'isolated-vm'],
    [dirname(createRequire(join(addon, 'package.json')).resolve('node-gyp-build/package.json')), 'node-gyp-build'],
  ] as const) {
    cpSync(from, join(closed, 'node_modules', name), {
      recursive: true,
      filter: (path) => !/isolated-vm\/(src|build|include)|prebuilds\/(darwin|win32)/.test(path),
    });
  }
  cpSync(process.execPath, join(closed, 'node'));
  writeFileSync(join(closed, 'driver.ts'), driver);
});
after(() => rmSync(folder, { recursive: true, force: true }));

function run(isolation: string, weakened: readonly string[] = []): Found {
  const reachable = join(folder, 'reachable');
  const command = [join(closed, 'node'), '--disable-warning=ExperimentalWarning', 'driver.ts', isolation, reachable];
  const [file = '', ...rest] = weakened.length === 0 ? command : [setpriv, ...weakened, ...command];
  const ended = spawnSync(file, rest, { cwd: closed, encoding: 'utf8', timeout: 20_000, env: {} });
  assert.equal(ended.status, 0, ended.stderr);
  return JSON.parse(ended.stdout) as Found;
}

test(
  'as an ordinary user hosts run in namespaces where the machine grants them, and say so',
  { skip: !root || !existsSync(setpriv) },
  () => {
    const user = 21_001;
    const as = [`--reuid=${user}`, `--regid=${user}`, '--clear-groups'];
    const found = run('preferred', as);
    assert.deepEqual([found.answer, found.user], [{ sum: 42 }, user]);
    const granted =
      spawnSync(setpriv, [`--reuid=${user}`, `--regid=${user}`, '--clear-groups', '/usr/bin/unshare', '-U', '-n', '-p', '-f', '-m', 'true'])
        .status === 0;
    assert.equal(found.isolation, granted ? 'namespaces' : 'none');
    assert.match(found.notes.join(' '), granted ? /namespaces of their own/ : /Neither a user of its own nor namespaces/);
    if (granted) assert.deepEqual(run('required', as).answer, { sum: 42 });
  },
);

test(
  'root that may change neither users nor namespaces still runs hosts where isolation is preferred',
  { skip: !root || !existsSync(setpriv) },
  () => {
    const weak = '-setuid,-setgid,-sys_admin,-setpcap';
    const found = run('preferred', [`--inh-caps=${weak}`, `--bounding-set=${weak}`]);
    assert.deepEqual([found.answer, found.user], [{ sum: 42 }, 0]);
    assert.match(found.isolation, /^(namespaces|none)$/);
  },
);

test('hosts run from a folder that their user may not enter, without a copy', () => {
  chmodSync(closed, 0o700);
  const found = run('preferred');
  assert.deepEqual(found.answer, { sum: 42 });
  assert.equal(existsSync(join(folder, 'reachable')), false);
});

test('hosts run where the files themselves are closed to others, from one copy', { skip: !root }, () => {
  const close = (path: string): void => {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      if (entry.isDirectory()) close(join(path, entry.name));
      chmodSync(join(path, entry.name), 0o700);
    }
  };
  close(closed);
  const found = run('required');
  assert.deepEqual(found.answer, { sum: 42 });
  assert.match(found.notes.join(' '), /closed to other users; hosts run from a copy/);
  const copies = readdirSync(join(folder, 'reachable'));
  assert.equal(copies.length, 2);
  run('required');
  assert.deepEqual(readdirSync(join(folder, 'reachable')), copies);
  assert.ok(readFileSync(join(folder, 'reachable', copies[0] ?? '')).length > 0);
});
