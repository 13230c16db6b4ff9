import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';
import { defaultCaps, hardCaps } from '#kernel';
import { payloadChars } from '#channel';
import type { SourceFiles, SystemReading } from './index.ts';
import { openReader, readSystem } from './read.ts';

const folder = new URL('../../../systems/shop/', import.meta.url);
const shop: { readonly [path: string]: string } = Object.fromEntries(
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') || path === 'theseus.json')
    .map((path) => [path, readFileSync(new URL(path, folder), 'utf8')]),
);
const head = '/**\n * It.\n *\n * why: it\n * change: start\n * generator: person\n * date: 2026-11-23\n */\n';
const problemsOf = (files: SourceFiles): string => {
  const reading = readSystem(files);
  return reading.ok
    ? ''
    : reading.problems.map((problem) => `${problem.path}:${problem.line}:${problem.column} ${problem.message}`).join('\n');
};
const entity = (
  fields: string,
  more = '',
): string => `${head}import { addDays, boolean, choice, date, decimal, email, entity, integer, json, list, money, quantity, reference, sum, text, today, type Row } from 'theseus/sdk';
export default entity({ id: 'e_note', name: 'note', plural: 'notes', title: 'name', fields: { name: text({ id: 'f_nname', no: 1, required: true }), ${fields} }, ${more} });\n`;
const withNote = (fields: string, more = ''): SourceFiles => ({ ...shop, 'entities/note.ts': entity(fields, more) });
const operation = (body: string, more = ''): string => `${head}import { operation, refuse } from 'theseus/sdk';
export default operation({
  id: 'o_itit', name: 'it', http: { method: 'POST', path: '/api/it' }, ${more} capabilities: { product: ['read'] },
  async run({ data, input, row, today, now, random, log }) {
    ${body}
  },
});\n`;

