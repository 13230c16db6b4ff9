/**
 * Components that will not stop or that eat memory. Some pass every limit of an isolate (they are known: isolated-vm issues
 * 107, 186, 202, 527), so the end of the process is what holds. A neighbour in the same host is answered all the same.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { isRefusal } from '#kernel';
import type { Hosts } from './open-hosts.ts';
import { callAsTheMachineDoes, callOf, loadAll, openTestHosts } from './specimens.ts';

const bombs: { readonly [name: string]: string } = {
  'an endless loop': 'for (;;);',
  'an endless chain of promises': 'for (;;) await null;',
  'a loop after the answer': 'Promise.resolve().then(() => { for (;;); }); return 1;',
  'a loop long after the answer': '(async () => { for (let i = 0; i < 100; i++) await null; for (;;); })(); return 1;',
  'a bomb long after the answer':
    '(async () => { for (let i = 0; i < 100; i++) await null; let x = 3n; for (;;) x = x * x; })(); return 1;',
  'a regular expression that explodes': '/^(a+)+$/.test("a".repeat(40) + "b");',
  'an array that grows by filled arrays': 'const all = []; for (;;) all.push(new Array(1000).fill(1.5));',
  'filled arrays that nobody keeps': 'for (;;) new Array(1000).fill(1.5);',
  'a BigInt that is squared': 'let x = 3n; for (;;) x = x * x;',
  'a Map that grows': 'const map = new Map(); for (let i = 0; ; i++) map.set(i, {});',
  'a text that doubles': 'let text = "x"; for (;;) text += text;',
  'long texts': 'const all = []; for (let i = 0; ; i++) all.push(encodeURIComponent(String(i).repeat(100_000)));',
  'a getter that loops while its error is told': 'throw { get message() { for (;;); } };',
};

let hosts: Hosts;
before(async () => {
  hosts = await openTestHosts({ memoryMb: 300, cpuMs: 150 });
  await loadAll(hosts, { ...bombs, neighbour: 'return (await data.order.get(input.id)).id;' });
});
after(() => hosts.close());

for (const name of Object.keys(bombs)) {
  test(`${name} ends its own call alone, and every call beside it is answered`, async () => {
    const bomb = callAsTheMachineDoes(hosts, callOf(name));
    const beside = Array.from({ length: 6 }, (_, id) =>
      callAsTheMachineDoes(hosts, callOf('neighbour', { id }, { perform: async (_capability, input) => ({ id: input }) })),
    );
    const ended = await bomb;
    assert.ok('diedAlone' in ended || (isRefusal(ended.value) && ended.value.code === 'component-failed'), JSON.stringify(ended));
    assert.deepEqual(
      await Promise.all(beside),
      [0, 1, 2, 3, 4, 5].map((value) => ({ value })),
    );
  });
}

/** Each passes the limit of an isolate where that is high enough; the look from outside is what ends it. */
const eaters: { readonly [name: string]: string } = {
  'long texts': 'const all = []; for (let i = 0; ; i++) all.push(encodeURIComponent(String(i).repeat(100_000)));',
  'filled arrays': 'const all = []; for (;;) all.push(new Array(1000).fill(1.5));',
  'a Map': 'const map = new Map(); for (let i = 0; ; i++) map.set(i, { i });',
  'a Set of texts': 'const set = new Set(); for (let i = 0; ; i++) set.add(String(i).repeat(20));',
  promises: 'const all = []; for (;;) all.push(new Promise(() => {}));',
  BigInts: 'const all = []; for (let i = 1n; ; i++) all.push(i << 100_000n);',
  'objects out of JSON':
    'const all = []; const text = JSON.stringify(Array.from({ length: 1000 }, (_, a) => ({ a }))); for (;;) all.push(JSON.parse(text));',
  functions: 'const all = []; for (;;) { const kept = new Array(100).fill(all.length); all.push(() => kept); }',
  'asks that nobody awaits':
    'const all = []; for (;;) { const text = "x".repeat(10_000) + all.length; all.push([...text]); void data.order.get(1).catch(() => {}); }',
};
for (const [user, names] of [
  ['own', Object.keys(eaters)],
  ['same', ['long texts']],
] as const)
  for (const name of names)
    test(`memory that grows by ${name} is seen from outside, and the host is killed (${user} user)`, async () => {
      const said: string[] = [];
      const small = await openTestHosts({
        user,
        reserve: 1,
        memoryMb: 120,
        cpuMs: 60_000,
        isolateMb: 4_000,
        log: (entry) => said.push(JSON.stringify(entry)),
      });
      await loadAll(small, { eater: eaters[name] ?? '' });
      await assert.rejects(small.call(callOf('eater', {}, { deadline: Date.now() + 30_000 })), { code: 'host-died', explained: true });
      assert.match(said.join(), /it used \d+ MB of memory/);
      await small.close();
    });

test('more components than a host keeps isolates for are all answered, the first again as well', async () => {
  const many = Array.from({ length: 70 }, (_, number) => [`c${number}`, `return (await data.order.get(${number})).n;`] as const);
  const hosts = await openTestHosts();
  await loadAll(hosts, Object.fromEntries(many));
  const ask = (digest: string): Promise<unknown> =>
    hosts.call(callOf(digest, {}, { perform: async (_capability, input) => ({ n: input }) }));
  assert.deepEqual(
    await Promise.all(many.map(([digest]) => ask(digest))),
    many.map((_, number) => number),
  );
  for (const [digest] of [...many.slice(0, 3), ...many.slice(-3)]) assert.equal(`c${String(await ask(digest))}`, digest);
  await hosts.close();
});
