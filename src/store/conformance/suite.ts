/**
 * What every store promises, as tests that run on each of them: on PostgreSQL and in memory. A store that passes may stand in for
 * the other in trials. `open` gives a fresh, empty store for the shop model.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { randomUUIDv7 } from 'node:crypto';
import { type Call, type Digest, type Expression, instant, isRefusal, type Refusal, type RefusalCode } from '#kernel';
import { linkModel, newDemands } from '#model';
import type { Filter } from '../list-query.ts';
import type { Store } from '../open-store.ts';
import { coveredRows } from '../read/covered-rows.ts';
import { type Prepared, prepareModel } from '../prepare/prepare-model.ts';
import type { PlainRow } from '../row.ts';
import type { WriteTransaction } from '../write/transaction.ts';
import { binary, boolean, constant, contracts, ids, money, orderEntity, read, row, settings, shopModel, unpaid } from './shop-model.ts';

export interface Opened {
  readonly store: Store;
  close(): Promise<void>;
}

/** A call of a caller in these roles. */
export function callBy(roles: readonly string[] = ['manager'], more: Partial<Call> = {}): Call {
  const now = Date.parse('2026-03-01T12:00:00Z');
  return {
    call: randomUUIDv7(),
    caller: { id: roles.join('+'), name: 'Ada', roles },
    generation: `sha256:${'0'.repeat(64)}` as Digest,
    activation: 1,
    component: 'operation/test',
    change: null,
    now: instant(now),
    deadline: instant(Date.now() + 20_000),
    ...more,
  };
}
export function refused(value: unknown, code: RefusalCode): Refusal {
  assert.ok(isRefusal(value), `expected the refusal ${code}, got ${JSON.stringify(value)}`);
  assert.equal(value.code, code, value.why);
  return value;
}
export function given<Value>(value: Value | Refusal): Value {
  assert.ok(!isRefusal(value), `refused: ${isRefusal(value) ? `${value.code}: ${value.why}` : ''}`);
  return value;
}
export const fieldsOf = (refusal: Refusal): { readonly [place: string]: string } =>
  (refusal.evidence as { readonly fields: { readonly [place: string]: string } }).fields;

