import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seeded } from '../load/quantiles.ts';
import { type Exchange, judge, type World } from './judge.ts';
import { type Meaning, shop, withDiscount, withField } from './meaning.ts';
import { drawChange, familyNames } from './sentences.ts';

const euro = (amount: string): unknown => ({ amount, currency: 'EUR' });
const ada = { id: 'ada', version: 1, name: 'Ada', email: null, tier: 'gold', creditLimit: euro('5000.00') };
const tea = { id: 'tea', version: 1, sku: 'T', name: 'Tea', category: null, price: euro('100.00'), stock: 10 };
const lines = [{ product: 'tea', quantity: 6, unitPrice: euro('100.00') }];
const order = {
  id: 'order',
  version: 1,
  customer: 'ada',
  placedOn: null,
  status: 'open',
  lines: [{ id: 'l1', ...lines[0] }],
  total: euro('600.00'),
};
const invoice = { id: 'invoice', version: 1, order: 'order', number: 'N1', issueDate: '2026-01-31', total: euro('600.00'), paid: false };

/** A world in which Ada has an open order over 600 and an invoice. */
function shopWorld(): World {
  const world: World = new Map();
  for (const [what, body, answer] of [
    ['customer', { name: 'Ada', tier: 'gold', creditLimit: euro('5000.00') }, ada],
    ['product', { sku: 'T', name: 'Tea', price: euro('100.00'), stock: 10 }, tea],
    ['order', { customer: 'ada', lines }, order],
    ['invoice', { order: 'order', number: 'N1', issueDate: '2026-01-31', total: euro('600.00') }, invoice],
  ] as const) {
    assert.equal(judge({ kind: 'create', what, body, status: 201, answer }, shop, world), null);
  }
  return world;
}
const get = (what: string, answer: object, status = 200): Exchange => ({
  kind: 'get',
  what,
  id: String((answer as { id?: string }).id),
  status,
  answer: answer as Exchange['answer'],
});
const gold: Meaning = withDiscount(shop, { key: 'd', tier: 'gold', percent: 10, from: 50_000, strict: true });
const changed = (sentence: RegExp, meaning: Meaning = shop): Meaning => {
  for (let turn = 0; turn < 10_000; turn += 1) {
    const drawn = drawChange(meaning, seeded(turn), turn % familyNames.length, 'c');
    if (sentence.test(drawn.sentence)) return drawn.then;
  }
  throw new Error(`no draw is like ${sentence.source}`);
};

test('a row is right as it was written, and wrong with another value, without a field, or with one too many', () => {
  const world = shopWorld();
  assert.equal(judge(get('customer', ada), shop, world), null);
  const { email: _, ...without } = ada;
  for (const wrong of [
    { ...ada, name: 'Adam' },
    without,
    { ...ada, phone: null },
    { ...ada, version: 0 },
    { ...ada, creditLimit: euro('5000.01') },
  ])
    assert.notEqual(judge(get('customer', wrong), shop, world), null, JSON.stringify(wrong));
  assert.notEqual(judge(get('customer', ada, 404), shop, world), null, 'an acknowledged row that is gone');
  assert.notEqual(judge(get('customer', { id: 'nobody' }), shop, world), null, 'a row that nobody made');
});

test('a derived value follows its generation, and is wrong before it, after it, or miscounted', () => {
  const world = shopWorld();
  const due = changed(/^Add a due date to invoices, 30 days/);
  assert.equal(judge(get('invoice', { ...invoice, dueDate: '2026-03-02' }), due, world), null);
  assert.notEqual(judge(get('invoice', { ...invoice, dueDate: '2026-03-01' }), due, world), null);
  assert.notEqual(judge(get('invoice', invoice), due, world), null, 'the new generation without the field');
  assert.notEqual(judge(get('invoice', { ...invoice, dueDate: '2026-03-02' }), shop, world), null, 'the old generation with the field');
  assert.notEqual(
    judge({ kind: 'update', what: 'invoice', id: 'invoice', body: { dueDate: '2026-05-01' }, status: 200, answer: invoice }, due, world),
    null,
    'a derived field was written',
  );
});

