import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { randomUUIDv7 } from 'node:crypto';
import { type Call, Fault, instant, isRefusal, type Refusal } from '#kernel';
import { callBy, given, refused } from '../conformance/suite.ts';
import { type PostgresStore, postgresStore } from '../conformance/postgres-store.ts';
import { ids, shopModel } from '../conformance/shop-model.ts';
import { isFencedOut } from '../fenced-out.ts';
import { prepareModel } from '../prepare/prepare-model.ts';
import type { PlainRow } from '../row.ts';
import type { WriteTransaction } from './transaction.ts';

let shop: PostgresStore;
const prepared = prepareModel(shopModel);
before(async () => {
  shop = await postgresStore(16);
});
after(async () => shop.close());

const write = async <Value>(body: (tx: WriteTransaction) => Promise<Value | Refusal>, call: Call = callBy()): Promise<Value | Refusal> => {
  const written = await shop.store.write(call, prepared, {}, body);
  return isRefusal(written) ? written : written.value;
};
const stockOf = async (id: string): Promise<unknown> => given(await shop.store.read.get(callBy(), prepared, ids.product, id))['stock'];
let made = 0;
async function shelf(stock: number): Promise<{ readonly product: PlainRow; readonly customer: PlainRow }> {
  made += 1;
  return given(
    await write(async (tx) => ({
      product: given(await tx.create(ids.product, { sku: `P${made}`, name: 'Tea', price: 100, stock })),
      customer: given(await tx.create(ids.customer, { name: 'Ada' })),
    })),
  );
}
/** What an operation does that takes from the stock and makes an order. */
const place =
  (product: string, customer: string) =>
  async (tx: WriteTransaction): Promise<PlainRow | Refusal> => {
    const row = given(await tx.get(ids.product, product));
    const stock = Number(row['stock']);
    if (stock < 1) return { refused: true, code: 'conflict', why: 'none left' };
    given(await tx.update(ids.product, product, { stock: stock - 1 }));
    return tx.create(ids.order, { customer, lines: [{ product, quantity: 1, unitPrice: Number(row['price']) }] });
  };

/** Locks go right behind the commit, so that they may be there for a moment when its answer is here: asked of the database, a bounded number of times. */
async function locksHeld(): Promise<number> {
  let held = 1;
  for (let asked = 0; asked < 1_000 && held > 0; asked += 1)
    held = Number((await shop.owner.query("select count(*)::int as held from pg_locks where locktype = 'advisory'")).rows[0].held);
  return held;
}

test('fifty orders of one product at once never pass the stock, and all end within their deadline', async () => {
  const { product, customer } = await shelf(20);
  const deadline = Date.now() + 10_000;
  const results = await Promise.all(
    Array.from({ length: 50 }, () =>
      write(place(product.id, customer.id), callBy(['manager'], { component: 'operation/placeOrder', deadline: instant(deadline) })),
    ),
  );
  assert.ok(Date.now() < deadline);
  const refusals = results.filter(isRefusal);
  assert.deepEqual(new Set(refusals.map(({ code }) => code)), new Set(['conflict']));
  assert.equal(results.length - refusals.length, 20);
  assert.equal(await stockOf(product.id), 0);
});

test('two simultaneous cancellations return the stock once', async () => {
  const { product, customer } = await shelf(5);
  const order = given(await write(place(product.id, customer.id)));
  const cancel = async (tx: WriteTransaction): Promise<PlainRow | Refusal> => {
    const row = given(await tx.get(ids.order, order.id));
    if (row['status'] !== 'open') return { refused: true, code: 'state-forbids', why: 'not open' };
    for (const line of row['lines'] as readonly PlainRow[]) {
      const at = given(await tx.get(ids.product, String(line['product'])));
      given(await tx.update(ids.product, at.id, { stock: Number(at['stock']) + Number(line['quantity']) }));
    }
    return tx.update(ids.order, order.id, { status: 'cancelled' }, { by: ids.cancel });
  };
  const results = await Promise.all([write(cancel), write(cancel)]);
  assert.equal(results.filter((result) => isRefusal(result)).length, 1);
  assert.equal(await stockOf(product.id), 5);
});

test('two rows with the same unique value made at once: one stays', async () => {
  const results = await Promise.all(
    Array.from({ length: 8 }, () => write((tx) => tx.create(ids.product, { sku: 'once', name: 'x', price: 1 }))),
  );
  assert.equal(results.filter((result) => !isRefusal(result)).length, 1);
});

