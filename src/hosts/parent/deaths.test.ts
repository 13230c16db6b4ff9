/** Hosts that are killed from outside while they work. Nothing that was asked is lost, and nothing is told twice. */
import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import type { Json } from '#kernel';
import { HostDied } from './host-died.ts';
import type { Hosts } from './open-hosts.ts';
import { callAsTheMachineDoes, callOf, loadAll, openTestHosts } from './specimens.ts';

/** Closed after the test that opened them, however it ends. */
async function openOwnHosts(context: TestContext, options: Parameters<typeof openTestHosts>[0] = {}): Promise<Hosts> {
  const hosts = await openTestHosts(options);
  context.after(() => hosts.close());
  return hosts;
}

test('hosts killed under load, those in reserve as well: every innocent call runs again and is answered', async (context) => {
  let deaths = 0;
  const hosts = await openOwnHosts(context, {
    size: 2,
    log: (entry) => {
      if (entry['event'] === 'gone') deaths += 1;
    },
  });
  await loadAll(hosts, {
    work: `const first = await data.order.get(input.n); await data.order.update('x', first); const last = await data.order.create(first); return { n: last.n, twice: input.n * 2 };`,
  });
  const perform = (_capability: string, input: Json): Promise<Json> =>
    new Promise((done) => setImmediate(() => done(typeof input === 'number' ? { n: input } : input)));
  const until = performance.now() + 1_500;
  const [answers, killed] = [new Map<string, number>(), new Set<number>()];
  const killer = setInterval(() => {
    const up = hosts.pids();
    const victim = up[Math.floor(Math.random() * up.length)];
    if (victim === undefined || killed.has(victim.pid)) return;
    killed.add(victim.pid);
    process.kill(victim.pid, 'SIGKILL');
  }, 100);
  let asked = 0;
  await Promise.all(
    Array.from({ length: 16 }, async () => {
      while (performance.now() < until) {
        const n = (asked += 1);
        const ended = await callAsTheMachineDoes(
          hosts,
          callOf('work', { n }, { perform: (capability, input) => perform(capability, capability === 'order.update' ? { n } : input) }),
        );
        const text = JSON.stringify('value' in ended ? ended.value : ended);
        const kind = text === JSON.stringify({ n, twice: n * 2 }) ? 'right' : text;
        answers.set(kind, (answers.get(kind) ?? 0) + 1);
      }
    }),
  );
  clearInterval(killer);
  await hosts.close();
  assert.ok(killed.size >= 3 && deaths >= 3, `${killed.size} killed, ${deaths} noticed`);
  assert.deepEqual([...answers], [['right', asked]]);
});

