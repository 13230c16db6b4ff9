/** The guide for agents and people, run as it stands on a system of its own: its files written, its commands run, each ending as the page says. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { startThrowAwaySystem, systemFiles, type ThrowAwaySystem } from '../../scripts/throw-away-system.ts';

const guide = readFileSync(join(import.meta.dirname, '../../docs/guides/agents.md'), 'utf8');
const command = resolve(import.meta.dirname, '../../theseus');
let system: ThrowAwaySystem;
let folder: string;
let environment: NodeJS.ProcessEnv;
before(async () => {
  const shop = systemFiles('systems/shop');
  system = await startThrowAwaySystem({
    files: { ...shop, 'theseus.json': (shop['theseus.json'] ?? '').replace('"medium": "act"', '"medium": "propose"') },
    history: true,
    log: (line) => void (process.env['THESEUS_LOG'] && process.stderr.write(`${line}\n`)),
  });
  folder = mkdtempSync(join(tmpdir(), 'theseus-guide-'));
  const wrapper = join(folder, 'bin', 'theseus');
  mkdirSync(dirname(wrapper));
  writeFileSync(wrapper, `#!/bin/sh\nexec '${command}' "$@"\n`);
  chmodSync(wrapper, 0o755);
  environment = {
    ...process.env,
    PATH: `${dirname(wrapper)}:${process.env['PATH'] ?? ''}`,
    THESEUS_DATA: system.data,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_AUTHOR_NAME: 'Ada',
    GIT_AUTHOR_EMAIL: 'ada@example.com',
    GIT_COMMITTER_NAME: 'Ada',
    GIT_COMMITTER_EMAIL: 'ada@example.com',
  };
  delete environment['INIT_CWD'];
});
after(async () => {
  await system.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Beside this process, which the system's supervisor lives in. */
const run = (line: string): Promise<{ readonly status: number; readonly said: string }> =>
  new Promise((ended) => {
    execFile('sh', ['-c', line], { cwd: folder, env: environment, timeout: 60_000 }, (error, stdout, stderr) =>
      ended({ status: error === null ? 0 : typeof error.code === 'number' ? error.code : 1, said: stdout + stderr }),
    );
  });
const serving = async (): Promise<unknown> => (await system.call('GET', '/_theseus/health')).json['generation'];
const members = async (plural: string): Promise<string> => JSON.stringify((await system.call('GET', `/api/${plural}?limit=1`)).json);

test('the commands of the guide end as it says: two changes by hand go live with an approval, failing ones change nothing', async () => {
  const said: string[] = [];
  const generations = new Set([await serving()]);
  for (const [, kind = '', path = '', text = ''] of guide.matchAll(/^```(sh|ts)(?: (\S+))?\n([\s\S]*?)^```$/gm)) {
    if (kind === 'ts') {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
      continue;
    }
    for (const line of text.trim().split('\n')) {
      const before = await serving();
      const result = await run(line);
      assert.equal(result.status === 0, !line.endsWith('# fails'), `${line}\n${result.said}`);
      if (line.endsWith('# fails')) assert.equal(await serving(), before, line);
      generations.add(await serving());
      said.push(result.said);
    }
  }
  const all = said.join('\n');
  assert.equal(generations.size, 3, 'two changes went live');
  assert.match(all, /Adds entity supplier: A supplier brings what the shop sells\./);
  assert.match(all, /the total of an order is the sum of quantity times unit price of its lines/);
  assert.match(all, /refs\/heads\/main cannot be pushed/);
  assert.match(await members('suppliers'), /items/);
  assert.ok(JSON.stringify((await system.call('GET', '/openapi.json')).json).includes('"city"'));
});

test('a push that fails the gates, holds a link or stands on nothing is refused with why, and leaves nothing', async () => {
  await run('rm -rf clone2; git clone --quiet $THESEUS_DATA/history.git clone2');
  const before = await serving();
  const refused = async (why: RegExp, ...lines: readonly string[]): Promise<void> => {
    const made = await run(`cd clone2 && git checkout --quiet --detach origin/main && ${lines.join(' && ')}`);
    assert.equal(made.status, 0, made.said);
    const { status, said } = await run('cd clone2 && git push --quiet origin HEAD:refs/proposals/wrong');
    assert.notEqual(status, 0, said);
    assert.match(said, why);
  };
  await refused(/the total of an order/, 'git rm --quiet entities/order.test.ts', 'git commit --quiet -m "No tests"');
  await refused(/no plain file/, 'ln -s /etc/passwd entities/passwd.ts', 'git add --all', 'git commit --quiet -m Link');
  await refused(/no place for a component/, 'echo x > notes.md', 'git add --all', 'git commit --quiet -m Notes');
  await refused(/theseus\.json cannot be handed in/, 'echo "{}" > theseus.json', 'git commit --quiet --all -m Policy');
  await refused(
    /do not stand on main/,
    'git checkout --quiet --orphan other',
    'git commit --quiet -m Orphan',
    'git checkout --quiet --detach',
  );
  assert.equal(await serving(), before);
  assert.doesNotMatch((await run('git -C $THESEUS_DATA/history.git for-each-ref refs/proposals')).said, /wrong/);
});

test('an agent that starts theseus mcp brings a change live, with a person who approves it', async (t) => {
  const client = new Client({ name: 'agent', version: '1' }, { versionNegotiation: { mode: 'auto' } });
  t.after(() => client.close());
  const env = Object.fromEntries(Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
  await client.connect(new StdioClientTransport({ command, args: ['mcp', '--data', system.data, '--tools', 'change'], env, cwd: folder }));
  const call = async (name: string, given: { readonly [name: string]: unknown } = {}): Promise<{ readonly [name: string]: unknown }> =>
    ((await client.callTool({ name, arguments: given })).structuredContent ?? {}) as { readonly [name: string]: unknown };
  const read = await call('read', { paths: ['entities/supplier.ts'] });
  const text = (read['files'] as { readonly [path: string]: string })['entities/supplier.ts'] ?? '';
  const proposed = await call('propose', {
    request: 'Suppliers have a phone',
    base: read['generation'],
    files: { 'entities/supplier.ts': text.replace('rating: integer', 'phone: text({}),\n    rating: integer') },
  });
  assert.equal(proposed['outcome'], 'waiting-for-approval', JSON.stringify(proposed));
  assert.equal((await run(`theseus approve ${String(proposed['id'])}`)).status, 0);
  assert.equal((await call('status', { id: proposed['id'] }))['outcome'], 'live');
});