test('a discount is taken off open orders of the tier, and stays with an order that was paid', () => {
  const world = shopWorld();
  const right = { ...order, subtotal: euro('600.00'), discount: euro('60.00'), total: euro('540.00') };
  assert.equal(judge(get('order', right), gold, world), null);
  assert.notEqual(judge(get('order', { ...right, discount: euro('0.00'), total: euro('600.00') }), gold, world), null);
  assert.equal(
    judge(
      {
        kind: 'update',
        what: 'order',
        id: 'order',
        body: { status: 'paid' },
        status: 200,
        answer: { ...right, version: 2, status: 'paid' },
      },
      gold,
      world,
    ),
    null,
  );
  assert.equal(
    judge(
      {
        kind: 'update',
        what: 'customer',
        id: 'ada',
        body: { tier: 'silver' },
        status: 200,
        answer: { ...ada, tier: 'silver', version: 2 },
      },
      gold,
      world,
    ),
    null,
  );
  assert.equal(judge(get('order', { ...right, version: 2, status: 'paid' }), gold, world), null);
  assert.notEqual(
    judge(get('order', { ...right, version: 2, status: 'paid', discount: euro('0.00'), total: euro('600.00') }), gold, world),
    null,
  );
});

test('a bound must refuse what is over it, and only that', () => {
  const bounded: Meaning = { ...shop, lineMost: 6, orderLimit: 60_000 };
  const update = (quantity: number, status: number): string | null => {
    const line = { product: 'tea', quantity, unitPrice: euro('100.00') };
    return judge(
      {
        kind: 'update',
        what: 'order',
        id: 'order',
        body: { lines: [line] },
        status,
        answer: status === 200 ? { ...order, version: 2, lines: [{ id: 'l2', ...line }], total: euro(`${quantity * 100}.00`) } : {},
      },
      bounded,
      shopWorld(),
    );
  };
  assert.equal(update(6, 200), null);
  assert.equal(update(7, 422), null);
  assert.notEqual(update(7, 200), null);
  assert.notEqual(update(6, 422), null);
  assert.notEqual(update(7, 409), null);
});

test('an approval holds the status until a manager has given it', () => {
  const meaning: Meaning = { ...shop, approval: { key: 'a', from: 50_000, strict: true } };
  const world = shopWorld();
  const pay = (status: number): Exchange => ({
    kind: 'update',
    what: 'order',
    id: 'order',
    body: { status: 'paid' },
    status,
    answer: status === 200 ? { ...order, version: 2, status: 'paid' } : {},
  });
  assert.notEqual(judge(pay(200), meaning, shopWorld()), null);
  assert.equal(judge(pay(409), meaning, world), null);
  assert.notEqual(
    judge({ kind: 'approve', what: 'order', id: 'order', unfit: true, status: 200, answer: order }, meaning, shopWorld()),
    null,
  );
  assert.equal(judge({ kind: 'approve', what: 'order', id: 'order', status: 200, answer: order }, meaning, world), null);
  assert.equal(judge(pay(200), meaning, world), null);
});

test('an action takes back the stock once, and governs its status', () => {
  const meaning = changed(/^An order can be cancelled/);
  const world = shopWorld();
  const cancel = (status: number): Exchange => ({
    kind: 'act',
    what: 'cancel',
    id: 'order',
    status,
    answer: status === 200 ? { ...order, version: 2, status: 'cancelled' } : {},
  });
  assert.notEqual(judge(cancel(200), shop, shopWorld()), null, 'there is no such action yet');
  assert.equal(judge(cancel(200), meaning, world), null);
  assert.notEqual(judge(cancel(200), meaning, world), null, 'cancelled twice');
  assert.equal(judge(get('product', { ...tea, version: 2, stock: 16 }), meaning, world), null);
  assert.notEqual(judge(get('product', { ...tea, version: 2, stock: 22 }), meaning, world), null);
  assert.notEqual(
    judge(
      { kind: 'update', what: 'order', id: 'order', body: { status: 'cancelled' }, status: 200, answer: { ...order, status: 'cancelled' } },
      meaning,
      shopWorld(),
    ),
    null,
  );
});

test('placing an order takes stock, and must be refused where there is too little', () => {
  const world = shopWorld();
  const today = new Date().toISOString().slice(0, 10);
  const placed = { ...order, id: 'second', placedOn: today };
  const place = (quantity: number, status: number): Exchange => ({
    kind: 'place',
    what: 'order',
    body: { customer: 'ada', lines: [{ product: 'tea', quantity }] },
    status,
    answer: status === 201 ? placed : {},
  });
  assert.notEqual(judge(place(11, 201), shop, shopWorld()), null);
  assert.equal(judge(place(11, 409), shop, world), null);
  assert.equal(judge(place(6, 201), shop, world), null);
  assert.equal(judge(get('product', { ...tea, version: 2, stock: 4 }), shop, world), null);
  assert.notEqual(judge(get('product', tea), shop, world), null);
});

