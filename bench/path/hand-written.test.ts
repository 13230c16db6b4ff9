/**
 * The hand-written program, proven from outside: over HTTP, on a throw-away PostgreSQL.
 */
/* oxlint-disable typescript/no-explicit-any -- answers are JSON, and each test asserts what it reads of them */
import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { after, before, test } from 'node:test';
import type pg from 'pg';
import { type HandWritten, startHandWritten } from './hand-written-program.ts';

const customer = '019a0000-0000-7000-8000-000000000001';
const auth = { authorization: 'Bearer secret' };

let hand: HandWritten;
let origin: string;
let db: pg.Client;

before(async () => {
  hand = await startHandWritten();
  db = hand.db;
  origin = `http://127.0.0.1:${hand.port}`;
  await db.query(`INSERT INTO keys VALUES ($1, 'bob', '{clerk}')`, [hash('sha256', 'other', 'buffer')]);
  await db.query(`INSERT INTO customers VALUES ($1, 'Ada', 'ada@example.com', 'gold', 100000)`, [customer]);
});

after(() => hand.stop());

const get = (path: string, headers: Record<string, string> = auth) => fetch(origin + path, { headers });

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(origin + path, {
    method: 'POST',
    headers: { ...auth, 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

let skus = 0;
const input = (changes = {}) => ({
  sku: `sku-${++skus}`,
  name: 'A "quoted" lamp',
  category: 'lamps',
  price: { amount: '12.34', currency: 'EUR' },
  stock: 10,
  ...changes,
});

const make = async (changes = {}) => (await (await post('/api/products', input(changes))).json()) as { id: string };

async function isProblem(response: Response, status: number): Promise<any> {
  assert.equal(response.status, status);
  assert.equal(response.headers.get('content-type'), 'application/problem+json');
  assert.equal(response.headers.get('theseus-generation'), 'hand-written');
  return response.json();
}

const count = async (sql: string, values: unknown[] = []) => Number((await db.query(sql, values)).rows[0].count);

test('a call needs a known key', async () => {
  await isProblem(await get('/api/products', {}), 401);
  await isProblem(await get('/api/products', { authorization: 'Bearer wrong' }), 401);
  await isProblem(await post('/api/products', input(), { authorization: 'Basic secret' }), 401);
});

test('a product is made, journalled and read back', async () => {
  const sent = input();
  const response = await post('/api/products', sent);
  const product: any = await response.json();
  assert.equal(response.status, 201);
  assert.equal(response.headers.get('etag'), '"1"');
  assert.equal(response.headers.get('location'), `/api/products/${product.id}`);
  assert.match(product.id, /^[0-9a-f]{8}-[0-9a-f]{4}-7/);
  assert.deepEqual(product, { id: product.id, ...sent, version: 1 });

  const again = await get(`/api/products/${product.id}`);
  assert.equal(again.headers.get('etag'), '"1"');
  assert.equal(again.headers.get('theseus-generation'), 'hand-written');
  assert.deepEqual(await again.json(), product);

  const { rows } = await db.query('SELECT * FROM journal WHERE row_id = $1', [product.id]);
  assert.equal(rows.length, 1);
  assert.deepEqual([rows[0].caller, rows[0].entity, rows[0].before, rows[0].after.price], ['ada', 'products', null, 1234]);
});

test('what is not there is a 404', async () => {
  await isProblem(await get(`/api/products/${customer}`), 404);
  await isProblem(await get('/api/products/none'), 404);
  await isProblem(await get(`/api/orders/${customer}`), 404);
  await isProblem(await get('/api/nothing'), 404);
});

test('a wrong input is refused, field by field', async () => {
  const { errors } = await isProblem(
    await post('/api/products', { sku: '', name: 7, price: { amount: '1', currency: 'EUR' }, stock: -1, colour: 'red' }),
    422,
  );
  assert.deepEqual(
    errors.map((error: any) => error.field),
    ['sku', 'name', 'category', 'price', 'stock', 'colour'],
  );
  await isProblem(await post('/api/products', '{'), 400);
  await isProblem(await post('/api/products', 'null'), 422);
  await isProblem(await post('/api/products', input(), { 'content-type': 'text/plain' }), 415);
  await isProblem(await post('/api/products', input({ name: 'x'.repeat(1_048_576) })), 413);
  const { sku } = (await make()) as any;
  await isProblem(await post('/api/products', input({ sku })), 409);
});

test('an idempotency key replays its answer, for one caller, operation and body', async () => {
  const sent = input();
  const headers = { 'idempotency-key': 'one' };
  const answers = await Promise.all(Array.from({ length: 8 }, () => post('/api/products', sent, headers)));
  const bodies = await Promise.all(answers.map((answer) => answer.text()));
  assert.deepEqual(new Set(answers.map((answer) => answer.status)), new Set([201]));
  assert.equal(new Set(bodies).size, 1);
  assert.equal(new Set(answers.map((answer) => answer.headers.get('location'))).size, 1);
  assert.equal(await count('SELECT count(*) FROM products WHERE sku = $1', [sent.sku]), 1);

  await isProblem(await post('/api/products', input(), headers), 422);
  const others = await post('/api/products', input(), { ...headers, authorization: 'Bearer other' });
  assert.equal(others.status, 201);
});

test('a list is paged by key', async () => {
  const prices = ['5.00', '7.00', '7.00', '7.00', '9.00'];
  for (const amount of prices) await make({ category: 'paged', price: { amount, currency: 'EUR' } });
  for (const [sort, expected] of [
    ['-price', prices.toReversed()],
    ['price', prices],
  ] as const) {
    const seen: any[] = [];
    let next: string | null = '';
    while (next !== null) {
      const page: any = await (await get(`/api/products?limit=2&sort=${sort}&category[eq]=paged&cursor=${next}`)).json();
      seen.push(...page.items);
      next = page.next;
    }
    assert.deepEqual(
      seen.map((item) => item.price.amount),
      expected,
    );
    assert.equal(new Set(seen.map((item) => item.id)).size, 5);
  }
  const { items }: any = await (await get('/api/products')).json();
  assert.ok(items.length >= 5 && items.length <= 20);
  for (const query of ['limit=0', 'limit=101', 'sort=colour', 'cursor=x', 'colour[eq]=red'])
    await isProblem(await get(`/api/products?${query}`), 422);
});

test('an order takes stock, is journalled and has its total', async () => {
  const one = await make();
  const two = await make({ price: { amount: '0.05', currency: 'EUR' } });
  const sent = {
    customer,
    lines: [
      { product: two.id, quantity: 3 },
      { product: one.id, quantity: 2 },
      { product: two.id, quantity: 1 },
    ],
  };
  const response = await post('/api/orders/place', sent, { 'idempotency-key': 'order' });
  const order: any = await response.json();
  assert.equal(response.status, 201);
  assert.equal(response.headers.get('location'), `/api/orders/${order.id}`);
  assert.deepEqual(order.total, { amount: '24.88', currency: 'EUR' });
  assert.deepEqual(
    order.lines.map((line: any) => [line.position, line.productId, line.quantity, line.unitPrice.amount]),
    [
      [1, two.id, 3, '0.05'],
      [2, one.id, 2, '12.34'],
      [3, two.id, 1, '0.05'],
    ],
  );
  assert.deepEqual([order.customerId, order.status, order.version], [customer, 'placed', 1]);

  const read = await get(`/api/orders/${order.id}`);
  assert.equal(read.headers.get('etag'), '"1"');
  assert.deepEqual(await read.json(), order);

  const product = await get(`/api/products/${two.id}`);
  assert.equal(product.headers.get('etag'), '"2"');
  assert.equal(((await product.json()) as any).stock, 6);

  const call = '(SELECT call FROM journal WHERE row_id = $1)';
  assert.equal(await count(`SELECT count(*) FROM journal WHERE call = ${call}`, [order.id]), 6);
  assert.equal(await count(`SELECT (before->>'stock')::int AS count FROM journal WHERE row_id = $1 AND before IS NOT NULL`, [two.id]), 10);

  const replay = await post('/api/orders/place', sent, { 'idempotency-key': 'order' });
  assert.deepEqual([replay.status, await replay.json()], [201, order]);
});

test('an order is refused whole', async () => {
  const { id: product } = await make({ stock: 5 });
  const orders = await count('SELECT count(*) FROM orders');
  await isProblem(await post('/api/orders/place', { customer, lines: [{ product, quantity: 6 }] }), 409);
  const { errors } = await isProblem(
    await post('/api/orders/place', {
      customer: product,
      lines: [
        { product, quantity: 1 },
        { product: customer, quantity: 1 },
      ],
    }),
    422,
  );
  assert.deepEqual(
    errors.map((error: any) => error.field),
    ['customer', 'lines.1.product'],
  );
  await isProblem(await post('/api/orders/place', { customer, lines: [] }), 422);
  await isProblem(await post('/api/orders/place', { customer, lines: [{ product, quantity: 0 }] }), 422);
  assert.equal(await count('SELECT count(*) FROM orders'), orders);
  assert.equal(await count('SELECT stock AS count FROM products WHERE id = $1', [product]), 5);
});

test('many callers never sell more than there is', async () => {
  const first = await make({ stock: 20 });
  const second = await make({ stock: 20 });
  const placed = await Promise.all(
    Array.from({ length: 60 }, (_, at) => {
      const lines = [first, second].map(({ id }) => ({ product: id, quantity: 1 }));
      return post('/api/orders/place', { customer, lines: at % 2 ? lines : lines.reverse() });
    }),
  );
  const by = (status: number) => placed.filter((response) => response.status === status).length;
  assert.deepEqual([by(201), by(409)], [20, 40]);
  assert.equal(await count('SELECT sum(stock) AS count FROM products WHERE id IN ($1, $2)', [first.id, second.id]), 0);
});

test('it lives on when its connections are cut', async () => {
  await db.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname IS NOT NULL');
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  assert.equal((await get('/api/products')).status, 200);
});
