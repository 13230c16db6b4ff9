/**
 * What a host could do that runs hostile code outside its isolates: nothing. The code below stands behind the host's own
 * program, in the same process, and tries; what it would have done is looked for from outside. By each way to start a host.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { type Containment, containments, openUids, surroundings } from './containment.ts';
import { openFilesForHosts } from './files-for-hosts.ts';
import { spawnContained } from './spawn-contained.ts';

const terms = { cpuMs: 500, most: 4, currencyDigits: 2 };
interface Told {
  readonly [attempt: string]: string;
}

/** Tries everything, says what it got. `target`: a folder, a port, a process. */
const hostileProgram = (target: object): string => `
  const target = ${JSON.stringify(target)};
  const told = {};
  const use = (name) => process.getBuiltinModule(name);
  const attempt = (name, go) => { try { told[name] = 'done ' + String(go()).slice(0, 60); } catch (error) { told[name] = error.code ?? error.name; } };
  const later = (name, go) => new Promise((done) => { const end = (what) => { told[name] ??= what; done(); }; try { go(end); } catch (error) { end(error.code ?? error.name); } setTimeout(() => end('silence'), 3000); });
  process.on('uncaughtException', (error) => { told.listen ??= error.code; });
  attempt('environment', () => Object.keys(process.env).length);
  attempt('read', () => use('fs').readFileSync(target.secret, 'utf8'));
  attempt('read passwd', () => use('fs').readFileSync('/etc/passwd').length);
  attempt('read environ', () => use('fs').readFileSync('/proc/' + process.ppid + '/environ').length);
  attempt('list', () => use('fs').readdirSync('/').length);
  attempt('write', () => use('fs').writeFileSync(target.folder + '/written', 'x'));
  attempt('write tmp', () => use('fs').writeFileSync('/tmp/' + target.mark, 'x'));
  attempt('spawn', () => use('child_process').execFileSync('/usr/bin/touch', [target.folder + '/spawned']));
  attempt('fork', () => use('child_process').fork('/dev/null').pid);
  attempt('worker', () => new (use('worker_threads').Worker)('1', { eval: true }).threadId);
  attempt('inspector', () => use('inspector').open(0));
  attempt('wasi', () => new (use('wasi').WASI)({ version: 'preview1' }));
  attempt('addon again', () => process.dlopen({ exports: {} }, target.addon));
  attempt('library', () => process.dlopen({ exports: {} }, target.library));
  attempt('kill victim', () => process.kill(target.victim, 'SIGKILL'));
  attempt('kill parent', () => process.kill(target.parent, 0));
  attempt('become root', () => process.setuid(0));
  const net = use('net');
  Promise.all([
    later('connect', (end) => net.connect(target.port, '127.0.0.1').on('connect', () => end('done')).on('error', (error) => end(error.code))),
    later('unix socket', (end) => net.connect(target.folder + '/socket').on('connect', () => end('done')).on('error', (error) => end(error.code))),
    later('listen', (end) => net.createServer().on('error', (error) => end(error.code)).listen(0, '127.0.0.1', () => end('done'))),
    later('datagram', (end) => use('dgram').createSocket('udp4').on('error', (error) => end(error.code)).send('x', target.port, '127.0.0.1', (error) => end(error ? error.code : 'done'))),
    later('fetch', (end) => fetch('http://127.0.0.1:' + target.port).then(() => end('done'), (error) => end(error.cause?.code ?? error.code ?? 'failed'))),
    later('name', (end) => use('dns').lookup('example.org', (error) => end(error ? error.code : 'done'))),
  ]).then(() => process.stdout.write('{"kind":"told"}\\t' + JSON.stringify(told) + '\\n'));
`;