export function storeConformance(name: string, open: () => Promise<Opened>): void {
  describe(`a store ${name}`, () => {
    let opened: Opened;
    let store: Store;
    const shop = prepareModel(shopModel);
    const promisingNothing = prepareModel(
      linkModel(
        settings,
        contracts.map((contract) => (contract === orderEntity ? { ...orderEntity, invariants: [] } : contract)),
      ),
    );
    before(async () => {
      opened = await open();
      store = opened.store;
    });
    after(async () => opened.close());

    async function write<Value>(
      body: (tx: WriteTransaction) => Promise<Value | Refusal>,
      call: Call = callBy(),
      prepared: Prepared = shop,
    ): Promise<Value | Refusal> {
      const written = await store.write(call, prepared, {}, body);
      return isRefusal(written) ? written : written.value;
    }
    const create = async (entity: keyof typeof ids, values: { readonly [field: string]: unknown }): Promise<PlainRow> =>
      given(await write((tx) => tx.create(ids[entity], values)));
    const update = (
      entity: keyof typeof ids,
      id: string,
      patch: { readonly [field: string]: unknown },
      options = {},
    ): Promise<PlainRow | Refusal> => write((tx) => tx.update(ids[entity], id, patch, options));
    let skus = 0;
    const aProduct = (more = {}): Promise<PlainRow> => create('product', { sku: `S${skus++}`, name: 'Tea', price: 450, ...more });
    const anOrder = async (prices: readonly number[], customer: { readonly [field: string]: unknown } = {}): Promise<PlainRow> => {
      const [buyer, product] = [await create('customer', { name: 'Ada', ...customer }), await aProduct()];
      return create('order', { customer: buyer.id, lines: prices.map((unitPrice) => ({ product: product.id, quantity: 1, unitPrice })) });
    };

    test('a created row is answered whole, with defaults, and reads back the same', async () => {
      const made = await create('product', {
        sku: 'A',
        name: 'Tea',
        price: 450,
        weight: '1.5',
        since: 1_700_000_000_000,
        spec: { b: [1, null], a: 'x' },
      });
      assert.deepEqual(
        { ...made, id: '' },
        {
          id: '',
          version: 1,
          sku: 'A',
          name: 'Tea',
          price: 450,
          stock: 0,
          weight: made['weight'],
          since: 1_700_000_000_000,
          spec: { b: [1, null], a: 'x' },
          active: true,
        },
      );
      assert.deepEqual({ ...given(await store.read.get(callBy(), shop, ids.product, made.id)), weight: 0 }, { ...made, weight: 0 });
      const read = given(await store.read.get(callBy(), shop, ids.product, made.id));
      assert.equal(read['weight'], '1.500');
    });
    test('what is derived follows its formula over lists, references and rows that refer to it', async () => {
      const order = await anOrder([45_000, 10_050], { tier: 'gold' });
      assert.deepEqual(
        [order['subtotal'], order['discount'], order['total'], order['placedOn'], order['dueDate']],
        [55_050, 5_505, 49_545, '2026-03-01', '2026-03-31'],
      );
      const customer = given(await store.read.get(callBy(), shop, ids.customer, String(order['customer'])));
      assert.equal(customer['spent'], 49_545);
    });
    test('a fixed value is kept at the moment when its condition ceases to hold, and rows that were never open show the other value', async () => {
      const order = await anOrder([60_000], { tier: 'gold' });
      const paid = given(await update('order', order.id, { status: 'paid' }));
      assert.deepEqual([paid['discount'], paid['total']], [6_000, 54_000]);
      given(await update('customer', String(order['customer']), { tier: 'standard' }));
      const later = given(await store.read.get(callBy(), shop, ids.order, order.id));
      assert.deepEqual([later['discount'], later['total']], [6_000, 54_000]);
      const open = given(await update('order', order.id, { status: 'open' }));
      assert.deepEqual([open['discount'], open['total']], [0, 60_000]);
      const closed = await create('order', {
        customer: order['customer'],
        status: 'paid',
        lines: [{ product: (await aProduct()).id, quantity: 1, unitPrice: 70_000 }],
      });
      assert.deepEqual([closed['discount'], closed['total']], [0, 70_000]);
    });
    test('every value that does not fit is named with what to write', async () => {
      const no = refused(
        await write((tx) =>
          tx.create(ids.product, { name: '', price: -1, stock: 1.5, weight: '1.23456', active: 'yes', colour: 'red', spec: 'x' }),
        ),
        'invalid',
      );
      assert.deepEqual(Object.keys(fieldsOf(no)).sort(), ['active', 'colour', 'name', 'price', 'sku', 'stock', 'weight']);
      assert.equal(fieldsOf(no)['price'], 'must be at least 0.00');
      const lines = refused(await write((tx) => tx.create(ids.order, { customer: randomUUIDv7(), lines: [{ quantity: 0 }] })), 'invalid');
      assert.deepEqual(Object.keys(fieldsOf(lines)).sort(), ['lines[0].product', 'lines[0].quantity', 'lines[0].unitPrice']);
    });
    test('a derived field, an id and a version cannot be written', async () => {
      const order = await anOrder([100]);
      assert.deepEqual(
        Object.keys(fieldsOf(refused(await update('order', order.id, { total: 1, id: randomUUIDv7(), version: 7 }), 'invalid'))).sort(),
        ['id', 'total', 'version'],
      );
    });
    test('references must exist, also in lists', async () => {
      const missing = randomUUIDv7();
      const no = refused(
        await write(async (tx) => tx.create(ids.order, { customer: missing, lines: [{ product: missing, quantity: 1, unitPrice: 1 }] })),
        'invalid',
      );
      assert.deepEqual(Object.keys(fieldsOf(no)).sort(), ['customer', 'lines[0].product']);
    });
    test('what is unique cannot be taken twice, and its own row may keep it', async () => {
      const one = await aProduct({ sku: 'only' });
      assert.deepEqual(
        Object.keys(fieldsOf(refused(await write((tx) => tx.create(ids.product, { sku: 'only', name: 'x', price: 1 })), 'invalid'))),
        ['sku'],
      );
      given(await update('product', one.id, { sku: 'only', name: 'Green tea' }));
    });
    test('an update changes what it names, and merges items by their ids', async () => {
      const order = await anOrder([100, 200]);
      const [first, second] = order['lines'] as readonly PlainRow[];
      const product = (await aProduct()).id;
      const next = given(
        await update('order', order.id, {
          lines: [
            { id: second?.id, quantity: 5 },
            { product, quantity: 1, unitPrice: 7 },
          ],
        }),
      );
      assert.equal(next.version, 2);
      const lines = next['lines'] as readonly PlainRow[];
      assert.deepEqual(
        lines.map((line) => [line['quantity'], line['unitPrice']]),
        [
          [5, 200],
          [1, 7],
        ],
      );
      assert.equal(lines[0]?.id, second?.id);
      assert.notEqual(lines[1]?.id, first?.id);
      assert.equal(next['total'], 1_007);
      refused(await update('order', order.id, { lines: [{ id: first?.id, quantity: 1 }] }), 'invalid');
      assert.deepEqual(given(await store.read.get(callBy(), shop, ids.order, order.id)), next);
    });
    test('an update that changes nothing is no new version', async () => {
      const order = await anOrder([100]);
      assert.equal(given(await update('order', order.id, { status: 'open' })).version, 1);
    });
    test('another version than the one that was seen is stale', async () => {
      const order = await anOrder([100]);
      given(await update('order', order.id, { placedOn: '2026-01-31' }, { version: 1 }));
      refused(await update('order', order.id, { placedOn: '2026-02-01' }, { version: 1 }), 'stale');
      refused(await write((tx) => tx.delete(ids.order, order.id, { version: 1 })), 'stale');
    });
    test('an invariant over other rows is refused on create and update, and does not stop other work on a row that it never held for', async () => {
      const order = await anOrder([5_000], { creditLimit: 10_000 });
      const line = (order['lines'] as readonly PlainRow[])[0];
      const no = refused(await update('order', order.id, { lines: [{ id: line?.id, quantity: 3 }] }), 'invalid');
      assert.match(no.why, /credit limit/);
      refused(
        await write((tx) =>
          tx.create(ids.order, { customer: order['customer'], lines: [{ product: line?.['product'], quantity: 1, unitPrice: 10_001 }] }),
        ),
        'invalid',
      );
      const lowered = refused(await update('customer', String(order['customer']), { creditLimit: 4_999 }), 'invalid');
      assert.match(lowered.why, /credit limit of its customer\. It would no longer hold for order "2026-03-01"\.$/);
      assert.deepEqual(lowered.evidence, {
        fields: { creditLimit: 'The order is over the credit limit of its customer' },
        invariant: 'withinCreditLimit',
        entity: 'order',
        row: order.id,
      });
      const lowest = (tx: WriteTransaction) => tx.update(ids.customer, String(order['customer']), { creditLimit: 100 });
      given(await write(lowest, callBy(), promisingNothing));
      given(await update('order', order.id, { placedOn: '2026-01-02' }));
      given(await update('customer', String(order['customer']), { creditLimit: 50 }));
      refused(await update('order', order.id, { lines: [{ id: line?.id, quantity: 2 }] }), 'invalid');
    });
    test('a state change that an operation governs is refused to a plain update, which is told the operation', async () => {
      const order = await anOrder([100]);
      const no = refused(await update('order', order.id, { status: 'cancelled' }), 'invalid');
      assert.match(fieldsOf(no)['status'] ?? '', /cancelOrder/);
      assert.equal(given(await update('order', order.id, { status: 'cancelled' }, { by: ids.cancel }))['status'], 'cancelled');
    });
    test('a state change waits for the approval, and an amount that grew asks for it anew', async () => {
      const order = await anOrder([1_000_001]);
      const approve = (roles: readonly string[]): Promise<PlainRow | Refusal> =>
        write((tx) => tx.approve(ids.approval, order.id), callBy(roles));
      refused(await update('order', order.id, { status: 'paid' }), 'approval-needed');
      given(await update('order', order.id, { placedOn: '2026-01-02' }));
      refused(await approve(['clerk']), 'forbidden');
      given(await approve(['manager']));
      const line = (order['lines'] as readonly PlainRow[])[0];
      given(await update('order', order.id, { lines: [{ id: line?.id, quantity: 2 }] }));
      refused(await update('order', order.id, { status: 'paid' }), 'approval-needed');
      refused(await write(async (tx) => (await tx.approvalMissing(ids.approval, order.id)) ?? 'none'), 'approval-needed');
      given(await approve(['manager']));
      assert.equal(given(await update('order', order.id, { status: 'paid' }))['status'], 'paid');
    });
    test('a row that others refer to cannot be deleted, and goes when they are gone', async () => {
      const order = await anOrder([100]);
      const product = String((order['lines'] as readonly PlainRow[])[0]?.['product']);
      assert.deepEqual(refused(await write((tx) => tx.delete(ids.product, product)), 'in-use').evidence, { by: ['orders.lines.product'] });
      given(await write((tx) => tx.delete(ids.order, order.id)));
      given(await write((tx) => tx.delete(ids.product, product)));
      refused(await store.read.get(callBy(), shop, ids.product, product), 'not-found');
    });
    test('a refused call leaves nothing behind, also where its body goes on after a refused write', async () => {
      const sku = `S${skus++}`;
      refused(
        await write(async (tx) => {
          given(await tx.create(ids.product, { sku, name: 'x', price: 1 }));
          return tx.create(ids.product, { sku, name: 'y', price: 1 });
        }),
        'invalid',
      );
      assert.equal(
        given(await store.read.list(callBy(), shop, ids.product, { filters: [{ field: 'sku', op: 'eq', value: sku }] })).items.length,
        0,
      );
      const result = given(
        await write(async (tx) => {
          given(await tx.create(ids.product, { sku, name: 'x', price: 1 }));
          refused(await tx.create(ids.product, { sku, name: 'y', price: 1 }), 'invalid');
          return given(await tx.list(ids.product, { filters: [{ field: 'sku', op: 'eq', value: sku }] })).items.length;
        }),
      );
      assert.equal(result, 1);
      assert.equal(
        given(await store.read.list(callBy(), shop, ids.product, { filters: [{ field: 'sku', op: 'eq', value: sku }] })).items.length,
        1,
      );
    });
    test('a body that throws leaves nothing behind', async () => {
      const sku = `S${skus++}`;
      await assert.rejects(
        write(async (tx) => {
          given(await tx.create(ids.product, { sku, name: 'x', price: 1 }));
          throw new Error('the component failed');
        }),
        /the component failed/,
      );
      assert.equal(
        given(await store.read.list(callBy(), shop, ids.product, { filters: [{ field: 'sku', op: 'eq', value: sku }] })).items.length,
        0,
      );
    });
    test('a count is of all rows that a list would have, whatever its pages, and of those written just now', async () => {
      const name = `counted ${skus++}`;
      const counted = await write(async (tx) => {
        for (const stock of [1, 2, 2]) given(await tx.create(ids.product, { sku: `S${skus++}`, name, price: 1, stock }));
        const of = async (...filters: Filter[]): Promise<number> =>
          given(await tx.count(ids.product, { filters: [{ field: 'name', op: 'eq', value: name }, ...filters] }));
        refused(await tx.count(ids.product, { filters: [{ field: 'nowhere', op: 'eq', value: 1 }] }), 'invalid');
        return [await of(), await of({ field: 'stock', op: 'eq', value: 2 }), await of({ field: 'stock', op: 'gt', value: 2 })];
      });
      assert.deepEqual(given(counted), [3, 2, 0]);
    });
    test('a transaction sees what it wrote', async () => {
      const product = await aProduct({ stock: 5 });
      const seen = given(
        await write(async (tx) => {
          for (const stock of [4, 3]) given(await tx.update(ids.product, product.id, { stock }));
          return [
            given(await tx.get(ids.product, product.id))['stock'],
            given(await tx.list(ids.product, { filters: [{ field: 'stock', op: 'eq', value: 3 }] })).items.length,
          ];
        }),
      );
      assert.deepEqual(seen, [3, 1]);
    });
    test('a repeated key answers the same and acts once; with another body it is refused', async () => {
      const sku = `S${skus++}`;
      const idempotency = { operation: 'create e_prod', key: sku, body: 'one' };
      const first = given(await store.write(callBy(), shop, { idempotency }, (tx) => tx.create(ids.product, { sku, name: 'x', price: 1 })));
      const second = given(
        await store.write(callBy(), shop, { idempotency }, (tx) => tx.create(ids.product, { sku: 'other', name: 'x', price: 1 })),
      );
      assert.deepEqual([first.replayed, second.replayed], [false, true]);
      assert.deepEqual(second.value, first.value);
      refused(
        await store.write(callBy(), shop, { idempotency: { ...idempotency, body: 'two' } }, (tx) =>
          tx.create(ids.product, { sku: 'third', name: 'x', price: 1 }),
        ),
        'idempotency-mismatch',
      );
      given(
        await store.write(callBy(['owner']), shop, { idempotency: { ...idempotency, body: 'two' } }, (tx) =>
          tx.create(ids.product, { sku: `${sku}-b`, name: 'x', price: 1 }),
        ),
      );
    });
    test('roles: who may not read is forbidden, who may not write is forbidden, and sensitive values are left out for the rest', async () => {
      const customer = await create('customer', { name: 'Ada', note: 'pays late' });
      refused(await store.read.get(callBy(['stranger']), shop, ids.customer, customer.id), 'forbidden');
      refused(await store.read.list(callBy([]), shop, ids.customer, {}), 'forbidden');
      assert.equal('note' in given(await store.read.get(callBy(['clerk']), shop, ids.customer, customer.id)), false);
      const lined = await anOrder([5]);
      const noted = (role: string): Promise<boolean> =>
        store.read
          .get(callBy([role]), shop, ids.order, lined.id)
          .then((found) => (given(found)['lines'] as readonly PlainRow[]).some((line) => 'note' in line));
      assert.deepEqual([await noted('clerk'), await noted('manager')], [false, true]);
      assert.equal(given(await store.read.get(callBy(['manager']), shop, ids.customer, customer.id))['note'], 'pays late');
      refused(
        await store.read.list(callBy(['clerk']), shop, ids.customer, { filters: [{ field: 'note', op: 'eq', value: 'pays late' }] }),
        'invalid',
      );
      refused(await store.read.list(callBy(['clerk']), shop, ids.customer, { sort: 'note' }), 'invalid');
      assert.equal(given(await store.read.list(callBy(['clerk']), shop, ids.customer, { q: 'late' })).items.length, 0);
      const direct = { component: 'entity/customer' };
      refused(await write((tx) => tx.update(ids.customer, customer.id, { name: 'B' }), callBy(['viewer'], direct)), 'forbidden');
      assert.equal(
        'note' in given(await write((tx) => tx.update(ids.customer, customer.id, { name: 'B' }), callBy(['clerk'], direct))),
        false,
      );
    });
    test('rules see references of references, rows of their own kind, and what an item derives', async () => {
      const blocked = await anOrder([700], { name: 'Blocked' });
      assert.match(
        refused(await write((tx) => tx.create(ids.invoice, { order: blocked.id, number: `N${skus++}` })), 'invalid').why,
        /blocked customer/,
      );
      const fine = await anOrder([700, 300]);
      const invoice = await create('invoice', { order: fine.id, number: `N${skus++}` });
      refused(await update('invoice', invoice.id, { order: blocked.id }), 'invalid');
      assert.deepEqual(
        (fine['lines'] as readonly PlainRow[]).map((line) => line['amount']),
        [700, 300],
      );
      const first = await create('customer', { name: 'First' });
      const second = await create('customer', { name: 'Second', referredBy: first.id });
      assert.equal(second['referrerName'], 'First');
      assert.equal(given(await update('customer', second.id, { referredBy: null }))['referrerName'], null);
      const self = given(await update('customer', first.id, { referredBy: first.id }));
      assert.equal(given(await store.read.get(callBy(), shop, ids.customer, self.id))['referrerName'], 'First');
      const renamed = given(await update('customer', first.id, { name: 'Renamed' }));
      assert.equal(renamed['referrerName'], 'Renamed');
    });
    test('a rule over what a neighbour derives from other rows counts the row that is written', async () => {
      const limited: Expression = {
        node: 'binary',
        op: 'lessOrEqual',
        type: boolean,
        right: constant(money, 1_000),
        left: read(
          {
            node: 'follow',
            of: read(row(ids.order), 'customer', 'f_ocust', { kind: 'reference', to: ids.customer, optional: false }),
            to: ids.customer,
            type: { kind: 'row', of: ids.customer, optional: false },
          },
          'spent',
          'f_cspent',
          money,
        ),
      };
      const model = linkModel(
        settings,
        contracts.map((contract) =>
          contract === orderEntity
            ? { ...orderEntity, invariants: [{ name: 'spent', holds: limited, message: 'A customer may spend 10.00' }] }
            : contract,
        ),
      );
      await (opened as Opened & { prepare?: (model: typeof shopModel) => Promise<void> }).prepare?.(model);
      const strict = prepareModel(model);
      const order = await anOrder([600]);
      const line = (order['lines'] as readonly PlainRow[])[0];
      const another = (unitPrice: number): Promise<PlainRow | Refusal> =>
        write(
          (tx) => tx.create(ids.order, { customer: order['customer'], lines: [{ product: line?.['product'], quantity: 1, unitPrice }] }),
          callBy(),
          strict,
        );
      refused(await another(401), 'invalid');
      given(await another(400));
      refused(await write((tx) => tx.update(ids.order, order.id, { lines: [{ id: line?.id, quantity: 2 }] }), callBy(), strict), 'invalid');
    });
    test('rows that one transaction writes see each other in what they derive', async () => {
      const seen = given(
        await write(async (tx) => {
          const buyer = given(await tx.create(ids.customer, { name: 'x', tier: 'gold' }));
          const product = given(await tx.create(ids.product, { sku: `S${skus++}`, name: 'x', price: 1 }));
          const order = given(
            await tx.create(ids.order, { customer: buyer.id, lines: [{ product: product.id, quantity: 2, unitPrice: 50_000 }] }),
          );
          const spent = given(await tx.get(ids.customer, buyer.id))['spent'];
          given(await tx.update(ids.customer, buyer.id, { tier: 'standard' }));
          return [
            order['total'],
            spent,
            given(await tx.get(ids.order, order.id))['total'],
            given(await tx.get(ids.customer, buyer.id))['spent'],
          ];
        }),
      );
      assert.deepEqual(seen, [90_000, 90_000, 100_000, 100_000]);
    });
    test('a formula fills what was left out, and what was given stands', async () => {
      const order = await anOrder([700]);
      assert.equal((await create('invoice', { order: order.id, number: `N${skus++}` }))['total'], 700);
      assert.equal((await create('invoice', { order: order.id, number: `N${skus++}`, total: 5 }))['total'], 5);
    });
    test('lists filter by each operator, sort by any field, and page without gaps or repeats', async () => {
      const buyer = (await create('customer', { name: 'Pager' })).id;
      const product = (await aProduct()).id;
      const totals = [500, 300, 300, 900, 0, 700];
      for (const total of totals)
        await create('order', {
          customer: buyer,
          placedOn: total === 0 ? null : `2026-01-0${(total / 100) % 10}`,
          lines: total === 0 ? [] : [{ product, quantity: 1, unitPrice: total }],
        });
      const mine = { field: 'customer', op: 'eq', value: buyer } as const;
      const all = async (sort: string, limit: number): Promise<readonly PlainRow[]> => {
        const rows: PlainRow[] = [];
        for (let cursor: string | undefined; ;) {
          const page = given(
            await store.read.list(callBy(), shop, ids.order, { filters: [mine], sort, limit, ...(cursor === undefined ? {} : { cursor }) }),
          );
          rows.push(...page.items);
          if (page.next === null) return rows;
          cursor = page.next;
        }
      };
      for (const limit of [1, 2, 4, 6]) {
        assert.deepEqual(
          (await all('-total', limit)).map((row) => row['total']),
          [900, 700, 500, 300, 300, 0],
        );
        assert.deepEqual(
          (await all('placedOn', limit)).map((row) => row['placedOn']),
          ['2026-01-03', '2026-01-03', '2026-01-05', '2026-01-07', '2026-01-09', null],
        );
        assert.deepEqual(
          (await all('-placedOn', limit)).map((row) => row['placedOn']),
          ['2026-01-09', '2026-01-07', '2026-01-05', '2026-01-03', '2026-01-03', null],
        );
        assert.equal(new Set((await all('status,total', limit)).map((row) => row.id)).size, 6);
      }
      const count = async (field: string, op: 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge' | 'in', value: unknown): Promise<number> =>
        given(await store.read.list(callBy(), shop, ids.order, { filters: [mine, { field, op, value }] })).items.length;
      assert.deepEqual(
        [
          await count('total', 'gt', '3.00'),
          await count('total', 'ge', '3.00'),
          await count('total', 'lt', 300),
          await count('total', 'in', '3.00,9.00'),
          await count('total', 'ne', '3.00'),
        ],
        [3, 5, 1, 3, 4],
      );
      assert.deepEqual(
        [await count('placedOn', 'eq', ''), await count('placedOn', 'ne', null), await count('placedOn', 'le', '2026-01-05')],
        [1, 5, 3],
      );
      assert.deepEqual(
        [await count('status', 'eq', 'open'), await count('status', 'in', 'open,paid'), await count('status', 'gt', 'open')],
        [6, 6, 0],
      );
    });
    test('a whole list is sorted and filtered by what adds up other rows, page by page', async () => {
      for (const price of [40, 10, 30]) await anOrder([price, price], { tier: 'gold' });
      const all = async (entity: 'order' | 'customer', sort: string, filters: readonly Filter[] = []): Promise<readonly PlainRow[]> => {
        const rows: PlainRow[] = [];
        for (let cursor: string | undefined; ;) {
          const page = given(
            await store.read.list(callBy(), shop, ids[entity], { sort, filters, limit: 7, ...(cursor === undefined ? {} : { cursor }) }),
          );
          rows.push(...page.items);
          if (page.next === null) return rows;
          cursor = page.next;
        }
      };
      for (const [entity, field] of [
        ['order', 'total'],
        ['order', 'subtotal'],
        ['order', 'discount'],
        ['customer', 'spent'],
      ] as const) {
        const byId = await all(entity, 'id');
        const falling = await all(entity, `-${field}`);
        assert.deepEqual(
          falling.map((row) => row[field]),
          byId.map((row) => Number(row[field])).sort((a, b) => b - a),
          field,
        );
        assert.deepEqual(new Set(falling.map((row) => row.id)), new Set(byId.map((row) => row.id)));
        const some = await all(entity, `${field},id`, [{ field, op: 'gt', value: 59 }]);
        assert.deepEqual(
          some.map((row) => row[field]),
          byId
            .map((row) => Number(row[field]))
            .filter((value) => value > 59)
            .sort((a, b) => a - b),
          field,
        );
      }
    });
    test('a search finds rows that hold each word in one of their texts', async () => {
      await aProduct({ sku: 'zq-1', name: 'Grüner Tee 100%' });
      const found = async (q: string): Promise<number> => given(await store.read.list(callBy(), shop, ids.product, { q })).items.length;
      assert.deepEqual(
        [await found('grüner zq'), await found('GRÜNER'), await found('100%'), await found('0_%'), await found('nothing')],
        [1, 1, 1, 0, 0],
      );
    });
    test('a cursor of another list, an altered one and nonsense are refused in words', async () => {
      for (let made = 0; made < 3; made += 1) await aProduct();
      const { next } = given(await store.read.list(callBy(), shop, ids.product, { limit: 1, sort: 'name' }));
      assert.ok(next !== null);
      for (const [cursor, sort] of [
        [next, 'sku'],
        [`${next}x`, 'name'],
        [`${next.startsWith('A') ? 'B' : 'A'}${next.slice(1)}`, 'name'],
        ['', 'name'],
        ['....', 'name'],
        ["'; drop table e.e_prod --", 'name'],
      ] as const) {
        assert.match(refused(await store.read.list(callBy(), shop, ids.product, { limit: 1, sort, cursor }), 'malformed').why, /cursor/);
      }
    });
    test('hostile texts as values, names, orders and cursors do nothing but what they say', async () => {
      const hostile = [
        "'; drop table e.e_prod; --",
        '"; select 1 --',
        '__proto__',
        'constructor',
        '$1',
        '\\',
        "E'\\''",
        '%',
        'id) or (1=1',
        'name"; delete from v.x; --',
      ];
      for (const text of hostile) {
        const made = await aProduct({ sku: `h ${text}`, name: text, spec: { [text]: text } });
        assert.equal(given(await store.read.get(callBy(), shop, ids.product, made.id))['name'], text);
        assert.equal(
          given(await store.read.list(callBy(), shop, ids.product, { filters: [{ field: 'name', op: 'eq', value: text }] })).items.length,
          1,
        );
        refused(await store.read.list(callBy(), shop, ids.product, { filters: [{ field: text, op: 'eq', value: 1 }] }), 'invalid');
        refused(
          await store.read.list(callBy(), shop, ids.product, { filters: [{ field: 'name', op: text as 'eq', value: 'x' }] }),
          'invalid',
        );
        refused(await store.read.list(callBy(), shop, ids.product, { sort: text === '' ? 'x' : text }), 'invalid');
        refused(await store.read.get(callBy(), shop, ids.product, text), 'not-found');
        refused(
          await write((tx) =>
            tx.update(ids.product, made.id, JSON.parse(`{${JSON.stringify(text)}: 1}`) as object as { [name: string]: unknown }),
          ),
          'invalid',
        );
      }
    });
    test('a view groups, aggregates, follows references and keeps its own order', async () => {
      const numbers: number[] = [];
      for (const total of [100, 900]) {
        const order = await anOrder([total], { name: `Viewer ${total}` });
        for (let made = 0; made < 2; made += 1) await create('invoice', { order: order.id, number: `V${skus++}` });
        await create('invoice', { order: order.id, number: `V${skus++}`, paid: true });
        numbers.push(total);
      }
      const { items } = given(await store.read.view(callBy(), shop, unpaid, { limit: 500 }));
      const mine = items.filter((item) => String(item['customerName']).startsWith('Viewer'));
      assert.deepEqual(
        mine.map((item) => [item['customerName'], item['count'], item['total']]),
        [
          ['Viewer 900', 2, 1_800],
          ['Viewer 100', 2, 200],
        ],
      );
      const first = given(await store.read.view(callBy(), shop, unpaid, { limit: 1 }));
      assert.ok(first.next !== null);
      assert.notDeepEqual(given(await store.read.view(callBy(), shop, unpaid, { limit: 1, cursor: first.next })).items, first.items);
    });
    test('a number that is too large to be exact is refused, not rounded', async () => {
      refused(
        await write(async (tx) => {
          const customer = given(await tx.create(ids.customer, { name: 'x' }));
          const product = given(await tx.create(ids.product, { sku: `S${skus++}`, name: 'x', price: 1 }));
          return tx.create(ids.order, {
            customer: customer.id,
            lines: [{ product: product.id, quantity: 9_007_199_254_740_991, unitPrice: 9_007_199_254_740_991 }],
          });
        }),
        'invalid',
      );
    });
    test('rows that do not meet what a field newly asks are counted, and a few of them named', async () => {
      const made = [
        await create('product', { sku: `S${skus++}`, name: 'Unmet é', price: 100_001, stock: 3 }),
        await create('product', { sku: `S${skus++}`, name: 'Unmet two', price: 100_002 }),
      ];
      const product = shop.entity(ids.product).contract;
      const asking = async (name: string, more: object): Promise<{ readonly count: number; readonly titles: readonly string[] }> => {
        const fields = product.fields.map((each) =>
          each.name === name ? { ...each, ...more, type: { ...each.type, ...('type' in more ? (more.type as object) : {}) } } : each,
        ) as typeof product.fields;
        const [demand] = newDemands(product, { ...product, fields });
        assert.ok(demand !== undefined);
        const { count, titles } = given(await store.read.unkept(callBy(['manager']), shop, ids.product, demand, true));
        return { count, titles: titles.toSorted() };
      };
      assert.deepEqual(await asking('price', { type: { max: '1000.00' } }), { count: 2, titles: ['Unmet two', 'Unmet é'] });
      assert.deepEqual(await asking('price', { type: { max: '1000.01' } }), { count: 1, titles: ['Unmet two'] });
      assert.deepEqual(await asking('price', { type: { max: '1000.02' } }), { count: 0, titles: [] });
      const [all, few] = [await asking('name', { type: { max: 1 } }), await asking('name', { type: { max: 7 } })];
      assert.ok(all.count > few.count);
      assert.ok((await asking('name', { type: { min: 8 } })).count >= 1, 'é is one character');
      const [stocked, any] = [await asking('stock', { type: { max: 2 } }), await asking('stock', { required: true })];
      assert.ok(stocked.count >= 1 && any.count >= 0);
      given(await write((tx) => tx.delete(ids.product, made[1]?.id ?? '')));
      assert.deepEqual(await asking('price', { type: { max: '1000.00' } }), { count: 1, titles: ['Unmet é'] });
    });
    test('rows for which a condition holds are counted, whoever may see them; what reads sensitive values is not asked of rows', async () => {
      const product = shop.entity(ids.product).contract;
      const price = product.fields.find((field) => field.name === 'price');
      assert.ok(price !== undefined);
      const above = (cents: number): Expression =>
        binary('greater', read(row(ids.product), 'price', price.id, money), constant(money, cents), boolean);
      const covered = (holds: Expression, by = shop) => coveredRows(store.read, callBy(['clerk']), by, ids.product, holds);
      const before = await covered(above(200_000));
      assert.ok(before !== null && before.rows === 0 && !before.newest);
      const made = await create('product', { sku: `S${skus++}`, name: 'Dear', price: 200_001 });
      await create('product', { sku: `S${skus++}`, name: 'Not so dear', price: 200_000 });
      assert.deepEqual(await covered(above(200_000)), { rows: 1, of: before.of + 2, newest: false });
      given(await write((tx) => tx.delete(ids.product, made.id)));
      assert.deepEqual(await covered(above(200_000)), { rows: 0, of: before.of + 1, newest: false });
      const hidden = product.fields.map((field) => (field.id === price.id ? { ...field, sensitive: true } : field));
      const secret = prepareModel(
        linkModel(
          settings,
          contracts.map((one) => (one.kind === 'entity' && one.id === product.id ? { ...one, fields: hidden } : one)),
        ),
      );
      assert.equal(await covered(above(200_000), secret), null);
    });
    test('another generation reads the same rows under its own names, and what it hides is kept', async () => {
      const order = await anOrder([100]);
      const renamed = orderEntity.fields
        .filter((field) => field.name !== 'dueDate')
        .map((field) => (field.name === 'placedOn' ? { ...field, name: 'orderedOn' } : field));
      const model = linkModel(
        settings,
        contracts.map((contract) => (contract === orderEntity ? { ...orderEntity, fields: renamed } : contract)),
      );
      const next = prepareModel(model);
      const other = opened as Opened & { prepare?: (model: typeof shopModel) => Promise<void> };
      await other.prepare?.(model);
      const read = given(await store.read.get(callBy(), next, ids.order, order.id));
      assert.deepEqual([read['orderedOn'], 'placedOn' in read, 'dueDate' in read], ['2026-03-01', false, false]);
      given(await write((tx) => tx.update(ids.order, order.id, { orderedOn: '2026-02-01' }), callBy(), next));
      assert.deepEqual(
        [given(await store.read.get(callBy(), shop, ids.order, order.id))].map((row) => [row['placedOn'], row['dueDate']]),
        [['2026-02-01', '2026-03-03']],
      );
    });
  });
}