test('a view has all own lines with their sums, in its order, and is not there in other generations', () => {
  const meaning = changed(/^Show unpaid invoices by customer/);
  const line = { customer: 'ada', customerName: 'Ada', count: 1, total: euro('600.00') };
  const other = { customer: 'ben', customerName: 'Ben', count: 2, total: euro('700.00') };
  const view = (items: readonly object[], status = 200): Exchange => ({
    kind: 'view',
    what: 'unpaid-invoices-by-customer',
    status,
    answer: { items, next: null },
  });
  assert.equal(judge(view([other, line]), meaning, shopWorld()), null);
  for (const wrong of [
    [line, other],
    [other],
    [other, { ...line, count: 2 }],
    [other, { ...line, total: euro('60.00') }],
    [other, line, line],
  ])
    assert.notEqual(judge(view(wrong), meaning, shopWorld()), null, JSON.stringify(wrong));
  assert.notEqual(judge(view([other, line]), shop, shopWorld()), null);
  assert.equal(judge(view([], 404), shop, shopWorld()), null);
});

test('a list has all rows that fit, no other, sorted', () => {
  const world = shopWorld();
  const second = {
    ...order,
    id: 'second',
    lines: [{ id: 'l3', product: 'tea', quantity: 1, unitPrice: euro('700.00') }],
    total: euro('700.00'),
  };
  assert.equal(
    judge(
      {
        kind: 'create',
        what: 'order',
        body: { customer: 'ada', lines: [{ product: 'tea', quantity: 1, unitPrice: euro('700.00') }] },
        status: 201,
        answer: second,
      },
      shop,
      world,
    ),
    null,
  );
  const list = (items: readonly object[]): string | null =>
    judge(
      {
        kind: 'list',
        what: 'order',
        filter: { field: 'customer', value: 'ada', sort: '-total' },
        status: 200,
        answer: { items, next: null },
      },
      shop,
      world,
    );
  assert.equal(list([second, order]), null);
  for (const wrong of [[order, second], [second], [second, order, order], [second, { ...order, status: 'paid' }]])
    assert.notEqual(list(wrong), null);
});

test('a repeated create answers as the first did; a rename moves the value; a removed field is refused', () => {
  const world = shopWorld();
  const body = { name: 'Ada', tier: 'gold', creditLimit: euro('5000.00') };
  assert.equal(judge({ kind: 'create', what: 'customer', body, repeats: ada, status: 201, answer: ada }, shop, world), null);
  assert.notEqual(
    judge({ kind: 'create', what: 'customer', body, repeats: ada, status: 201, answer: { ...ada, id: 'eve' } }, shop, world),
    null,
  );
  const phone = withField(shop, 'customer', 'phone', { key: '+c.phone', kind: 'text' });
  assert.equal(
    judge(
      { kind: 'update', what: 'customer', id: 'ada', body: { phone: '1' }, status: 200, answer: { ...ada, version: 2, phone: '1' } },
      phone,
      world,
    ),
    null,
  );
  const mobile = withField(withField(phone, 'customer', 'phone', null), 'customer', 'mobile', { key: '+c.phone', kind: 'text' });
  assert.equal(judge(get('customer', { ...ada, version: 2, mobile: '1' }), mobile, world), null);
  assert.notEqual(judge(get('customer', { ...ada, version: 2, mobile: null }), mobile, world), null, 'the value was lost');
  assert.notEqual(
    judge({ kind: 'update', what: 'customer', id: 'ada', body: { phone: '2' }, status: 200, answer: { ...ada, version: 3 } }, shop, world),
    null,
  );
});

test('a seed draws changes of all six families, the same ones each time', () => {
  const draw = (): readonly string[] => {
    const random = seeded(7);
    let meaning = shop;
    return Array.from({ length: 48 }, (_, turn) => {
      const drawn = drawChange(meaning, random, turn % familyNames.length, `c${turn}`);
      meaning = drawn.then;
      return `${drawn.family}: ${drawn.sentence}`;
    });
  };
  assert.deepEqual(draw(), draw());
  assert.deepEqual(new Set(draw().map((line) => line.slice(0, line.indexOf(':')))), new Set(familyNames));
});
