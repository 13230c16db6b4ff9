/** What is said to hold a host is read from the operating system, of a host that runs. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { containmentFacts, inherited } from './containment-facts.ts';
import { surroundings } from './containment.ts';
import { openMemoryGroups } from './memory-group.ts';
import { openTestHosts } from './specimens.ts';

const linux = process.platform === 'linux';
const root = process.getuid?.() === 0;

describe('a host that runs', { skip: !linux || !root }, () => {
  for (const user of ['own', 'same'] as const)
    test(`has no descriptor but its channel, whatever its parent holds open (${user} user)`, async () => {
      const folder = mkdtempSync(join(tmpdir(), 'theseus-descriptors-'));
      writeFileSync(join(folder, 'secret'), 'the secret');
      const secret = openSync(join(folder, 'secret'), 'r');
      const server = createServer();
      await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
      const child = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000)'], { stdio: 'pipe' });
      const hosts = await openTestHosts({ user });
      try {
        while (hosts.pids().length < 3) await new Promise((done) => setImmediate(done));
        for (const { pid } of hosts.pids()) assert.deepEqual(inherited(pid), []);
      } finally {
        await hosts.close();
        child.kill('SIGKILL');
        server.close();
        closeSync(secret);
        rmSync(folder, { recursive: true });
      }
    });

  test('a descriptor that was handed on is seen', async () => {
    const secret = openSync('/proc/self/status', 'r');
    const child = spawn(process.execPath, ['--eval', 'console.log(1); setInterval(() => {}, 1000)'], {
      stdio: ['pipe', 'pipe', 'pipe', secret],
    });
    await new Promise((done) => child.stdout?.once('data', done));
    const seen = inherited(child.pid ?? 0);
    child.kill('SIGKILL');
    closeSync(secret);
    assert.match(seen?.join() ?? '', /(?:^|,)3 \(\/proc\//);
  });

  test('cannot gain privileges, by each way in which it can be started', { skip: surroundings('own').setpriv === null }, async () => {
    for (const user of ['own', 'same'] as const) {
      const hosts = await openTestHosts({ user });
      while (hosts.pids().length < 3) await new Promise((done) => setImmediate(done));
      for (const { pid } of hosts.pids()) assert.match(readFileSync(`/proc/${pid}/status`, 'utf8'), /^NoNewPrivs:\t1$/m);
      const facts = new Map(hosts.status().containment.map(({ name, holds }) => [name, holds]));
      for (const name of [
        'permission model',
        'empty environment',
        'namespaces',
        'no new privileges',
        'no capabilities',
        'descriptors',
        'memory watched',
      ])
        assert.equal(facts.get(name), true, `${name} (${user})`);
      assert.equal(facts.get('own user'), user === 'own');
      await hosts.close();
    }
  });
});

test('of a process that is not held, each line says so', { skip: !linux }, () => {
  const facts = containmentFacts(process.pid, 'none', 'no groups here');
  const holds = new Map(facts.map((fact) => [fact.name, fact.holds]));
  assert.deepEqual(
    ['own user', 'namespaces', 'memory capped by the kernel'].map((name) => holds.get(name)),
    [false, false, false],
  );
  if (root) assert.equal(holds.get('no capabilities'), false);
  for (const fact of containmentFacts(2 ** 22 + 1, 'none', null).slice(4, 9)) assert.equal(fact.holds, false, fact.name);
});

describe('memory groups', () => {
  const folders = (controllers: string): string => {
    const folder = mkdtempSync(join(tmpdir(), 'theseus-groups-'));
    writeFileSync(join(folder, 'cgroup.controllers'), controllers);
    mkdirSync(join(folder, 'system'));
    return folder;
  };

  test('where there is no memory controller, or none that is delegated, that is said and nothing is left behind', () => {
    const without = folders('cpu pids');
    assert.match(openMemoryGroups(1_000, without, '0::/system\n').lacking ?? '', /no cgroup v2 with a memory controller/);
    assert.match(openMemoryGroups(1_000, folders('memory'), '1:memory:/old\n').lacking ?? '', /no cgroup v2/);
    // A plain folder makes no control files, as a group without the controller makes none for memory.
    assert.match(openMemoryGroups(1_000, folders('cpu memory'), '0::/system\n').lacking ?? '', /no groups can be made.*Delegate=yes/);
    rmSync(without, { recursive: true });
  });

  test('the parent of a unit of systemd is left alone', () => {
    const folder = folders('memory');
    mkdirSync(join(folder, 'system', 'some.service'));
    mkdirSync(join(folder, 'system', 'some.service', 'cgroup.subtree_control'));
    assert.match(openMemoryGroups(1_000, folder, '0::/system/some.service\n', made).lacking ?? '', /no groups can be made/);
    assert.deepEqual(readdirSync(join(folder, 'system')), ['some.service']);
    rmSync(folder, { recursive: true });
  });

  /** Makes a group as the kernel does: with its control files. */
  const made = (group: string): void => {
    mkdirSync(group);
    for (const name of ['memory.max', 'memory.swap.max', 'cgroup.procs', 'cgroup.subtree_control', 'memory.events'])
      writeFileSync(join(group, name), '');
  };
  for (const [where, subgroup] of [
    ['our own group', 'system'],
    ['its parent, where ours holds processes', 'system/main'],
  ] as const)
    test(`a host is put under a cap below ${where}, and what the kernel killed is told`, () => {
      const folder = folders('cpu memory');
      writeFileSync(join(folder, 'system', 'cgroup.subtree_control'), 'cpu memory');
      if (subgroup !== 'system') {
        mkdirSync(join(folder, subgroup));
        // Where processes are, nothing can be handed on.
        mkdirSync(join(folder, subgroup, 'cgroup.subtree_control'));
      }
      const groups = openMemoryGroups(100_000, folder, `0::/${subgroup}\n`, made);
      assert.equal(groups.lacking, null);
      const group = groups.put(4_711);
      const own = join(folder, 'system', `theseus-hosts-${process.pid}`, 'host-1');
      assert.deepEqual(
        ['memory.max', 'memory.swap.max', 'cgroup.procs'].map((name) => readFileSync(join(own, name), 'utf8')),
        ['125000', '0', '4711'],
      );
      assert.equal(group?.overran(), false);
      writeFileSync(join(own, 'memory.events'), 'low 0\nhigh 0\noom 1\noom_kill 1\n');
      assert.equal(group?.overran(), true);
      rmSync(folder, { recursive: true });
    });
});
