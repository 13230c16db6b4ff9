import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { inspectComponent } from './inspect.ts';

const operation = (body: string, parameter = '{ data, input, today }'): string =>
  `import { operation, refuse } from 'theseus/sdk';\nexport default operation({ id: 'o_x', name: 'x', async run(${parameter}) {\n${body}\n} });\n`;
const messages = (body: string, parameter?: string): string[] =>
  inspectComponent('operations/x.ts', operation(body, parameter)).findings.map((finding) => `${finding.line}: ${finding.message}`);

test('the sample operation has no finding, its capabilities and its branches', () => {
  const facts = inspectComponent(
    'operations/place-order.ts',
    readFileSync(new URL('../../../systems/shop/operations/place-order.ts', import.meta.url), 'utf8'),
  );
  assert.deepEqual(facts.findings, []);
  assert.deepEqual(
    facts.capabilities.map((use) => `${use.name} ${use.access}`),
    ['product read', 'product update', 'order create'],
  );
  assert.deepEqual(
    facts.branches.map((branch) => branch.name),
    ['body', 'loop', 'if'],
  );
  assert.equal(facts.functions.find((fact) => fact.name === 'run')?.complexity, 6);
});

test('reflection, casts and comments that silence the checker are found', () => {
  assert.match(messages('return [].constructor;')[0] ?? '', /^3: .constructor reaches behind/);
  assert.match(messages("return []['__proto__'];")[0] ?? '', /reaches behind/);
  assert.match(messages('return input as any;')[0] ?? '', /cast/);
  assert.match(messages('return input.id!;')[0] ?? '', /non-null/);
  assert.match(messages('return this;')[0] ?? '', /no meaning/);
  assert.match(messages('// @ts-ignore\\nreturn 1;')[0] ?? '', /may not switch/);
});

test('ordinary code is left alone: labels, keys, types, destructuring, satisfies, as const', () => {
  const body = `const found: Record<string, number> = {}; outer: for (const [key, { value = 1, ...rest }] of Object.entries(input)) { if (value > 1) continue outer; found[key] = value; log(rest); }
  const of = (Date: number) => ({ process: Date, today }); return [of(1)] as const satisfies object;`;
  assert.deepEqual(messages(body, '{ input, today, log }'), []);
});

test('a capability that is hidden in a variable, a computed name or a spread is refused', () => {
  assert.match(messages('const all = data; return all.order.list();')[0] ?? '', /in one piece/);
  assert.match(messages('const orders = data.order; return orders.list();')[0] ?? '', /in one piece/);
  assert.match(messages("return data['order'].list();")[0] ?? '', /in one piece/);
  assert.match(messages('return 1;', 'context')[0] ?? '', /take the parts/);
  assert.match(messages('return 1;', '{ ...rest }')[0] ?? '', /take the parts/);
  assert.match(messages('return data.order.truncate();')[0] ?? '', /has no truncate/);
});

test('a statement that only writes to the log is known as such, and no other', () => {
  const noted = (body: string): string[] => {
    const text = operation(body, '{ data, row, log }');
    return inspectComponent('operations/x.ts', text).noted.map(({ start, end }) => text.slice(start, end));
  };
  assert.deepEqual(noted("if (row.stock > 1) log({ sold: row.id, as: `${row.name}` }); log('done'); return row;"), [
    'log({ sold: row.id, as: `${row.name}` });',
    "log('done');",
  ]);
  assert.deepEqual(noted('log(await data.order.create({ note: row.id })); log((row.stock = 0)); log(f(row));'), []);
  assert.deepEqual(noted("const done = log('a'); return log('b');"), []);
  assert.deepEqual(noted("{ const log = (x) => data.order.create({ x }); log('a'); } log('b');"), []);
  assert.deepEqual(noted("for (const each of [log]) each('a'); log('b');"), []);
  assert.deepEqual(inspectComponent('operations/x.ts', operation("log('a');", '{ data }')).noted, []);
});

test('cognitive complexity follows the examples of the paper', () => {
  const of = (body: string): number | undefined =>
    inspectComponent('operations/x.ts', operation(body)).functions.find((fact) => fact.name === 'run')?.complexity;
  assert.equal(of('if (a) { for (;;) { while (b) {} } } else if (c) {} else {}'), 1 + 2 + 3 + 1 + 1);
  assert.equal(of('return a && b && c || d && e;'), 3);
  assert.equal(of('switch (a) { case 1: break; default: if (b) {} }'), 1 + 2);
  assert.equal(of('try { if (a) {} } catch (e) { if (b) {} }'), 1 + 1 + 2);
  assert.equal(of('return list.map((x) => x ? 1 : 2);'), 2);
});
