/** What the reading refuses in a body, and what it must take. Each refusal says what to write instead. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSystem } from './read.ts';

const settings = JSON.stringify({
  name: 'desk',
  currency: 'EUR',
  roles: { owner: { read: true, write: true, sensitive: true } },
});
const head = '/**\n * It.\n *\n * why: it\n * change: start\n * generator: person\n * date: 2026-11-23\n */\n';
const ticket = `${head}import { entity, text } from 'theseus/sdk';
export default entity({ id: 'e_tick', name: 'ticket', plural: 'tickets', title: 'what', fields: { what: text({ id: 'f_what', no: 1, required: true }) } });\n`;
const operation = (body: string, beside = ''): string => `${head}import { operation, refuse } from 'theseus/sdk';
${beside}
export default operation({
  id: 'o_itit', name: 'it', http: { method: 'POST', path: '/api/it' }, capabilities: { ticket: ['read'] },
  async run({ data, input, row, caller, now, random, log }) {
    ${body}
  },
});\n`;
function problems(body: string, beside = '') {
  const reading = readSystem({ 'theseus.json': settings, 'entities/ticket.ts': ticket, 'operations/it.ts': operation(body, beside) });
  return reading.ok ? [] : reading.problems;
}

/** Reason, and a body that must be refused for it. */
const refused: readonly (readonly [RegExp, string])[] = [
  [/process has no|a component has no process/, 'return process.env;'],
  [/a component has no globals/, 'return globalThis.fetch;'],
  [/imports only theseus\/sdk/, `return require('fs');`],
  [/code is never made/, `return eval('1');`],
  [/code is never made/, `return new Function('return 1')();`],
  [/imports only at its top/, `return import('node:fs');`],
  [/imports only at its top/, 'return import.meta.url;'],
  [/members by their names/, `return Reflect.get(input, 'a');`],
  [/write a plain object/, 'return new Proxy({}, {});'],
  [/name of the outside/, 'const process = 1; return process;'],
  [/name of the outside/, 'const f = (require) => require; return f(1);'],
  [/leads to the functions/, 'return (() => {}).constructor("return 1")();'],
  [/leads to the functions/, `return input['constructor'];`],
  [/leads to the functions/, `return input['con' + 'structor'];`],
  [/leads to the functions/, "const tail = 'structor'; return input[`con${tail}`];"],
  [/leads to the functions/, `return input[['con', 'structor'].join('')];`],
  [/leads to the functions/, `const name = 'constructor'; return log(name);`],
  [/leads to the functions/, 'const { constructor: make } = input; return make;'],
  [/what all values share/, 'const bad = { __proto__: input }; return bad;'],
  [/what all values share/, 'input.__proto__.x = 1;'],
  [/what all values share/, `Object.prototype.x = 1;`],
  [/what all values share/, `return Object.getPrototypeOf(input);`],
  [/write a plain object/, 'return Object.setPrototypeOf({}, null);'],
  [/alters how an object is read/, `Object.defineProperty({}, 'a', { get: () => 1 });`],
  [/alters how an object is read/, `({}).__defineGetter__('a', () => 1);`],
  [/Object\.keys/, 'return Object.getOwnPropertyNames(input);'],
  [/how errors are told/, 'Error.prepareStackTrace = (e, sites) => sites;'],
  [/how errors are told/, 'Error.captureStackTrace({});'],
  [/reaches into how values behave/, 'return Symbol.iterator;'],
  [/getter or setter/, 'return { get a() { return 1; } };'],
  [/getter or setter/, 'return { set a(value) { log(value); } };'],
  [/called by the language itself/, 'return { then: (done) => done(1) };'],
  [/called by the language itself/, 'return { toJSON() { return 1; } };'],
  [/write functions and plain objects/, 'class A {} return new A();'],
  [/hidden way/, 'return String.raw`a\\u`;'],
  [/hidden way/, 'return log`a`;'],
  [/computed key/, 'return data[input.entity].list();'],
  [/computed key/, 'return log[input.name];'],
  [/computed key/, 'return (() => {})[input.name];'],
  [/computed key/, 'const ticket = await data.ticket.get(input.id); return ticket[input.a][input.b];'],
  [/computed key/, 'const o = {}; return o[input.a][input.b];'],
  [/computed key/, 'const f = () => {}; return f[input.name];'],
  [/computed key/, 'const { [input.name]: found } = input; return found;'],
  [/computed key/, 'const o = Math; return o[input.name];'],
  [/frozen, and shared/, 'Math.max = () => 1;'],
  [/frozen, and shared/, 'Array.isArray = () => true;'],
  [/frozen, and shared/, 'delete JSON.parse;'],
  [/of an error cannot be set/, `const error = new Error('x'); error.name = 'Mine'; throw error;`],
  [/of an error cannot be set/, `try { log(1); } catch (error) { error.message = 'x'; throw error; }`],
  [/cannot be set/, 'const o = {}; o.toString = () => 1;'],
  [/cannot be set/, `input.hasOwnProperty = () => true;`],
  [/never ends/, 'for (;;) { log(1); }'],
  [/never ends/, 'while (true) await data.ticket.list();'],
  [/never ends/, 'do { log(1); } while (1);'],
  [/never ends/, 'while (!0) { for (const x of [1]) { if (x) break; } }'],
  [/never ends/, 'for (;;) { const f = () => { return 1; }; f(); }'],
  [/never ends/, `while ('a') { switch (1) { case 1: break; } }`],
  [/nothing alters/, 'const most = 3; let at = 0; while (at < most) { log(at); }'],
  [/take for ever/, `return /^(a+)+$/.test(input.a);`],
  [/take for ever/, `return new RegExp('(x+x+)+y').test(input.a);`],
  [/take for ever/, `return input.a.match('(a*)*b');`],
  [/text that is not known/, 'return new RegExp(input.a);'],
  [/any text that it is given/, 'return input.a.match(input.b);'],
  [/any text that it is given/, 'return input.a.search(input.b);'],
  [/is not known here/, 'return Deno;'],
];
for (const [why, body] of refused)
  test(`refused: ${body}`, () => {
    const found = problems(body);
    assert.match(found.map((problem) => problem.message).join('\n'), why);
    assert.ok(
      found.every((problem) => problem.path === 'operations/it.ts' && problem.line === 14),
      JSON.stringify(found),
    );
  });