async function told(
  containment: Containment,
): Promise<{ readonly told: Told; readonly victimLives: boolean; readonly connections: number; readonly written: readonly string[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'theseus-authority-'));
  const mark = `theseus-written-${process.pid}`;
  writeFileSync(join(folder, 'secret'), 'the secret');
  const victim = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  let connections = 0;
  const servers = [createServer(() => (connections += 1)), createServer(() => (connections += 1))] as const;
  await new Promise<void>((done) => servers[0].listen(0, '127.0.0.1', done));
  await new Promise<void>((done) => servers[1].listen(join(folder, 'socket'), done));
  const { port } = servers[0].address() as { readonly port: number };
  const files = openFilesForHosts(join(folder, 'reachable'));
  const child = spawnContained(
    files,
    containment,
    terms,
    hostileProgram({
      folder,
      mark,
      port,
      victim: victim.pid,
      parent: process.pid,
      secret: join(folder, 'secret'),
      addon: files.addonPath,
      library: '/lib/x86_64-linux-gnu/libz.so.1',
    }),
  );
  let [out, said] = ['', ''];
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text));
  const answer = await new Promise<Told>((done, fail) => {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      out += text;
      const line = out.split('\n').find((one) => one.startsWith('{"kind":"told"}\t'));
      if (line !== undefined && out.endsWith('\n')) done(JSON.parse(line.slice(line.indexOf('\t') + 1)) as Told);
    });
    child.once('exit', (code) => fail(new Error(`ended by ${String(code)}: ${said}`)));
  });
  const result = {
    told: answer,
    victimLives: victim.exitCode === null && victim.signalCode === null,
    connections,
    written: [join(folder, 'written'), join(folder, 'spawned'), `/tmp/${mark}`].filter((path) => existsSync(path)),
  };
  child.removeAllListeners('exit');
  child.kill('SIGKILL');
  victim.kill('SIGKILL');
  for (const server of servers) server.close();
  rmSync(folder, { recursive: true, force: true });
  return result;
}

const ways = containments(surroundings('own'), openUids().take());
describe('without authority', { concurrency: 4 }, () => {
  for (const containment of ways) {
    const name = `${containment.isolation}, by ${
      containment.before
        .filter((part) => part.startsWith('/'))
        .map((part) => part.split('/').at(-1))
        .join(' and ') || 'Node alone'
    }`;
    test(`a host can do nothing outside itself (${name})`, async (context) => {
      let result: Awaited<ReturnType<typeof told>>;
      try {
        result = await told(containment);
      } catch (cause) {
        return context.skip(`not to be had here: ${cause instanceof Error ? cause.message.slice(0, 200) : ''}`);
      }
      const { environment, 'kill victim': killVictim, 'kill parent': killParent, 'become root': becomeRoot, ...rest } = result.told;
      assert.equal(environment, 'done 0');
      for (const [attempt, outcome] of Object.entries(rest)) assert.match(outcome, /^ERR_ACCESS_DENIED$/, `${attempt}: ${outcome}`);
      assert.deepEqual([result.connections, result.written], [0, []]);
      if (containment.isolation === 'none')
        return assert.equal(
          result.victimLives,
          false,
          'without a user or namespaces of its own a host can kill: this is why status says none',
        );
      assert.match(String(killVictim), /^(EPERM|ESRCH)$/);
      assert.match(String(killParent), /^(EPERM|ESRCH)$/);
      if (containment.isolation.startsWith('own user')) assert.equal(becomeRoot, 'EPERM');
      assert.equal(result.victimLives, true);
    });
  }
});

test(
  'a host has no capabilities, no groups, no way to new privileges, and a user of its own',
  { skip: process.getuid?.() !== 0 || surroundings('own').setpriv === null },
  async () => {
    const { openTestHosts } = await import('./specimens.ts');
    const hosts = await openTestHosts({ size: 2 });
    while (hosts.pids().length < 3) await new Promise((done) => setTimeout(done, 10));
    const states = hosts.pids().map(({ pid }) => readFileSync(`/proc/${pid}/status`, 'utf8'));
    for (const state of states) {
      for (const line of [
        /^CapEff:\t0+$/m,
        /^CapPrm:\t0+$/m,
        /^CapBnd:\t0+$/m,
        /^CapInh:\t0+$/m,
        /^CapAmb:\t0+$/m,
        /^NoNewPrivs:\t1$/m,
        /^Groups:\s*$/m,
      ])
        assert.match(state, line);
    }
    const users = states.map((state) => /^Uid:\t(\d+)/m.exec(state)?.[1]);
    assert.equal(new Set(users).size, 3);
    assert.ok(users.every((user) => Number(user) >= 61_184));
    await hosts.close();
  },
);