test('no lock on a unique value outlives its call, however that ended', async () => {
  const unique = (sku: string, more: Partial<Call> = {}): Promise<unknown> =>
    write((tx) => tx.create(ids.product, { sku, name: 'x', price: 1 }), callBy(['manager'], more)).catch(() => undefined);
  await Promise.all([
    ...Array.from({ length: 12 }, (_, index) => unique(`locked ${index % 3}`)),
    unique('fenced', { activation: 4_711 }),
    unique('late', { deadline: instant(Date.now() + 5) }),
  ]);
  await write(async (tx) => {
    given(await tx.create(ids.product, { sku: 'thrown', name: 'x', price: 1 }));
    throw new Error('the component failed');
  }).catch(() => undefined);
  given(await write((tx) => tx.create(ids.product, { sku: 'thrown', name: 'x', price: 1 })));
  assert.equal(await locksHeld(), 0);
});

test('a row is not deleted while another call makes a reference to it', async () => {
  const { product, customer } = await shelf(5);
  const results = await Promise.all([
    write((tx) => tx.delete(ids.product, product.id)),
    write((tx) => tx.create(ids.order, { customer: customer.id, lines: [{ product: product.id, quantity: 1, unitPrice: 1 }] })),
  ]);
  assert.equal(results.filter((result) => isRefusal(result)).length, 1);
});

test('the same key at once acts once, and both are answered the same', async () => {
  const idempotency = { operation: 'create e_prod', key: 'twice', body: 'b' };
  const results = await Promise.all(
    Array.from({ length: 6 }, () =>
      shop.store.write(callBy(), prepared, { idempotency }, (tx) => tx.create(ids.product, { sku: 'keyed', name: 'x', price: 1 })),
    ),
  );
  const values = results.map((result) => given(result));
  assert.equal(values.filter(({ replayed }) => !replayed).length, 1);
  assert.equal(new Set(values.map(({ value }) => value.id)).size, 1);
});

test('a write for a closed activation is fenced out and leaves nothing', async () => {
  await shop.kernel.query("insert into theseus.live (activation, generation, state) values (17, 'old', 'closed')");
  for (const activation of [17, 99]) {
    await assert.rejects(
      write((tx) => tx.create(ids.product, { sku: `closed ${activation}`, name: 'x', price: 1 }), callBy(['manager'], { activation })),
      (error: unknown) => isFencedOut(error) && error.code === 'serialization' && error.activation === activation,
    );
    assert.equal(
      given(
        await shop.store.read.list(callBy(), prepared, ids.product, {
          filters: [{ field: 'sku', op: 'eq', value: `closed ${activation}` }],
        }),
      ).items.length,
      0,
    );
  }
});

test('a close waits for the writes that entered, and those that come after it are fenced out', async () => {
  await shop.kernel.query("insert into theseus.live (activation, generation, state) values (18, 'g', 'serving')");
  const call = callBy(['manager'], { activation: 18 });
  let closing: Promise<unknown> = Promise.resolve();
  let closed = false;
  given(
    await write(async (tx) => {
      given(await tx.create(ids.product, { sku: 'before the close', name: 'x', price: 1 }));
      await shop.kernel.query("update theseus.live set state = 'closed' where activation = 18");
      closing = shop.kernel.query('begin; lock table theseus.fence_2 in access exclusive mode; commit').then(() => {
        closed = true;
      });
      await shop.kernel.query('select 1');
      assert.equal(closed, false);
      return null;
    }, call),
  );
  await closing;
  await assert.rejects(
    write((tx) => tx.create(ids.product, { sku: 'after the close', name: 'x', price: 1 }), call),
    isFencedOut,
  );
});

test('a deadline that has passed is answered, and a body that waits for its turn too long is ended', async () => {
  refused(
    await write(
      (tx) => tx.create(ids.product, { sku: 'late', name: 'x', price: 1 }),
      callBy(['manager'], { deadline: instant(Date.now() - 1) }),
    ),
    'deadline',
  );
  await shop.kernel.query('select 1');
  const holder = await shop.owner.connect();
  await holder.query('begin; lock table theseus.fence_1 in access exclusive mode');
  refused(
    await write(
      (tx) => tx.create(ids.product, { sku: 'held', name: 'x', price: 1 }),
      callBy(['manager'], { deadline: instant(Date.now() + 300) }),
    ),
    'deadline',
  );
  await holder.query('rollback');
  holder.release();
});