/** Ordinary good code. */
const accepted: readonly (readonly [string, string?])[] = [
  ['const page = await data.ticket.list({ limit: 10 }); return page.items.length;'],
  ['const rows = [1, 2, 3]; let sum = 0; for (let at = 0; at < rows.length; at += 1) sum += rows[at]; return sum;'],
  ['const rows = input.lines; return rows[rows.length - 1];'],
  ['return input.lines[input.lines.length - 1].name;'],
  [
    'const counts: Record<string, number> = {}; for (const line of input.lines) counts[line.kind] = (counts[line.kind] ?? 0) + 1; return counts;',
  ],
  ['const byId = new Map(); for (const line of input.lines) byId.set(line.id, line); return byId.get(input.id) ?? null;'],
  ['const labels = { open: "Open", closed: "Closed" }; return labels[input.state] ?? "?";'],
  ['return Object.keys(input).filter((name) => input[name] !== null);'],
  ['return Object.fromEntries(Object.entries(input).map(([name, value]) => [name, String(value)]));'],
  ['const grouped = Object.groupBy(input.lines, (line) => line.kind); return grouped[input.kind]?.length ?? 0;'],
  [
    'const total = sumOf(input.lines); return { total };',
    'const sumOf = (lines: readonly { amount: number }[]): number => lines.reduce((sum, line) => sum + line.amount, 0);',
  ],
  ['const pick = (list: readonly number[], at: number): number => list[at] ?? 0; return pick([1], 0);'],
  ['const row = { a: 1 }; return { ...row, [input.name]: 2 };'],
  ['let at = 0; while (at < 3) { at += 1; } return at;'],
  ['let cursor; do { const page = await data.ticket.list({ cursor }); cursor = page.next; } while (cursor !== null); return null;'],
  ['for (;;) { const page = await data.ticket.list(); if (page.next === null) break; } return null;'],
  ['while (true) { if (random() > 0.5) return 1; }'],
  [`outer: for (const a of input.rows) { for (const b of a.lines) { if (b.bad) continue outer; if (b.done) break outer; } } return 1;`],
  [`for (;;) { if (input.a) refuse('conflict', 'No.'); log(1); }`],
  [`return /^[a-z]+(?:-[a-z]+)*$/.test(input.slug) ? input.slug.replace(/-/g, ' ') : '';`],
  [`const slug = /^[a-z]+$/; return input.a.match(slug)?.[0] ?? '';`],
  [`return new RegExp('^[a-z]+$', 'i').test(input.a);`],
  [`return input.text.split(',').map((part) => part.trim()).filter(Boolean);`],
  [`try { await data.ticket.get(input.id); } catch (error) { log(error.message); } return null;`],
  [`if (input.amount < 0) throw new RangeError('It must not be below zero.'); return null;`],
  ['const ticket = { name: "x" }; ticket.name = "y"; return ticket;'],
  ['const next = async (id) => (await data.ticket.get(id)).what; return Promise.all(input.ids.map(next));'],
  ['const sorted = [...input.lines].sort((a, b) => a.at - b.at); return sorted[0] ?? null;'],
  ['const half = Math.floor(input.list.length / 2); return input.list[half];'],
  ['function* counting() { yield 1; } return [...counting()];'],
  ['const { id, ...rest } = input; return { id, rest };'],
  ['return `${caller.name}: ${JSON.stringify(row)}`;'],
];
for (const [body, beside] of accepted)
  test(`accepted: ${body}`, () =>
    assert.deepEqual(
      problems(body, beside ?? '').map((problem) => problem.message),
      [],
    ));

test('each refusal of this kind is one of the security gate', () => {
  assert.deepEqual(
    problems('return process.env[input.name];').map((problem) => problem.gate),
    ['security', 'security'],
  );
  assert.deepEqual(
    problems('return Date.now();').map((problem) => problem.gate ?? 'parse'),
    ['parse'],
  );
});
