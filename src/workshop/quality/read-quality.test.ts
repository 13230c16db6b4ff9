/** What people say of speed, time and memory: read wholly, asked back, or left to others. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readSystem } from '#model/read';
import { listsIn } from './operation.ts';
import { indexFor, readsOf } from './questions.ts';
import { readQuality } from './read-quality.ts';
import { questionWords } from './subject.ts';

const root = new URL('../../../systems/shop/', import.meta.url);
const files = Object.fromEntries(
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') || path === 'theseus.json')
    .map((path) => [path, readFileSync(new URL(path, root), 'utf8')]),
);
const reading = readSystem(files);
if (!reading.ok) throw new Error('the shop does not read');
const { model } = reading;

/** What is read, said shortly. */
function said(text: string): string {
  const wish = readQuality(text, model);
  if (wish === undefined) return 'left';
  switch (wish.kind) {
    case 'memory':
      return `memory ${wish.entity?.name ?? 'all'}`;
    case 'operation':
      return `operation ${wish.name}`;
    case 'unclear':
      return `unclear ${wish.entity.name}`;
    default: {
      const { entity, question } = wish.subject;
      return `${wish.kind}${wish.kind === 'within' ? ` ${wish.milliseconds}` : ''} ${questionWords(question, entity, model)}${question === undefined ? '?' : ''}`;
    }
  }
}
const cases: readonly (readonly [string, string])[] = [
  ['make listing invoices faster', 'faster listing invoices?'],
  ['Make listing invoices faster.', 'faster listing invoices?'],
  ['Could you please speed up our invoices?', 'faster listing invoices?'],
  ['The list of invoices is slow.', 'faster listing invoices?'],
  ['Our customers should load faster', 'faster listing customers?'],
  ['listing orders by customer is slow', 'faster listing orders by customer'],
  ['Listing the orders of a customer takes too long.', 'faster listing orders by customer'],
  ['searching products by name is slow', 'faster searching products'],
  ['Finding products takes ages!', 'faster searching products'],
  ['Showing unpaid invoices is too slow', 'faster listing invoices by paid'],
  ['opening open orders takes very long', 'faster listing orders by status'],
  [
    'Make listing orders by customer sorted by placed on, newest first, faster',
    'faster listing orders by customer sorted by placed on descending',
  ],
  ['sorting products by stock is slow', 'faster listing products sorted by stock ascending'],
  ['Listing products by stock, largest first, is slow.', 'faster listing products sorted by stock descending'],
  ['Make reading one invoice faster.', 'faster reading one invoice'],
  ['invoices must answer in 50 ms', 'within 50 listing invoices?'],
  ['Orders have to load in under 0.2 seconds.', 'within 200 listing orders?'],
  ['Listing orders must not take longer than 100 milliseconds', 'within 100 listing orders?'],
  ['Searching products should take at most 50ms', 'within 50 searching products'],
  ['Invoices need not answer within a given time.', 'anyhow listing invoices?'],
  ['Invoices no longer have to answer in 50 ms', 'anyhow listing invoices?'],
  ['Can you make the invoice list load faster?', 'faster listing invoices?'],
  ['The orders page takes too long to load', 'faster listing orders?'],
  ['The product search is slow', 'faster searching products'],
  ['It takes ages to list the orders of a customer', 'faster listing orders by customer'],
  ['Orders are slow to load', 'faster listing orders?'],
  ['The response time of invoices must be below 50 ms', 'within 50 listing invoices?'],
  ['use less RAM', 'memory all'],
  ['use less memory', 'memory all'],
  ['The system should use less memory.', 'memory all'],
  ['Reduce the memory usage of orders', 'memory order'],
  ['Stop keeping the index for listing orders by status.', 'without-index listing orders by status'],
  ['placing orders is slow', 'operation placeOrder'],
  ['Make listing invoices by phase of the moon faster', 'unclear invoice'],
  ['invoices of our best friends must answer in 50 ms', 'unclear invoice'],
  ['make it faster', 'left'],
  ['Gold customers get 10% off orders over 500.', 'left'],
  ['Orders must be shipped within 2 days', 'left'],
  ['A customer must answer within 3 days', 'left'],
  ['Slow orders are marked as late', 'left'],
  ['Delivery is slow when it rains, note it with the order', 'left'],
];
for (const [text, expected] of cases) test(`"${text}" is ${expected}`, () => assert.equal(said(text), expected));

test('every read that can be named is named in words that are read to it again', () => {
  let count = 0;
  for (const entity of model.entities)
    for (const question of readsOf(entity, model)) {
      const words = questionWords(question, entity, model);
      const wish = readQuality(`Make ${words} faster.`, model);
      assert.ok(wish?.kind === 'faster', words);
      const bare = question.kind === 'list' && question.filter.length + question.sort.length === 0;
      assert.deepEqual(wish.subject.question, bare ? undefined : question, words);
      count += 1;
    }
  assert.ok(count > 15);
});

test('the lists that a body asks for are found in its text, and nothing else of it', () => {
  const code = `async run({ data, row }) {
    const last = await data.invoice.list({ sort: '-number', limit: 1 });
    const own = await data.order.list({ filters: [{ field: 'status', op: 'eq', value: 'open' }, { field: 'total', op: 'ge', value: 5 }], sort: '-placedOn' });
    return data.order.get(row.id) ?? data.nobody.list({ sort: 'x' }) ?? data.order.list({ filters: [{ field: 'lines', op: 'eq', value: 1 }] });
  }`;
  const found = [...listsIn(code, model)].flatMap(([entity, questions]) =>
    questions.map((question) => questionWords(question, entity, model)),
  );
  assert.deepEqual(found, ['listing invoices sorted by number descending', 'listing orders by status sorted by placed on descending']);
});

test('an index is for exactly that read, or it is said why there can be none', () => {
  const order = model.entities.find(({ name }) => name === 'order');
  const product = model.entities.find(({ name }) => name === 'product');
  assert.ok(order !== undefined && product !== undefined);
  const why = (text: string): string => {
    const wish = readQuality(text, model);
    assert.ok(wish?.kind === 'faster' && wish.subject.question !== undefined, text);
    const found = indexFor(wish.subject.question, wish.subject.entity, model);
    return 'why' in found ? found.why : JSON.stringify(found.index);
  };
  assert.match(why('listing orders sorted by total is slow'), /total is computed when it is read/);
  assert.match(why('listing products sorted by category is slow'), /category may be longer than an index holds/);
  assert.equal(why('listing orders by status is slow'), '{"filter":["f_ostat"],"sort":[]}');
  assert.equal(why('searching products is slow'), '{"search":true}');
  assert.match(why('reading one order is slow'), /by its id/);
});