test('the journal holds both images by permanent ids, and the outbox events in the shape of CloudEvents', async () => {
  const { product } = await shelf(3);
  const call = callBy(['manager'], { component: 'operation/restock', change: null });
  given(
    await write(async (tx) => {
      given(await tx.update(ids.product, product.id, { stock: 9 }));
      await tx.emit('restocked', { stock: 9 });
      return null;
    }, call),
  );
  const journal = (await shop.owner.query('select * from theseus.journal where call = $1', [call.call])).rows as {
    readonly [column: string]: unknown;
  }[];
  assert.equal(journal.length, 1);
  const [entry] = journal;
  assert.deepEqual(
    [entry?.['entity'], entry?.['row'], entry?.['action'], entry?.['component'], entry?.['caller']],
    ['e_prod', product.id, 'update', 'operation/restock', 'manager'],
  );
  assert.equal((entry?.['before'] as { readonly [field: string]: unknown } | undefined)?.['f_pstock'], 3);
  assert.equal((entry?.['after'] as { readonly [field: string]: unknown } | undefined)?.['f_pstock'], 9);
  const events = (await shop.owner.query('select * from theseus.outbox where call = $1 order by seq', [call.call])).rows as {
    readonly [column: string]: unknown;
  }[];
  assert.deepEqual(
    events.map((event) => [event['specversion'], event['type'], event['source'], event['subject']]),
    [
      ['1.0', 'shop.product.updated', '/shop', product.id],
      ['1.0', 'shop.event.restocked', '/shop', null],
    ],
  );
});

test('without a caller the data login sees no row, and it cannot touch tables, fences or live', async () => {
  await shelf(1);
  const pg = (await import('pg')).default;
  const data = new pg.Client({ connectionString: shop.urls.data });
  await data.connect();
  try {
    const view = prepared.row(ids.product).view;
    assert.equal((await data.query(`select * from ${view}`)).rowCount, 0);
    for (const text of [
      'select * from e.e_prod',
      'update theseus.live set activation = 5',
      'lock table theseus.fence_0 in access exclusive mode',
      'select * from theseus.journal',
      'create table v.x (y int)',
      `update ${prepared.row(ids.order).view} set total = 1`,
    ]) {
      await assert.rejects(data.query(`begin; ${text}; commit`), text);
      await data.query('rollback');
    }
    const workshop = new pg.Client({ connectionString: shop.urls.workshop, options: '-c theseus.caller=workshop' });
    await workshop.connect();
    assert.ok(((await workshop.query(`select name from ${prepared.row(ids.customer).view}`)).rowCount ?? 0) > 0);
    await assert.rejects(workshop.query(`select note from ${prepared.row(ids.customer).view}`), /permission denied/);
    await workshop.end();
  } finally {
    await data.end();
  }
});

test('a connection that is ended under a write is a Fault that says so, and the next write works', async () => {
  const pg = (await import('pg')).default;
  // a login may end its own sessions
  const ending = new pg.Client({ connectionString: shop.urls.data });
  await ending.connect();
  await assert.rejects(
    write(async (tx) => {
      given(await tx.create(ids.product, { sku: 'ended', name: 'x', price: 1 }));
      const { rowCount } = await ending.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'theseus_data' and xact_start is not null and pid <> pg_backend_pid()",
      );
      assert.equal(rowCount, 1);
      return tx.create(ids.product, { sku: 'ended too', name: 'x', price: 1 });
    }),
    (error: unknown) => error instanceof Fault && error.code === 'database-unavailable',
  );
  await ending.end();
  given(await write((tx) => tx.create(ids.product, { sku: randomUUIDv7(), name: 'x', price: 1 })));
  assert.equal(
    given(
      await shop.store.read.list(callBy(), prepared, ids.product, { filters: [{ field: 'sku', op: 'in', value: ['ended', 'ended too'] }] }),
    ).items.length,
    0,
  );
});

test('no lock on a unique value outlives a call that failed as late as its records', async () => {
  const keyed = (sku: string, body: string): Promise<unknown> =>
    shop.store.write(
      callBy(['manager'], { component: 'entity/product' }),
      prepared,
      { idempotency: { operation: 'create e_prod', key: 'late', body } },
      (tx) => tx.create(ids.product, { sku, name: 'x', price: 1 }),
    );
  given((await keyed('late key 1', 'a')) as { readonly value: PlainRow });
  refused(await keyed('late key 2', 'b'), 'idempotency-mismatch');
  assert.equal(await locksHeld(), 0);
});

