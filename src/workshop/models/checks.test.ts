import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { parserProcess } from '#adapters/parser-process';
import type { JsonObject } from '#kernel';
import type { ReadTests, SystemModel, SystemReading } from '#model';
import { shopFiles } from '../../../test/gates/engines.ts';
import { exampleProblems } from './check-examples.ts';
import { scopeOf } from './check-scope.ts';
import { acceptanceOf, hiddenCount } from './hidden-examples.ts';
import { outline } from './outline.ts';

let model: SystemModel;
let tests: readonly ReadTests[];
before(async () => {
  const parser = parserProcess();
  const reading = (await parser.read(shopFiles)) as unknown as SystemReading;
  await parser.close();
  assert.ok(reading.ok);
  ({ model, tests } = reading);
});

test('a component that is new is a member of its own scope', () =>
  assert.deepEqual(scopeOf({ components: ['entity/order', 'view/late'], members: ['entity/order#field/lines/note'] }, model), {
    components: ['entity/order', 'view/late'],
    members: ['entity/order#field/lines/note', 'view/late'],
    tests: [],
    data: [],
  }));
for (const [member, words] of [
  ['order.dueDate', /is no member/],
  ['entity/product#field/price', /components does not name/],
  ['entity/order#column/x', /begins with #field/],
  ['entity/order#field/../../x', /is no member/],
] as const)
  test(`the member ${member} is refused`, () => {
    const found = scopeOf({ components: ['entity/order'], members: [member] }, model);
    assert.match(JSON.stringify(found), words);
  });

test('what the change comes to is there and stays: nothing new, nothing that it alters', () => {
  const reached = (key: string): unknown => scopeOf({ components: ['entity/order'], members: [], reaches: [key] }, model);
  assert.deepEqual(reached('operation/placeOrder'), {
    components: ['entity/order'],
    members: [],
    reaches: ['operation/placeOrder'],
    tests: [],
    data: [],
  });
  assert.match(JSON.stringify(reached('operation/sendMoney')), /is not there/);
  assert.match(JSON.stringify(reached('entity/order')), /stands in components/);
});

const total = 'the total of an order is the sum of quantity times unit price of its lines';
test('earlier tests that may be altered are named as they are called, and no others', () => {
  const naming = (...named: readonly string[]): unknown =>
    scopeOf({ components: ['entity/order'], members: [], tests: named }, model, tests);
  assert.deepEqual(naming(`entity/order#${total}`), {
    components: ['entity/order'],
    members: [],
    tests: [`entity/order#${total}`],
    data: [],
  });
  assert.match(JSON.stringify(naming('entity/order#the total is right')), /there is no .*the total of an order is the sum/);
  assert.match(JSON.stringify(naming('operation/placeOrder')), /components does not name/);
});

test('what has a body says what it will touch; what has none says nothing', () => {
  const touching = (key: 'job/late' | 'view/late', data?: readonly string[]): string =>
    JSON.stringify(scopeOf({ components: [key, 'entity/note'], members: [], ...(data === undefined ? {} : { data }) }, model));
  assert.match(touching('job/late'), /data: say what job\/late will read and write/);
  assert.match(touching('job/late', ['order read', 'note create', 'customer.creditLimit read']), /"data":\["order read","note create"/);
  assert.match(touching('job/late', ['money update']), /no entity money/);
  assert.match(touching('view/late'), /"data":\[\]/);
});

const scope = { components: ['entity/order', 'operation/payOrder'], members: ['entity/order#field/paidOn'] } as const;
const ada: JsonObject = { create: 'customer', as: 'ada', with: { name: 'Ada' } };
const problems = (...steps: readonly JsonObject[]): string =>
  exampleProblems([{ component: 'entity/order', name: 'it', steps }], scope, model).join(' ');

test('examples may speak of what is there, and of what the change brings', () =>
  assert.equal(
    problems(
      ada,
      {
        create: 'order',
        as: 'first',
        with: { customer: 'ada', lines: [{ product: 'tea', quantity: 1, unitPrice: '1.00' }] },
        then: { total: '1.00' },
      },
      { call: 'payOrder', on: 'first', with: { anything: 1 } },
      { after: '30 days' },
      { sent: 'mail.example', then: [] },
      { read: 'first', by: 'clerk', then: { paidOn: '2026-01-15', version: 2 } },
      { update: 'first', with: { nonsense: 1 }, then: { refused: 'invalid' } },
    ),
    '',
  ));
for (const [name, step, words] of [
  ['an entity', { create: 'suplier', with: {} }, /no such entity/],
  ['a field', { create: 'order', with: { custmer: 'ada' } }, /order.custmer, and there is no such field/],
  ['a field of a list', { create: 'order', with: { lines: [{ amount: 1 }] } }, /order.lines\/amount/],
  ['an operation', { call: 'cancelOrder' }, /no such operation/],
  ['a view', { show: 'late', then: [] }, /no such view/],
  ['a role', { ...ada, by: 'admin' }, /names admin as who does it/],
  ['a row', { read: 'bob', then: {} }, /row "bob" that no step before/],
  ['a refusal', { ...ada, then: { refused: 'nope' } }, /refusal "nope"/],
  ['a step', { destroy: 'customer' }, /exactly one of/],
  ['a member of a step', { ...ada, given: 1 }, /has no given/],
  ['an address', { ...ada, http: '/api/customers' }, /a method and an address/],
  ['what comes back', { ...ada, http: 'POST /api/customers', then: { name: 'Ada' } }, /then has status, headers and body alone/],
  ['what was sent', { sent: 'mail.example', then: {} }, /the list of all that left/],
  ['a time', { after: '1 month' }, /in minutes, hours or days/],
] as const)
  test(`${name} that is invented is told`, () => assert.match(problems(step as JsonObject), words));
test('an example stands beside a component of the scope, under a name of its own', () => {
  const twice = exampleProblems(
    [
      { component: 'entity/order', name: 'a', steps: [ada] },
      { component: 'entity/order', name: 'a', steps: [ada] },
    ],
    scope,
    model,
  );
  assert.match(twice.join(' '), /name of another/);
  assert.match(
    exampleProblems([{ component: 'entity/product', name: 'a', steps: [ada] }], scope, model).join(' '),
    /components does not name/,
  );
});

test('a stated share is hidden: at least one of three, never all', () => {
  assert.deepEqual(
    [0, 1, 2, 3, 5, 10].map((count) => hiddenCount(count, 0.3)),
    [0, 0, 0, 1, 1, 3],
  );
  assert.deepEqual(
    [2, 3, 10].map((count) => hiddenCount(count, 0)),
    [0, 0, 0],
  );
  assert.deepEqual(
    [2, 3].map((count) => hiddenCount(count, 0.9)),
    [1, 2],
  );
});
test('the same change hides the same ones again, another one others', () => {
  const examples = Array.from({ length: 10 }, (_, at) => ({ component: 'entity/order', name: `e${at}`, steps: [ada] }));
  const hidden = (change: string): string =>
    acceptanceOf(examples, change, 0.3)
      .map((example) => (example.hidden ? 1 : 0))
      .join('');
  assert.equal(hidden('ch_1'), hidden('ch_1'));
  assert.ok(new Set(['ch_1', 'ch_2', 'ch_3', 'ch_4'].map(hidden)).size > 1);
});

test('an outline puts what the question speaks of first, and keeps to its tokens', () => {
  assert.match(outline(model, 'stock of products', 2_000), /^entity\/product \(products\): sku text required unique, /);
  const short = outline(model, 'invoice', 60);
  assert.ok(short.length < 60 * 4 + 120, short);
  assert.match(short, /Others: |And \d+ more/);
});
