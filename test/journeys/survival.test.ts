import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startThrowAwaySystem, type ThrowAwaySystem } from '../../scripts/throw-away-system.ts';

let system: ThrowAwaySystem;
before(async () => {
  system = await startThrowAwaySystem({
    samples: false,
    log: (line) => void (process.env['THESEUS_LOG'] && process.stderr.write(`${line}\n`)),
  });
});
after(() => system.stop());

/** Asks until it is answered: a process that was killed is started again by the supervisor. */
async function answered(
  path: string,
  method = 'GET',
  body?: unknown,
): Promise<{ readonly status: number; readonly json: Record<string, unknown> }> {
  const end = Date.now() + 30_000;
  let last = '';
  for (;;) {
    try {
      const answer = await system.call(method, path, body);
      if (answer.status < 500) return answer;
      last = `${answer.status} ${JSON.stringify(answer.json)}`;
    } catch (cause) {
      last = String(cause);
    }
    assert.ok(Date.now() < end, `the system answers again; last: ${last}`);
    await new Promise((done) => setImmediate(done));
  }
}
async function ended(change: string): Promise<Record<string, unknown>> {
  const end = Date.now() + 60_000;
  for (;;) {
    const { json } = await answered(`/_theseus/changes/${change}`);
    if (typeof json['outcome'] === 'string') return json;
    assert.ok(Date.now() < end, `the change ends: ${JSON.stringify(json).slice(0, 400)}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}
const asked = async (sentence: string): Promise<string> =>
  String((await answered('/_theseus/changes', 'POST', { request: sentence })).json['id']);

test('the workshop is killed while a change is under way: the change becomes live, once', async () => {
  const change = await asked('Add a note to customers');
  process.kill(system.pids().workshop, 'SIGKILL');
  assert.equal((await ended(change))['outcome'], 'live');
});

test('the kernel is killed while a change is under way: the change becomes live, and rows that were acknowledged are there', async () => {
  const row = await system.call('POST', '/api/customers', { name: 'Ada' });
  assert.equal(row.status, 201);
  const change = await asked('Add a phone to customers');
  process.kill(system.pids().kernel, 'SIGKILL');
  assert.equal((await ended(change))['outcome'], 'live');
  const again = await answered(`/api/customers/${String(row.json['id'])}`);
  assert.equal(again.json['name'], 'Ada');
  assert.ok('phone' in again.json);
});

test('PostgreSQL is killed: the system answers again, with all that was acknowledged', async () => {
  const row = await system.call('POST', '/api/customers', { name: 'Ben' });
  process.kill(system.pids().postgresql ?? 0, 'SIGKILL');
  const again = await answered(`/api/customers/${String(row.json['id'])}`);
  assert.equal(again.json['name'], 'Ben');
  assert.equal((await ended(await asked('Add a title to customers')))['outcome'], 'live');
});

test('the kernel is killed while the rows of a change go back: all of them do, each once', async () => {
  const made = async (path: string, body: unknown): Promise<string> => String((await answered(path, 'POST', body)).json['id']);
  const customer = await made('/api/customers', { name: 'Cora' });
  const product = await made('/api/products', { sku: 'tea', name: 'Tea', price: { amount: '2.00', currency: 'EUR' }, stock: 500 });
  const change = await asked('An order can be cancelled while it is open; then its lines go back to stock');
  assert.equal((await ended(change))['outcome'], 'live');
  const line = { product, quantity: 2, unitPrice: { amount: '2.00', currency: 'EUR' } };
  const orders = await Promise.all(Array.from({ length: 50 }, () => made('/api/orders', { customer, lines: [line] })));
  for (const order of orders) assert.equal((await answered(`/api/orders/${order}/cancel`, 'POST', {})).status, 200);

  const would = (await answered(`/_theseus/rollback?change=${change}`)).json;
  const rows = would['rows'] as { readonly entities: readonly { readonly entity: string; readonly changed: number }[] };
  assert.deepEqual(rows.entities.map(({ entity, changed }) => [entity, changed]).sort(), [
    ['order', 50],
    ['product', 1],
  ]);
  const { undo } = (await answered('/_theseus/rollback', 'POST', { change, data: 'revert' })).json;
  process.kill(system.pids().kernel, 'SIGKILL');
  for (const end = Date.now() + 30_000; ;) {
    const back = (await answered(`/_theseus/undos/${String(undo)}`)).json['rows'] as { readonly [name: string]: number };
    if (back['putBack'] === 51 && back['waiting'] === 0) break;
    assert.ok(Date.now() < end, JSON.stringify(back));
    await new Promise((done) => setTimeout(done, 50));
  }
  const open = (await answered('/api/orders?status=open&limit=200')).json['items'] as readonly { readonly version: number }[];
  assert.deepEqual([open.length, new Set(open.map(({ version }) => version))], [50, new Set([3])]);
  assert.equal((await answered(`/api/products/${product}`)).json['stock'], 500);
});
