/** What stands around the code of a component: looked at from inside, by all the ways that code has. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { refuse } from '#kernel';
import { callOf, codeOf, openTestHosts } from './specimens.ts';
import type { Hosts } from './open-hosts.ts';

let hosts: Hosts;
before(async () => {
  hosts = await openTestHosts();
});
after(() => hosts.close());

/** Things that are made by code and are its own; what they descend from is not. */
const made = [
  'function () {}',
  'async () => {}',
  'function* () {}',
  // A generator descends first from an object of its own function.
  'Object.getPrototypeOf((function* () {})())',
  'async function* () {}',
  'Object.getPrototypeOf((async function* () {})())',
  'class { static x = 1 }',
  '[].values()',
  '[].values().map((x) => x)',
  'new Map().entries()',
  'new Set().entries()',
  `''[Symbol.iterator]()`,
  `'a'.matchAll(/a/g)`,
  '/a/',
  '1n',
  '1',
  `'a'`,
  'true',
  `Symbol('a')`,
  'data',
  'data.thing',
  'caught(() => null.x)',
  'caught(() => nothing)',
  'caught(() => "a".repeat(-1))',
  'caught(() => decodeURIComponent("%"))',
  'caught(() => new RegExp("("))',
  'caught(() => { using one = { [Symbol.dispose]() { throw 1; } }; throw 2; })',
  'await Promise.any([]).catch((error) => error)',
  'await data.thing.get(1).catch((error) => error)',
  'await data.thing.get(2)',
  'tagged`a`',
];
const walk = `
const caught = (go) => { try { go(); } catch (error) { return error; } };
const tagged = (texts) => texts;
const open = [];
const seen = new Set();
const waiting = [];
const put = (path, value) => {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value)) return;
  seen.add(value);
  waiting.push([path, value]);
};
for (const [path, value] of [KEPT]) put(path, value);
for (const [path, value] of [MADE]) put('from ' + path, Object.getPrototypeOf(value));
for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
  const [path, value] = next;
  if (!Object.isFrozen(value)) open.push(path);
  put(path + '.[proto]', Object.getPrototypeOf(value));
  for (const name of [...Object.getOwnPropertyNames(value), ...Object.getOwnPropertySymbols(value)]) {
    const member = Object.getOwnPropertyDescriptor(value, name);
    const at = path + '.' + String(name);
    put(at, member.value);
    put(at + '.[get]', member.get);
    put(at + '.[set]', member.set);
    // What a getter answers may be reached by no member.
    if (member.get !== undefined) put(at + '()', (() => { try { return member.get.call(value); } catch { return undefined; } })());
  }
}
return { open, walked: seen.size };`;
const kept = [
  'Math JSON Number String Boolean Array Object Map Set BigInt Error TypeError RangeError Promise Symbol RegExp WeakMap WeakSet',
  'parseInt parseFloat isNaN isFinite encodeURIComponent decodeURIComponent sum count divide round money refuse today day random log emit',
]
  .join(' ')
  .split(' ');
const pairs = (expressions: readonly string[]): string => expressions.map((text) => `[${JSON.stringify(text)}, ${text}]`).join(',\n');

test('all that code can reach and did not make itself is frozen', async () => {
  // What a call is handed is made for it; it need not be frozen.
  const own = new Set(['day', 'random', 'log', 'emit', 'today']);
  const code = codeOf(
    walk.replace('KEPT', () => pairs(kept.filter((name) => !own.has(name)))).replace('MADE', () => pairs([...made, ...own])),
  );
  await hosts.load({ key: 'operation/walker', digest: 'walker', code });
  const answer = await hosts.call(
    callOf('walker', {}, { perform: async (_, asked) => (asked === 1 ? refuse('not-found', 'There is none.', { id: 1 }) : { id: 2 }) }),
  );
  const { open, walked } = answer as { readonly open: readonly string[]; readonly walked: number };
  assert.deepEqual(open, []);
  assert.ok(walked > 350, `only ${walked} things were walked`);
});

test('names that no component may use are not there', async () => {
  const names =
    'Uint8Array ArrayBuffer DataView Reflect Proxy Iterator AggregateError SuppressedError DisposableStack escape unescape encodeURI';
  await hosts.load({
    key: 'operation/names',
    digest: 'names',
    code: codeOf(
      `return [${names
        .split(' ')
        .map((name) => `typeof ${name}`)
        .join(', ')}];`,
    ),
  });
  const answer = await hosts.call(callOf('names'));
  assert.deepEqual([...new Set(answer as string[])], ['undefined']);
});
