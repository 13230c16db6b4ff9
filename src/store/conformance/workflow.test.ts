/* Workflows, on each store: a row begins where its workflow starts and moves along open transitions alone, whoever writes it. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { isRefusal, type PermanentId, permanentId, type Refusal, systemCaller } from '#kernel';
import { entityNamed, operationNamed, type SystemModel } from '#model';
import { readSystem } from '#model/read';
import { memoryStore } from '../memory/index.ts';
import type { Store } from '../open-store.ts';
import { type Prepared, prepareModel } from '../prepare/prepare-model.ts';
import type { PlainRow, PlainValues } from '../row.ts';
import type { WriteTransaction } from '../write/transaction.ts';
import { postgresStore } from './postgres-store.ts';
import { callBy, fieldsOf, given, refused } from './suite.ts';

const head = '/**\n * A part of it.\n *\n * why: to be tried\n * change: start\n * generator: person\n * date: 2026-01-01\n */\n';
const files: { readonly [path: string]: string } = {
  'theseus.json': JSON.stringify({
    name: 'shop',
    currency: 'EUR',
    roles: {
      manager: { read: true, write: true, sensitive: true },
      clerk: { read: true, write: true },
      picker: { read: true },
      guest: {},
    },
  }),
  'entities/customer.ts': `${head}import { boolean, entity, text } from 'theseus/sdk';

export default entity({
  id: 'e_cust',
  name: 'customer',
  plural: 'customers',
  title: 'name',
  fields: { name: text({ id: 'f_name', no: 1, required: true }), blocked: boolean({ id: 'f_blok', no: 2, required: true, default: false }) },
});
`,
  'entities/order.ts': `${head}import { boolean, choice, entity, integer, reference } from 'theseus/sdk';

export default entity({
  id: 'e_orde',
  name: 'order',
  plural: 'orders',
  title: 'number',
  fields: {
    number: integer({ id: 'f_numb', no: 1, required: true }),
    customer: reference({ id: 'f_ocus', no: 2, to: 'customer' }),
    paid: boolean({ id: 'f_paid', no: 3, required: true, default: false }),
    status: choice({ id: 'f_stat', no: 4, choices: { draft: 'c_draft', open: 'c_open', held: 'c_held', shipped: 'c_ship', cancelled: 'c_canc', lost: 'c_lost' } }),
  },
});
`,
  'workflows/order.ts': `${head}import { workflow } from 'theseus/sdk';

export default workflow({
  id: 'w_order',
  name: 'order',
  on: 'order',
  field: 'status',
  starts: 'draft',
  ends: ['shipped', 'cancelled'],
  transitions: [
    { id: 't_subm', name: 'submit', from: ['draft', 'held'], to: 'open', when: (order) => order.customer?.blocked !== true, message: 'A blocked customer orders nothing.' },
    { id: 't_ship', name: 'ship', from: ['open'], to: 'shipped', when: (order) => order.paid, message: 'Only paid orders are shipped.', roles: ['manager', 'picker'] },
    { id: 't_hold', name: 'putOnHold', from: ['open'], to: 'held', when: (order, caller) => caller.id === 'clerk' },
    { id: 't_canc', name: 'drop', from: ['draft', 'open'], to: 'cancelled' },
    { id: 't_laps', name: 'lapse', from: ['held'], to: 'cancelled', after: { count: 30, unit: 'days' }, when: (order) => !order.paid },
  ],
});
`,
  'operations/cancel-order.ts': `${head}import { operation } from 'theseus/sdk';

export default operation({
  id: 'o_canc',
  name: 'cancelOrder',
  on: 'order',
  transition: { field: 'status', from: ['open'], to: 'cancelled' },
  output: { row: 'order' },
  capabilities: { order: ['update'] },
  async run({ data, row }) {
    return data.order.update(row.id, { status: 'cancelled' });
  },
});
`,
  'operations/rush-order.ts': `${head}import { operation } from 'theseus/sdk';

export default operation({
  id: 'o_rush',
  name: 'rushOrder',
  on: 'order',
  roles: ['clerk'],
  output: { row: 'order' },
  capabilities: { order: ['update'] },
  async run({ data, row }) {
    return data.order.update(row.id, { status: 'shipped' });
  },
});
`,
};
function model(): SystemModel {
  const reading = readSystem(files);
  assert.ok(reading.ok, JSON.stringify(reading));
  return reading.model;
}
const [flow, lapse, held] = [permanentId('w_order'), permanentId('t_laps'), permanentId('c_held')];