test('what was written and has not left yet is seen by the reads of its call, and undone with it', async () => {
  const { product, customer } = await shelf(5);
  const seen = given(
    await write(async (tx) => {
      given(await tx.update(ids.product, product.id, { stock: 4 }));
      const order = given(
        await tx.create(ids.order, { customer: customer.id, lines: [{ product: product.id, quantity: 1, unitPrice: 7 }] }),
      );
      given(await tx.update(ids.product, product.id, { stock: 3 }));
      const { items } = given(await tx.list(ids.product, { filters: [{ field: 'id', op: 'eq', value: product.id }] }));
      const spent = given(await tx.get(ids.customer, customer.id))['spent'];
      return { stock: items[0]?.['stock'], version: items[0]?.version, total: order['total'], spent };
    }),
  );
  assert.deepEqual(seen, { stock: 3, version: 3, total: 7, spent: 7 });
  refused(
    await write(async (tx) => {
      given(await tx.update(ids.product, product.id, { stock: 1 }));
      return { refused: true, code: 'conflict', why: 'no' } as Refusal;
    }),
    'conflict',
  );
  assert.equal(await stockOf(product.id), 3);
});

test('a reference to what is not there is told to the body, whatever it wrote before', async () => {
  const { product } = await shelf(5);
  const nowhere = randomUUIDv7();
  let runs = 0;
  const told: unknown[] = [];
  const answer = await write(async (tx) => {
    runs += 1;
    given(await tx.update(ids.product, product.id, { stock: 4 }));
    const referring = await tx.create(ids.customer, { name: 'Bob', referredBy: nowhere });
    told.push(isRefusal(referring) ? referring.code : 'made');
    return isRefusal(referring) ? { stock: 4 } : referring;
  });
  // the row that was refused is undone by itself, and the rest stays
  assert.deepEqual(given(answer), { stock: 4 });
  assert.equal(told.at(-1), 'invalid');
  assert.ok(runs <= 3);
  assert.equal(await stockOf(product.id), 4);
});

test('of an order whose lines name what is not there nothing stays, and its refusal names each place', async () => {
  const { product, customer } = await shelf(5);
  const nowhere = randomUUIDv7();
  const refusal = refused(
    await write(async (tx) => {
      given(await tx.update(ids.product, product.id, { stock: 4 }));
      return tx.create(ids.order, {
        customer: customer.id,
        lines: [
          { product: product.id, quantity: 1, unitPrice: 1 },
          { product: nowhere, quantity: 1, unitPrice: 1 },
        ],
      });
    }),
    'invalid',
  );
  assert.deepEqual(Object.keys((refusal.evidence as { readonly fields: object }).fields), ['lines[1].product']);
  assert.equal(await stockOf(product.id), 5);
});

test('lists of a new row of any length keep their order, and its call its records', async () => {
  const { product, customer } = await shelf(1);
  for (const length of [1, 2, 8, 9, 30]) {
    const call = callBy();
    const lines = Array.from({ length }, (_, index) => ({ product: product.id, quantity: index + 1, unitPrice: 1 }));
    const order = given(await write((tx) => tx.create(ids.order, { customer: customer.id, lines }), call));
    const kept = given(await shop.store.read.get(callBy(), prepared, ids.order, order.id));
    assert.deepEqual(kept, order);
    assert.deepEqual(
      (kept['lines'] as readonly PlainRow[]).map((line) => line['quantity']),
      lines.map(({ quantity }) => quantity),
    );
  }
  for (const changes of [1, 3, 4, 5]) {
    const call = callBy();
    given(
      await write(async (tx) => {
        for (let index = 0; index < changes; index += 1) given(await tx.create(ids.customer, { name: `N${index}` }));
        return null;
      }, call),
    );
    const { rows } = await shop.owner.query(
      `select (select array_agg(after->>'f_cname' order by id) from theseus.journal where call = $1) as journal,
       (select count(*)::int from theseus.outbox where call = $1 and type = 'shop.customer.created') as events`,
      [call.call],
    );
    assert.deepEqual(rows[0], { journal: Array.from({ length: changes }, (_, index) => `N${index}`), events: changes });
  }
});