describe('deaths', { concurrency: 3 }, () => {
  test('the processor time of hosts grows with what they compute, and what a host used stays counted when it has ended', async (context) => {
    const hosts = await openOwnHosts(context, { size: 1 });
    await loadAll(hosts, { busy: `let n = 0; for (let at = 0; at < 20_000_000; at += 1) n = (n * 31 + at) % 1_000_003; return { n };` });
    const before = hosts.processorMs();
    await callAsTheMachineDoes(hosts, callOf('busy', {}));
    const used = hosts.processorMs();
    assert.ok(used - before >= 20, `${used - before} ms of work were counted`);
    for (const { pid } of hosts.pids()) process.kill(pid, 'SIGKILL');
    assert.ok('value' in (await callAsTheMachineDoes(hosts, callOf('busy', {}))));
    const after = hosts.processorMs();
    assert.ok(after - used >= 20, `${after} ms after hosts ended, ${used} before`);
  });
  test('a call whose host dies hears it only when nothing of it is under way any more', async (context) => {
    const hosts = await openOwnHosts(context);
    await loadAll(hosts, { asking: `await data.order.get('x');` });
    let underWay = false;
    const call = hosts.call(
      callOf(
        'asking',
        {},
        {
          perform: async () => {
            underWay = true;
            for (const { pid } of hosts.pids()) process.kill(pid, 'SIGKILL');
            await new Promise((done) => setTimeout(done, 150));
            underWay = false;
            return null;
          },
        },
      ),
    );
    await assert.rejects(call, { code: 'host-died' });
    assert.equal(underWay, false);
  });

  test('a call that shares an isolate with one that is stopped runs again, and is answered', async (context) => {
    const hosts = await openOwnHosts(context, { cpuMs: 150 });
    await loadAll(hosts, { both: `if (input.loop) for (;;); return (await data.order.get(1));` });
    let asked = 0;
    const waiting = callAsTheMachineDoes(
      hosts,
      callOf(
        'both',
        { loop: false },
        {
          perform: () =>
            new Promise((done) => {
              asked += 1;
              setTimeout(() => done('answered'), asked === 1 ? 600 : 1);
            }),
        },
      ),
    );
    const looping = callAsTheMachineDoes(hosts, callOf('both', { loop: true }));
    assert.match(JSON.stringify(await looping), /component-failed.*without a pause/);
    assert.deepEqual(await waiting, { value: 'answered' });
    assert.equal(asked, 2);
  });

  test('a host that is up already takes the place of one that dies, and another spare is started', async (context) => {
    const hosts = await openOwnHosts(context);
    await loadAll(hosts, { quick: 'return 1;' });
    const up = (role: string): readonly number[] => hosts.pids().flatMap((host) => (host.role === role ? [host.pid] : []));
    while (up('spare').length === 0) await new Promise((done) => setImmediate(done));
    const [first, spare] = [up('shared')[0] ?? 0, up('spare')[0] ?? 0];
    process.kill(first, 'SIGKILL');
    while (up('shared').includes(first)) await new Promise((done) => setImmediate(done));
    assert.deepEqual(up('shared'), [spare]);
    assert.deepEqual(await hosts.call(callOf('quick')), 1);
    while (up('spare').length === 0) await new Promise((done) => setImmediate(done));
    assert.notEqual(up('spare')[0], spare);
  });

  test('a component with a strike never holds all hosts for calls that run alone', async (context) => {
    const hosts = await openOwnHosts(context, { reserve: 2 });
    await loadAll(hosts, { slow: 'return await data.order.get(1);', quick: 'return 1;' });
    const held: ((value: null) => void)[] = [];
    const slow = Array.from({ length: 3 }, () =>
      hosts.call(callOf('slow', {}, { alone: true, suspect: true, perform: () => new Promise<null>((done) => void held.push(done)) })),
    );
    while (held.length === 0) await new Promise((done) => setImmediate(done));
    assert.equal(await hosts.call(callOf('quick', {}, { alone: true })), 1);
    assert.equal(held.length, 1);
    for (let ended = 0; ended < slow.length; ended += 1) {
      while (held.length <= ended) await new Promise((done) => setImmediate(done));
      held[ended]?.(null);
    }
    assert.deepEqual(await Promise.all(slow), [null, null, null]);
  });

  test('a host that is kept from work is replaced, and proves nothing against what ran in it', async (context) => {
    const hosts = await openOwnHosts(context);
    await loadAll(hosts, { quick: 'return await data.order.get(1);' });
    const call = hosts.call(
      callOf(
        'quick',
        {},
        {
          alone: true,
          deadline: Date.now() + 20_000,
          caps: { wallMs: 20_000, capabilityCalls: 100, rows: 100, bytes: 100_000 },
          perform: async () => {
            for (const { pid, role } of hosts.pids()) if (role === 'reserve') process.kill(pid, 'SIGSTOP');
            return null;
          },
        },
      ),
    );
    await assert.rejects(call, (cause: unknown) => cause instanceof HostDied && !cause.explained && /did not answer/.test(cause.message));
  });

  test('a host that is alive but no longer answers is noticed by its heartbeat and replaced', async (context) => {
    const said: string[] = [];
    const hosts = await openOwnHosts(context, { log: (entry) => said.push(JSON.stringify(entry)) });
    await loadAll(hosts, { quick: 'return await data.order.get(1);' });
    const stopped = hosts.pids().filter(({ role }) => role === 'shared');
    for (const { pid } of stopped) process.kill(pid, 'SIGSTOP');
    assert.deepEqual(await callAsTheMachineDoes(hosts, callOf('quick', {}, { perform: async () => 1 })), { value: 1 });
    assert.match(said.join(), /it did not answer/);
  });

  test('where no host comes up in time a call is refused as busy, and is told to try again', async (context) => {
    const hosts = await openOwnHosts(context);
    await loadAll(hosts, { quick: 'return 1;' });
    for (const { pid } of hosts.pids()) process.kill(pid, 'SIGKILL');
    const tried = await callAsTheMachineDoes(hosts, callOf('quick'));
    assert.deepEqual(tried, { value: 1 });
    await hosts.close();
    assert.deepEqual((await hosts.call(callOf('quick', {}, { deadline: Date.now() + 20 }))) as object, {
      refused: true,
      code: 'busy',
      why: 'No host was free for operation/quick in time; try again.',
    });
  });

  for (const user of ['own', 'same'] as const) {
    test(`a host ends when its parent does, also while a component computes (${user} user)`, async () => {
      const { spawn } = await import('node:child_process');
      const driver = `
    import { openTestHosts, loadAll, callOf } from ${JSON.stringify(new URL('./specimens.ts', import.meta.url).href)};
    const hosts = await openTestHosts({ cpuMs: 60000, user: '${user}' });
    await loadAll(hosts, { loop: 'for (;;);' });
    void hosts.call(callOf('loop')).catch(() => {});
    setTimeout(() => console.log(JSON.stringify(hosts.pids().map(({ pid }) => pid))), 300);
    setInterval(() => {}, 1000);`;
      const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', driver], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const pids = JSON.parse(
        await new Promise<string>((done) => child.stdout.setEncoding('utf8').once('data', done)),
      ) as readonly number[];
      assert.ok(pids.length > 0);
      child.kill('SIGKILL');
      const alive = (pid: number): boolean => {
        try {
          process.kill(pid, 0);
          return true;
        } catch {
          return false;
        }
      };
      const patience = performance.now() + 5_000;
      while (pids.some(alive) && performance.now() < patience) await new Promise((done) => setTimeout(done, 20));
      assert.deepEqual(pids.filter(alive), []);
    });
  }
});
