/** Sentences make a workflow of a running system: rows go by it over HTTP, whoever writes them, and what must never be is not let live. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Answer, startThrowAwaySystem, type ThrowAwaySystem } from '../../scripts/throw-away-system.ts';

let system: ThrowAwaySystem;
let clerk: string;
before(async () => {
  system = await startThrowAwaySystem({ system: 'systems/shop' });
  clerk = await system.keyFor(['clerk']);
});
after(() => system.stop());

async function order(): Promise<string> {
  const customer = await system.call('POST', '/api/customers', { name: 'Ada' });
  const product = await system.call('POST', '/api/products', {
    sku: `T${performance.now()}`,
    name: 'Tea',
    price: { amount: '60.00', currency: 'EUR' },
  });
  const made = await system.call('POST', '/api/orders', {
    customer: customer.json['id'],
    lines: [{ product: product.json['id'], quantity: 2, unitPrice: { amount: '60.00', currency: 'EUR' } }],
  });
  assert.equal(made.status, 201, JSON.stringify(made.json));
  assert.equal(made.json['status'], 'open');
  return `/api/orders/${String(made.json['id'])}`;
}
const live = async (request: string): Promise<void> => {
  const { outcome, ...rest } = await system.ask(request);
  assert.equal(outcome, 'live', JSON.stringify(rest));
};
const told = ({ status, json }: Answer): readonly unknown[] => [status, json['code'], json['detail']];

test('a workflow asked for in sentences is held to over HTTP by everybody', async () => {
  const old = await order();
  await live('An order goes from open to paid to shipped or cancelled.');
  await live(
    'Only managers may ship an order. An order can only be shipped when its total is over 100. An order must never be shipped before it was paid.',
  );

  const begins = await system.call('POST', '/api/orders', {
    customer: (await system.call('GET', old)).json['customer'],
    status: 'shipped',
  });
  assert.equal(begins.status, 422, JSON.stringify(begins.json));

  // A row that was there before goes on from where it stands.
  for (const path of [old, await order()]) {
    const early = await system.call('PATCH', path, { status: 'shipped' });
    assert.deepEqual([early.status, early.json['code']], [409, 'conflict'], JSON.stringify(told(early)));
    assert.equal((await system.call('PATCH', path, { status: 'paid' }, { key: clerk })).status, 200);
    assert.equal((await system.call('POST', `${path}/ship`, {}, { key: clerk })).status, 403);
    assert.equal((await system.call('PATCH', path, { status: 'shipped' }, { key: clerk })).status, 403);
    const manager = await system.keyFor(['manager']);
    const shipped = await system.call('POST', `${path}/ship`, {}, { key: manager });
    assert.deepEqual([shipped.status, shipped.json['status']], [200, 'shipped'], JSON.stringify(shipped.json));
    assert.equal((await system.call('POST', `${path}/cancel`, {})).status, 409);
  }
});

test('a row that does not meet what is asked stays, and is told in the words of the sentence', async () => {
  const small = await order();
  const { json } = await system.call('GET', small);
  const lines = (json['lines'] as readonly Record<string, unknown>[]).map((line) => ({ ...line, quantity: 1 }));
  assert.equal((await system.call('PATCH', small, { lines, status: 'paid' })).status, 200);
  const manager = await system.keyFor(['manager']);
  const refused = await system.call('POST', `${small}/ship`, {}, { key: manager });
  assert.deepEqual(told(refused).slice(0, 2), [409, 'conflict']);
  assert.match(String(refused.json['detail']), /An order can only be shipped when its total is over 100 EUR/);
});

test('what would break a stated order is not let live, and shows the shortest way there', async () => {
  const { outcome, ...rest } = await system.ask('An order can also go from open to shipped.');
  assert.notEqual(outcome, 'live');
  assert.match(JSON.stringify(rest), /open, ship -> shipped|never shipped before it was paid/);
  const path = await order();
  assert.equal((await system.call('PATCH', path, { status: 'shipped' })).status, 409);
});

test('a step that is added and one that the clock makes go live, and the interface lists the step', async () => {
  await live('An order can also go from shipped to returned. An order that has been open for 30 days is cancelled.');
  const api = await system.call('GET', '/openapi.json');
  assert.ok(JSON.stringify(api.json).includes('/api/orders/{id}/return'));
});
