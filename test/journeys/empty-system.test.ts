import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { startThrowAwaySystem, type ThrowAwaySystem } from '../../scripts/throw-away-system.ts';

let system: ThrowAwaySystem;
before(async () => {
  const settings = JSON.parse(readFileSync('systems/shop/theseus.json', 'utf8')) as Record<string, unknown>;
  system = await startThrowAwaySystem({ files: { 'theseus.json': JSON.stringify({ ...settings, name: 'my-system' }) } });
});
after(() => system.stop());

const live = async (sentence: string): Promise<void> => {
  const change = await system.ask(sentence);
  assert.equal(
    change.outcome,
    'live',
    `${sentence}: ${JSON.stringify({ why: change['why'], detail: change['detail'], options: change['options'], evidence: change['outcomeEvidence'] }).slice(0, 1500)}`,
  );
};
const post = async (path: string, body: unknown, key?: string): Promise<Record<string, unknown>> => {
  const answer = await system.call('POST', path, body, key === undefined ? {} : { key });
  assert.ok(answer.status === 201 || answer.status === 200, `${path}: ${answer.status} ${JSON.stringify(answer.json)}`);
  return answer.json;
};
const euro = (amount: string): unknown => ({ amount, currency: 'EUR' });

test('an empty system grows by sentences alone to customers, orders, totals, a discount, cancelling and a view', async () => {
  await live('Track customers with a name, an email and a tier standard, silver or gold');
  await live('Track products with a name, a price and a stock');
  await live(
    'Track orders with a customer, placed on, a status open, paid, shipped or cancelled, and lines with product, quantity and unit price',
  );
  await live('The total of an order is the sum of quantity times unit price of its lines');
  await live('Gold customers get 10% off orders over 500');
  await live('An order can be cancelled while it is open; then its lines go back to stock');
  await live('Show open orders by customer with their total, largest first');

  const gold = await post('/api/customers', { name: 'Ada', tier: 'gold' });
  const plain = await post('/api/customers', { name: 'Ben', tier: 'standard' });
  const tea = await post('/api/products', { name: 'Tea', price: euro('100.00'), stock: 50 });
  const order = (customer: Record<string, unknown>, quantity: number) =>
    post('/api/orders', { customer: customer['id'], lines: [{ product: tea['id'], quantity, unitPrice: euro('100.00') }] });
  assert.deepEqual((await order(gold, 5))['total'], euro('500.00'), 'exactly 500 is not over 500');
  const discounted = await order(gold, 6);
  assert.deepEqual(discounted['total'], euro('540.00'));
  assert.deepEqual(discounted['discount'], euro('60.00'));
  assert.deepEqual((await order(plain, 6))['total'], euro('600.00'));

  const cancelled = await system.call('POST', `/api/orders/${String(discounted['id'])}/cancel`, {});
  assert.equal(cancelled.json['status'], 'cancelled', JSON.stringify(cancelled.json));
  assert.equal((await system.call('GET', `/api/products/${String(tea['id'])}`)).json['stock'], 56);
  assert.equal((await system.call('POST', `/api/orders/${String(discounted['id'])}/cancel`, {})).status, 409);
  assert.equal((await system.call('GET', `/api/products/${String(tea['id'])}`)).json['stock'], 56, 'stock is returned once');

  const { items } = (await system.call('GET', '/api/views/open-orders-by-customer')).json;
  assert.deepEqual(
    items?.map((row) => row['total']),
    [euro('600.00'), euro('500.00')],
  );
});

test('two cancellations at once return the stock once', async () => {
  const tea = await post('/api/products', { name: 'Coffee', price: euro('10.00'), stock: 10 });
  const ada = await post('/api/customers', { name: 'Cy' });
  const order = await post('/api/orders', { customer: ada['id'], lines: [{ product: tea['id'], quantity: 3, unitPrice: euro('10.00') }] });
  const answers = await Promise.all([1, 2, 3, 4].map(() => system.call('POST', `/api/orders/${String(order['id'])}/cancel`, {})));
  assert.deepEqual(answers.map((answer) => answer.status).sort(), [200, 409, 409, 409]);
  assert.equal((await system.call('GET', `/api/products/${String(tea['id'])}`)).json['stock'], 13);
});