test('the sample system is read: contracts linked, examples, code with its lines kept', () => {
  const reading = readSystem(shop);
  assert.ok(reading.ok, JSON.stringify(reading));
  assert.deepEqual(
    reading.model.entities.map((found) => found.name),
    ['customer', 'invoice', 'order', 'product'],
  );
  const place = reading.components.find((component) => component.kind === 'operation');
  assert.equal(place?.code?.length, shop['operations/place-order.ts']?.length);
  assert.equal(
    place?.code?.split('\n').findIndex((line) => line.includes('async run')),
    shop['operations/place-order.ts']?.split('\n').findIndex((line) => line.includes('async run')),
  );
  assert.doesNotMatch(place?.code ?? '', /import|integer\(/);
  assert.equal(reading.settings.currency.digits, 2);
  assert.deepEqual(reading.settings.policy.limits, { calls: null, control: 50, signIns: 20 });
  assert.deepEqual(reading.settings.policy.gates.low, ['parse', 'types', 'contract', 'security', 'examples', 'properties']);
});

test('the code of an operation sets a component whose run does what the source says, and holds nothing else of it', async () => {
  const reading = readSystem(shop);
  const code = reading.ok ? reading.components.find((component) => component.name === 'placeOrder')?.code : undefined;
  const done: unknown[] = [];
  const data = { product: { get: async () => ({ name: 'Tea', stock: 5, price: 450 }) } };
  const realm: { component?: { run(given: object): Promise<unknown> }; [name: string]: unknown } = {
    refuse: (reason: string): never => {
      throw new Error(reason);
    },
    // Calls whose answer it does not look at.
    soon: { product: { update: async (...given: unknown[]) => done.push(given) } },
    ends: { order: { create: async (values: unknown) => values } },
  };
  runInNewContext(code ?? '', realm);
  assert.deepEqual(Object.keys(realm.component ?? {}), ['run']);
  const answer = await realm.component?.run({
    data,
    input: { customer: 'c', lines: [{ product: 'p', quantity: 3 }] },
    today: '2026-01-31',
  });
  assert.equal(
    JSON.stringify(answer),
    '{"customer":"c","placedOn":"2026-01-31","status":"open","lines":[{"product":"p","quantity":3,"unitPrice":450}]}',
  );
  assert.equal(JSON.stringify(done), '[["p",{"stock":2}]]');
  await assert.rejects(
    async () => realm.component?.run({ data, input: { customer: 'c', lines: [{ product: 'p', quantity: 6 }] }, today: '' }),
    /conflict/,
  );
});

test('a component that is more than data is refused with its place', () => {
  const refused: readonly (readonly [RegExp, SourceFiles])[] = [
    [/entities\/note\.ts:1:1 .*doc comment/, { ...shop, 'entities/note.ts': entity('').replace(head, '') }],
    [/opening comment must have a line "why/, { ...shop, 'entities/note.ts': entity('').replace(' * why: it\n', '') }],
    [/a component imports only/, { ...shop, 'entities/note.ts': entity('').replace('import {', "import fs from 'node:fs';\nimport {") }],
    [/leaves the system/, { ...shop, 'entities/note.ts': entity('').replace('import {', "import x from '../../secret.ts';\nimport {") }],
    [/under its own name/, { ...shop, 'entities/note.ts': entity('').replace('import { addDays', 'import { refuse as addDays') }],
    [/has no system/, { ...shop, 'entities/note.ts': entity('').replace('import { addDays', 'import { system') }],
    [/nothing here is executed/, { ...shop, 'entities/note.ts': `${entity('')}process.exit(1);\n` }],
    [/nothing here is executed/, { ...shop, 'entities/note.ts': `${entity('')}const x = 1;\n` }],
    [
      /only imports and one default export|default export here must be/,
      { ...shop, 'entities/note.ts': entity('').replace('export default entity(', 'export default operation(') },
    ],
    [/spread/, withNote('...other')],
    [/computed name/, withNote(`['a' + 'b']: text({ id: 'f_x', no: 2 })`)],
    [/call of its kind/, withNote(`a: 5`)],
    [/call of its kind/, withNote(`a: (() => 1)()`)],
    [/must be a whole number/, withNote(`a: integer({ id: 'f_xxx', no: 1 + 1 })`)],
    [/must be true or false/, withNote(`a: text({ id: 'f_xxx', no: 2, required: !0 })`)],
    [/getter/, withNote(`get a() { return 1; }`)],
    [/twice/, withNote(`a: text({ id: 'f_xxx', no: 2 }), a: text({ id: 'f_yyy', no: 3 })`)],
    [/not known here/, withNote(`a: text({ id: 'f_xxx', no: 2, requird: true })`)],
    [/must stand in entities\/note\.ts/, { ...shop, 'entities/other.ts': entity('') }],
    [/a system holds theseus\.json and components/, { ...shop, 'scripts/x.ts': 'export {}' }],
    [/a system holds theseus\.json and components/, { ...shop, 'entities/../x.ts': 'export {}' }],
    [/not TypeScript/, { ...shop, 'entities/note.ts': `${head}export default entity({` }],
    [
      /beside its component/,
      { ...shop, 'entities/none.test.ts': "import { examples } from 'theseus/sdk';\nexport default examples([]);\n" },
    ],
  ];
  for (const [expected, files] of refused) assert.match(problemsOf(files), expected);
});

test('ids, numbers and names that may not be given are refused', () => {
  const refused: readonly (readonly [RegExp, SourceFiles])[] = [
    [/permanent id is missing/, withNote(`a: text({ no: 2 })`)],
    [/must be a permanent id/, withNote(`a: text({ id: 'x', no: 2 })`)],
    [/must be a permanent id/, withNote(`a: text({ id: 'e_abcd', no: 2 })`)],
    [/stands in entities\/customer\.ts as well/, withNote(`a: text({ id: 'f_cname', no: 2 })`)],
    [/stands here twice/, withNote(`a: text({ id: 'f_aaa', no: 2 }), b: text({ id: 'f_aaa', no: 3 })`)],
    [/has the number 1 of name/, withNote(`a: text({ id: 'f_aaa', no: 1 })`)],
    [/number 7 of the retired field/, withNote(`a: text({ id: 'f_aaa', no: 7 })`, `retired: { old: { id: 'f_old', no: 7 } },`)],
    [/stands (here twice|in)/, withNote(`a: text({ id: 'f_old', no: 8 })`, `retired: { old: { id: 'f_old', no: 7 } },`)],
    [/Protobuf itself/, withNote(`a: text({ id: 'f_aaa', no: 19500 })`)],
    [/camelCase/, withNote(`Due_date: text({ id: 'f_aaa', no: 2 })`)],
    [/camelCase/, withNote(`'due date': text({ id: 'f_aaa', no: 2 })`)],
    [/every JavaScript object/, withNote(`constructor: text({ id: 'f_aaa', no: 2 })`)],
    [/camelCase|every JavaScript object/, withNote(`'__proto__': text({ id: 'f_aaa', no: 2 })`)],
    [/given by the system/, withNote(`id: text({ id: 'f_aaa', no: 2 })`)],
    [/given by the system/, withNote(`version: text({ id: 'f_aaa', no: 2 })`)],
    [/for a promise/, withNote(`then: text({ id: 'f_aaa', no: 2 })`)],
    [
      /others import it by its name/,
      {
        ...shop,
        'rules/sum.ts': `${head}import { rule } from 'theseus/sdk';\nexport default rule({ id: 'r_sum', name: 'sum', on: 'order', governs: 'placedOn', decide: (order) => order.placedOn });\n`,
      },
    ],
    [/a choice is/, withNote(`a: choice({ id: 'f_aaa', no: 2, choices: { '': 'c_aaa' } })`)],
    [/plural/, { ...shop, 'entities/note.ts': entity('').replace("'notes'", "'orders'") }],
  ];
  for (const [expected, files] of refused) assert.match(problemsOf(files), expected);
  assert.equal(
    problemsOf(withNote(`select: text({ id: 'f_aaa', no: 2 }), order: text({ id: 'f_bbb', no: 3 }), class: text({ id: 'f_ccc', no: 4 })`)),
    '',
  );
});

test('fields that could hold no value, and names that lead nowhere, are refused', () => {
  const refused: readonly (readonly [RegExp, SourceFiles])[] = [
    [/there is no entity supplier/, withNote(`a: reference({ id: 'f_aaa', no: 2, to: 'supplier' })`)],
    [/above max/, withNote(`a: integer({ id: 'f_aaa', no: 2, min: 3, max: 2 })`)],
    [/above max/, withNote(`a: money({ id: 'f_aaa', no: 2, min: '3.00', max: '2.00' })`)],
    [/more digits after the point than EUR/, withNote(`a: money({ id: 'f_aaa', no: 2, min: '3.001' })`)],
    [/is too large: amounts go up to 90071992547409\.91/, withNote(`a: money({ id: 'f_aaa', no: 2, max: '90071992547409.92' })`)],
    [/default of a .*must be one of/, withNote(`a: choice({ id: 'f_aaa', no: 2, choices: { x: 'c_xxx' }, default: 'y' })`)],
    [/default of a .*at least 5/, withNote(`a: integer({ id: 'f_aaa', no: 2, min: 5, default: 1 })`)],
    [/date that exists/, withNote(`a: date({ id: 'f_aaa', no: 2, min: '2026-02-30' })`)],
    [/needs scale/, withNote(`a: decimal({ id: 'f_aaa', no: 2 })`)],
    [/unit is missing/, withNote(`a: quantity({ id: 'f_aaa', no: 2, scale: 1 })`)],
    [/at least one value/, withNote(`a: choice({ id: 'f_aaa', no: 2, choices: {} })`)],
    [
      /inside the items of a list/,
      withNote(
        `a: list({ id: 'f_aaa', no: 2, item: 'x', itemId: 'e_xxx', fields: { b: list({ id: 'f_bbb', no: 1, item: 'y', itemId: 'e_yyy', fields: {} }) } })`,
      ),
    ],
    [/is computed, so required/, withNote(`a: date({ id: 'f_aaa', no: 2, required: true, live: () => today() })`)],
    [/title must be the name of a field/, { ...shop, 'entities/note.ts': entity('').replace("title: 'name'", "title: 'nothing'") }],
    [
      /is about another entity|Row<'note'>/,
      withNote(`a: date({ id: 'f_aaa', no: 2, live: (order: Row<'order'>) => addDays(today(), 1) })`),
    ],
    [
      /computed from itself/,
      withNote(
        `a: integer({ id: 'f_aaa', no: 2, live: (note: Row<'note'>) => note.b + 1 }), b: integer({ id: 'f_bbb', no: 3, live: (note: Row<'note'>) => note.a + 1 })`,
      ),
    ],
    [
      /caller.id or caller.name and nothing else/,
      withNote(`a: boolean({ id: 'f_aaa', no: 2, default: (_note, caller) => caller.id === 'x' })`),
    ],
    [/has one input/, withNote(`a: text({ id: 'f_aaa', no: 2, live: (_note, caller) => caller.id })`)],
    [
      /computed for a new row/,
      withNote(
        `a: integer({ id: 'f_aaa', no: 2, live: (note: Row<'note'>) => 1 }), b: integer({ id: 'f_bbb', no: 3, default: (note: Row<'note'>) => note.a })`,
      ),
    ],
  ];
  for (const [expected, files] of refused) assert.match(problemsOf(files), expected);
});

test('an amount may be bounded by any amount that there is', () => {
  for (const bound of ['900719.93', '10000000', '90071992547409.91'])
    assert.equal(problemsOf(withNote(`a: money({ id: 'f_aaa', no: 2, min: '-${bound}', max: '${bound}' })`)), '');
});

test('the caps of a contract hold up to the hard limits, and not one over', () => {
  const names = Object.keys(hardCaps) as (keyof typeof hardCaps)[];
  const withCap = (name: string, value: number): SourceFiles => ({
    ...shop,
    'operations/it.ts': operation("return data.product.get('');", `caps: { ${name}: ${value} },`),
  });
  for (const name of names) {
    const reading = readSystem(withCap(name, hardCaps[name]));
    const contract = reading.ok ? reading.components.find((component) => component.name === 'it')?.contract : undefined;
    assert.deepEqual(contract?.kind === 'operation' ? contract.caps : undefined, { ...defaultCaps, [name]: hardCaps[name] });
    assert.match(problemsOf(withCap(name, hardCaps[name] + 1)), new RegExp(`${name} must be .*${hardCaps[name]}`));
    assert.match(problemsOf(withCap(name, 0)), new RegExp(`${name} must be`));
  }
  assert.ok(payloadChars >= hardCaps.bytes, 'what a contract may promise passes the channel');
});

test('an operation names only what it has, and says what it may do', () => {
  const refused: readonly (readonly [RegExp, string])[] = [
    [/take now and today/, operation('return new Date();')],
    [/not known here: code is never made/, operation(`return eval('1');`)],
    [/process has no|a component has no process/, operation('return process.env;')],
    [/a component has no globals/, operation('globalThis.x = 1;')],
    [/Math.random cannot be replayed/, operation('return Math.random();')],
    [/imports only at its top/, operation(`return import('node:fs');`)],
    [/there is no entity supplier/, operation('return 1;').replace("product: ['read']", "supplier: ['read']")],
    [/needs a list of read/, operation('return 1;').replace("product: ['read']", "product: ['steal']")],
    [/there is no role king/, operation('return 1;', `roles: ['king'],`)],
    [/path must be such as/, operation('return 1;').replace("'/api/it'", "'/api/../it'")],
    [/one of the system itself/, operation('return 1;').replace("'/api/it'", "'/_theseus/changes'")],
    [/one of the system itself/, operation('return 1;').replace("'/api/it'", "'/api/views/it'")],
    [/slug stands in the path and is no input/, operation('return 1;').replace("'/api/it'", "'/it/{slug}'")],
    [/slug stands in the path and is no input/, operation('return 1;').replace("'/api/it'", "'/it/@{slug}:cancel'")],
    [/path must be such as/, operation('return 1;').replace("'/api/it'", "'/it/{slug}{name}'")],
    [/path must be such as/, operation('return 1;').replace("'/api/it'", "'/it/{slug}.'")],
    [/the row that it acts on: say on/, operation('return 1;').replace("'/api/it'", "'/it/{id}'")],
    [/path must hold \{id\}/, operation('return 1;', `on: 'order',`)],
    [/async method/, operation('return 1;').replace('async run(', 'run(')],
    [/a transition is of one row/, operation('return 1;', `transition: { field: 'status', from: ['open'], to: 'paid' },`)],
    [
      /has no choice gone/,
      operation('return 1;', `on: 'order', transition: { field: 'status', from: ['open'], to: 'gone' },`).replace(
        "'/api/it'",
        "'/api/orders/{id}/it'",
      ),
    ],
    [/address of .* as well/, operation('return 1;').replace("'/api/it'", "'/api/orders/place'")],
  ];
  for (const [expected, text] of refused) assert.match(problemsOf({ ...shop, 'operations/it.ts': text }), expected);
  const good = operation(
    'const twice = (value: number): number => value * 2;\n    try { log(twice(Math.max(now, 1))); } catch { /* nothing */ }\n    for (const [key, { length = 1 }] of Object.entries({ a: [] })) log([key, length]);\n    return { random: random(), row, input, today, data };',
  );
  assert.equal(problemsOf({ ...shop, 'operations/it.ts': good }), '');
});

test('a test that names what is not there is refused', () => {
  const tests = (steps: string): SourceFiles => ({
    ...shop,
    'entities/customer.test.ts': `import { example, examples, property } from 'theseus/sdk';\nexport default examples([example('it', [${steps}]), property('p', { on: 'customer', holds: (customer) => customer.name !== 'x' })]);\n`,
  });
  const refused: readonly (readonly [RegExp, string])[] = [
    [/there is no entity supplier/, `{ create: 'supplier', with: {} }`],
    [/customer has no field colour/, `{ create: 'customer', with: { colour: 'red' } }`],
    [/no earlier step names a row/, `{ read: 'ada', then: {} }`],
    [/there is no operation fly/, `{ call: 'fly' }`],
    [/there is no view all/, `{ show: 'all', then: [] }`],
    [/exactly one of/, `{ create: 'customer', read: 'x', with: {} }`],
    [/no code of a refusal/, `{ create: 'customer', with: {}, then: { refused: 'never' } }`],
    [/only literal data/, `{ create: 'customer', with: { name: 1 + 1 } }`],
    [/there is no role king/, `{ create: 'customer', by: 'king', with: { name: 'a' } }`],
  ];
  for (const [expected, steps] of refused) assert.match(problemsOf(tests(steps)), expected);
  assert.equal(
    problemsOf(
      tests(
        `{ today: '2026-01-01' }, { create: 'customer', as: 'ada', with: { name: 'Ada' } }, { update: 'ada', with: { name: 'B' }, then: { name: 'B' } }, { delete: 'ada' }`,
      ),
    ),
    '',
  );
});

test('text that a parser should not see is refused before it is parsed', () => {
  const refused: readonly (readonly [RegExp, string])[] = [
    [/larger than/, `${head}// ${'x'.repeat(200_001)}`],
    [/U\+202E/, `${head}// \u202e`],
    [/U\+0000/, `${head}// \u0000`],
    [/U\+200B/, `${head}// \u200b`],
    [/nested more than/, `${head}export default ${'('.repeat(7_000)}1${')'.repeat(7_000)};`],
    [/nested more than/, `${head}export default ${'a=>'.repeat(20_000)}1;`],
    [/nested more than/, `${head}export default ${'!'.repeat(100_000)}1;`],
    [/nested more than/, `${head}export default ${'['.repeat(50_000)}`],
    [/nested more than/, `${head}export default ${'a =>\n'.repeat(20_000)}1;`],
    [/nested more than/, `${head}type A = ${'A<'.repeat(40_000)}`],
    ...['.b', '()', '[0]', '``', '**a', '|a', '&&a', '?a:'].map(
      (part) => [/nested more than/, `${head}export default a${part.repeat(40_000)};`] as const,
    ),
    [/words such as if/, `${head}export default ${'typeof '.repeat(20_000)}1;`],
    [/nested more than/, `${head}${'if(a)'.repeat(30_000)}b;`],
  ];
  for (const [expected, text] of refused) assert.match(problemsOf({ ...shop, 'entities/note.ts': text }), expected);
});

test('more files than a system may have are refused unread', () => {
  const many = Object.fromEntries(Array.from({ length: 10_002 }, (_, at) => [`entities/n${at}.ts`, '((((']));
  assert.match(problemsOf(many), /the system has 10002 files/);
});

test('theseus.json is checked member by member', () => {
  const settings = JSON.parse(shop['theseus.json'] ?? '') as { [name: string]: unknown };
  const refused: readonly (readonly [RegExp, string | undefined])[] = [
    [/theseus\.json is missing/, undefined],
    [/not JSON/, '{'],
    [/larger than/, ' '.repeat(200_001)],
    [/nested more than/, '['.repeat(5_000)],
    [/ISO 4217/, JSON.stringify({ ...settings, currency: 'XQZ' })],
    [/time zone database/, JSON.stringify({ ...settings, timeZone: 'Mars/Base' })],
    [/not known in theseus\.json/, JSON.stringify({ ...settings, extra: 1 })],
    [/must be a list of roles/, JSON.stringify({ ...settings, policy: { ask: ['king'] } })],
    [/calls must be a whole number/, JSON.stringify({ ...settings, policy: { limits: { calls: 0 } } })],
    [/burst is no limit/, JSON.stringify({ ...settings, policy: { limits: { burst: 5 } } })],
    [/strikes must be a whole number from 1 to 20/, JSON.stringify({ ...settings, policy: { strikes: 0 } })],
    [/strikes must be a whole number from 1 to 20/, JSON.stringify({ ...settings, policy: { strikes: 21 } })],
    [/assurance must be/, JSON.stringify({ ...settings, policy: { assurance: { wide: 0 } } })],
    [/assurance must be/, JSON.stringify({ ...settings, policy: { assurance: { lowerproven: true } } })],
    [/assurance must be/, JSON.stringify({ ...settings, policy: { assurance: [] } })],
    [/onQuarantine must be "roll-back"/, JSON.stringify({ ...settings, policy: { onQuarantine: 'ignore' } })],
    [/"act", "propose" or "off"/, JSON.stringify({ ...settings, policy: { autonomy: { low: 'always' } } })],
    [/at least one role/, JSON.stringify({ ...settings, roles: {} })],
  ];
  for (const [expected, text] of refused) {
    const { 'theseus.json': _, ...rest } = shop;
    assert.match(problemsOf(text === undefined ? rest : { ...rest, 'theseus.json': text }), expected);
  }
  const digits = (currency: string): number | undefined => {
    const reading = readSystem({ 'theseus.json': JSON.stringify({ ...settings, currency }) });
    return reading.ok ? reading.settings.currency.digits : undefined;
  };
  assert.deepEqual([digits('EUR'), digits('JPY'), digits('BHD')], [2, 0, 3]);
});

test('a reader that keeps what it read answers as one that reads anew, whatever changes in whatever order', () => {
  const kept = openReader();
  const rule = `${head}import { money, rule, type Row } from 'theseus/sdk';\nexport default rule({ id: 'r_flat', name: 'flat', on: 'order', governs: 'discount', decide: (order: Row<'order'>) => (order.customer.tier === 'gold' ? money('1.00') : money('0.00')) });\n`;
  const order = shop['entities/order.ts'] ?? '';
  const withDiscount = order
    .replace('import { choice', "import flat from '../rules/flat.ts';\nimport { choice")
    .replace('    total: money({', "    discount: money({ id: 'f_odisc', no: 6, live: flat }),\n    total: money({");
  const view = `${head}import { view } from 'theseus/sdk';\nexport default view({ id: 'v_inv', name: 'bills', from: 'invoice', columns: { name: { value: (invoice) => invoice.order.customer.name }, count: { aggregate: 'count' } }, order: ['-count'] });\n`;
  const optional = (shop['entities/customer.ts'] ?? '').replace(
    "name: text({ id: 'f_cname', no: 1, required: true })",
    "name: text({ id: 'f_cname', no: 1 })",
  );
  const states: SourceFiles[] = [
    shop,
    { ...shop, 'rules/flat.ts': rule },
    { ...shop, 'rules/flat.ts': rule, 'entities/order.ts': withDiscount },
    { ...shop, 'entities/order.ts': withDiscount },
    { ...shop, 'rules/flat.ts': rule.replace("'gold'", "'silver'"), 'entities/order.ts': withDiscount },
    {
      ...shop,
      'rules/flat.ts': rule,
      'entities/order.ts': withDiscount,
      'entities/customer.ts': (shop['entities/customer.ts'] ?? '').replace('gold:', 'golden:'),
    },
    { ...shop, 'views/bills.ts': view },
    { ...shop, 'views/bills.ts': view, 'entities/customer.ts': optional },
    {
      ...shop,
      'views/bills.ts': view,
      'entities/invoice.ts': (shop['entities/invoice.ts'] ?? '').replace('order: reference', 'purchase: reference'),
    },
    { ...shop, 'theseus.json': (shop['theseus.json'] ?? '').replace('"EUR"', '"JPY"') },
    { ...shop, 'entities/customer.ts': 'nonsense(' },
    {
      ...shop,
      'entities/aclient.ts': (shop['entities/customer.ts'] ?? '')
        .replace("'customer'", "'aclient'")
        .replace("'customers'", "'aclients'")
        .replace('gold:', 'golden:'),
      'rules/flat.ts': rule,
      'entities/order.ts': withDiscount,
    },
    {
      ...shop,
      'entities/zorder.ts': order
        .replace("name: 'order'", "name: 'zorder'")
        .replace("'orders'", "'zorders'")
        .replaceAll("Row<'order'>", "Row<'zorder'>"),
    },
    { ...shop, 'theseus.json': '{', 'views/bills.ts': view },
    { 'theseus.json': '{' },
    { 'theseus.json': shop['theseus.json'] ?? '' },
    Object.fromEntries(Object.entries(shop).filter(([path]) => path !== 'entities/product.ts')),
    shop,
  ];
  let seed = 7;
  for (let step = 0; step < 150; step++) {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    const files = states[seed % states.length] ?? shop;
    assert.deepEqual(kept.read(files), openReader().read(files) satisfies SystemReading, `step ${step}`);
  }
});

test('what did not change is the same object in the next reading', () => {
  const reader = openReader();
  const first = reader.read(shop);
  const second = reader.change({ 'entities/product.ts': (shop['entities/product.ts'] ?? '').replace('what the shop sells', 'a thing') });
  assert.ok(first.ok && second.ok);
  for (const component of second.components)
    assert.equal(first.components.includes(component), component.path !== 'entities/product.ts', component.path);
});