for (const [place, open] of [
  [
    'in memory',
    async () => ({ store: memoryStore() as Store, close: async (): Promise<void> => {}, prepare: async (): Promise<void> => {} }),
  ],
  ['on PostgreSQL', postgresStore],
] as const) {
  describe(`workflows, ${place}`, () => {
    let store: Store;
    let close: () => Promise<void>;
    const system = model();
    const shop: Prepared = prepareModel(system);
    const id = (name: string): PermanentId => entityNamed(system, name)?.id ?? assert.fail(name);
    const orders = id('order');
    const operation = (name: string): PermanentId => operationNamed(system, name)?.id ?? assert.fail(name);

    async function write<Value>(
      as: string[],
      body: (tx: WriteTransaction) => Promise<Value | Refusal>,
      component = 'entity/order',
    ): Promise<Value | Refusal> {
      const caller = as[0] === systemCaller ? { caller: { id: systemCaller, name: component, roles: [] } } : {};
      const written = await store.write(callBy(as, { component, ...caller }), shop, {}, body);
      return isRefusal(written) ? written : written.value;
    }
    const anOrder = async (values: PlainValues = {}): Promise<PlainRow> =>
      given(await write(['manager'], (tx) => tx.create(orders, { number: 1, ...values })));
    const patch = (row: PlainRow, values: PlainValues, as = ['manager']): Promise<PlainRow | Refusal> =>
      write(as, (tx) => tx.update(orders, row.id, values));
    const move = (row: PlainRow, name: string, as = ['manager'], options = {}): Promise<PlainRow | Refusal> =>
      write(as, (tx) => tx.move(flow, row.id, { name }, options), 'workflow/order');
    const openOrder = async (values: PlainValues = {}): Promise<PlainRow> => given(await move(await anOrder(values), 'submit'));

    before(async () => {
      const opened = await open();
      ({ store, close } = opened);
      await opened.prepare(system);
    });
    after(() => close());

    test('a row begins where its workflow starts, said or not, and nowhere else', async () => {
      assert.equal((await anOrder())['status'], 'draft');
      assert.equal((await anOrder({ status: 'draft' }))['status'], 'draft');
      const no = refused(await write(['manager'], (tx) => tx.create(orders, { number: 1, status: 'open' })), 'invalid');
      assert.deepEqual(fieldsOf(no), { status: 'must be draft: every order begins there' });
      refused(await write(['manager'], (tx) => tx.create(orders, { number: 1, status: 'shipped' }), 'operation/import'), 'invalid');
    });

    test('a plain update goes along a transition or is refused with the ways that are open', async () => {
      const order = await anOrder();
      const no = refused(await patch(order, { status: 'shipped' }), 'conflict');
      assert.equal(no.why, 'This order is draft and cannot become shipped. From there you can submit (open), drop (cancelled).');
      assert.deepEqual(no.evidence, {
        workflow: 'order',
        field: 'status',
        is: 'draft',
        open: [
          { name: 'submit', to: 'open' },
          { name: 'drop', to: 'cancelled' },
        ],
      });
      refused(await patch(order, { status: 'lost' }), 'conflict');
      refused(await patch(order, { status: null }), 'conflict');
      assert.equal(given(await patch(order, { status: 'draft', number: 2 }))['number'], 2);
      assert.equal(given(await patch(order, { status: 'open' }))['status'], 'open');
      assert.equal(given(await store.read.get(callBy(), shop, orders, order.id))['status'], 'open');
    });

    test('a guard asks for the row as it was before the write, and says its message', async () => {
      const order = await openOrder();
      const no = refused(await patch(order, { status: 'shipped', paid: true }), 'conflict');
      assert.equal(no.why, 'Only paid orders are shipped.');
      given(await patch(order, { paid: true }));
      assert.equal(given(await patch(order, { status: 'shipped' }))['status'], 'shipped');
    });

    test('a guard follows references, and what this transaction wrote before counts', async () => {
      const customer = given(await write(['manager'], (tx) => tx.create(id('customer'), { name: 'Ada', blocked: true })));
      const order = await anOrder({ customer: customer.id });
      assert.equal(refused(await move(order, 'submit'), 'conflict').why, 'A blocked customer orders nothing.');
      const moved = await write(['manager'], async (tx) => {
        given(await tx.update(id('customer'), customer.id, { blocked: false }));
        return tx.move(flow, order.id, { name: 'submit' });
      });
      assert.equal(given(moved)['status'], 'open');
    });

    test('a guard that asks who calls holds for that caller alone', async () => {
      const order = await openOrder();
      assert.equal(refused(await move(order, 'putOnHold'), 'conflict').why, 'This order may not put on hold now.');
      assert.equal(given(await move(order, 'putOnHold', ['clerk']))['status'], 'held');
    });

    test('roles: who has none of them is told before anything is told of the row, and who has one need not write', async () => {
      const order = await openOrder({ paid: true });
      const no = refused(await move(order, 'ship', ['clerk']), 'forbidden');
      assert.equal(no.why, 'Only manager or picker may ship a row of orders.');
      refused(await patch(order, { status: 'shipped' }, ['clerk']), 'forbidden');
      refused(await write(['clerk'], (tx) => tx.update(orders, order.id, { status: 'shipped' }), 'operation/other'), 'forbidden');
      refused(await move({ ...order, id: '0198c0de-0000-7000-8000-000000000000' }, 'drop', ['guest']), 'forbidden');
      refused(await move(order, 'submit', ['picker']), 'forbidden');
      refused(await patch(order, { number: 3 }, ['picker']), 'forbidden');
      assert.equal(given(await move(order, 'ship', ['picker']))['status'], 'shipped');
    });

    test('an operation that says who may call it gives the right to the move, and one that says nothing does not', async () => {
      const order = await openOrder({ paid: true });
      const rush = (by: PermanentId): Promise<PlainRow | Refusal> =>
        write(['clerk'], (tx) => tx.update(orders, order.id, { status: 'shipped' }, { by }), 'operation/rushOrder');
      refused(await rush(operation('cancelOrder')), 'forbidden');
      assert.equal(given(await rush(operation('rushOrder')))['status'], 'shipped');
    });

    test('where an operation makes a move nothing else does, and another move to the same state stays open', async () => {
      const order = await openOrder();
      refused(await patch(order, { status: 'cancelled' }), 'invalid');
      refused(await move(order, 'drop'), 'invalid');
      const by = { by: operation('cancelOrder') };
      assert.equal(
        given(await write(['manager'], (tx) => tx.update(orders, order.id, { status: 'cancelled' }, by)))['status'],
        'cancelled',
      );
      assert.equal(given(await move(await anOrder(), 'drop'))['status'], 'cancelled');
    });

    test('an operation, a reaction and a job are held to the workflow as everybody is', async () => {
      for (const [component, as] of [
        ['operation/any', ['manager']],
        ['reaction/any', [systemCaller]],
        ['job/any', [systemCaller]],
      ] as const) {
        const order = await anOrder();
        const no = await write([...as], (tx) => tx.update(orders, order.id, { status: 'shipped' }), component);
        assert.match(refused(no, 'conflict').why, /is draft and cannot become shipped/);
        given(await write([...as], (tx) => tx.update(orders, order.id, { status: 'open' }), component));
      }
    });

    test('what the clock makes nobody makes, and the clock makes it where its guard holds of a row in that state', async () => {
      const lapses = (row: PlainRow, options = {}): Promise<PlainRow | Refusal> =>
        write([systemCaller], (tx) => tx.move(flow, row.id, { clock: lapse, state: held }, options), 'workflow/order');
      const onHold = async (values = {}): Promise<PlainRow> => given(await move(await openOrder(values), 'putOnHold', ['clerk']));
      const order = await onHold();
      refused(await patch(order, { status: 'cancelled' }), 'conflict');
      refused(await move(order, 'lapse'), 'not-found');
      refused(await lapses(order, { version: 1 }), 'stale');
      assert.equal(given(await lapses(order))['status'], 'cancelled');
      refused(await lapses(await onHold({ paid: true })), 'conflict');
      refused(await lapses(await openOrder()), 'conflict');
    });

    test('of fifty that move one row at once one does', async () => {
      const order = await openOrder({ paid: true });
      const names = ['ship', 'putOnHold'];
      const outcomes = await Promise.all(
        Array.from({ length: 50 }, (_each, at) => move(order, names[at % 2] ?? '', at % 2 === 0 ? ['manager'] : ['clerk'])),
      );
      assert.equal(outcomes.filter((each) => !isRefusal(each)).length, 1);
      for (const each of outcomes) if (isRefusal(each)) refused(each, 'conflict');
      assert.equal(given(await store.read.get(callBy(), shop, orders, order.id)).version, Number(order.version) + 1);
    });

    test('a version that was changed since is stale', async () => {
      const order = await openOrder({ paid: true });
      refused(await move(order, 'ship', ['manager'], { version: 1 }), 'stale');
      given(await move(order, 'ship', ['manager'], { version: order.version }));
    });

    test('a workflow that comes to rows that stand in no state lets them begin', async () => {
      const { 'workflows/order.ts': _flow, ...rest } = files;
      const reading = readSystem(rest);
      assert.ok(reading.ok);
      const old = await store.write(callBy(['manager'], { component: 'entity/order' }), prepareModel(reading.model), {}, (tx) =>
        tx.create(orders, { number: 7 }),
      );
      const row = given(old).value;
      assert.equal(row['status'], null);
      refused(await patch(row, { status: 'open' }), 'conflict');
      assert.equal(given(await patch(row, { status: 'draft' }))['status'], 'draft');
    });
  });
}
