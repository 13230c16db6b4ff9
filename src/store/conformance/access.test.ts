/* Own rows alone, on each store: what an access rule hides is in no read, can be reached by no write, and is told from nothing. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { isRefusal, type PermanentId, type Refusal } from '#kernel';
import { entityNamed, printRule, type SystemModel, viewNamed } from '#model';
import { readSystem } from '#model/read';
import type { ListQuery } from '../list-query.ts';
import { memoryStore } from '../memory/index.ts';
import type { Store } from '../open-store.ts';
import { type Prepared, prepareModel } from '../prepare/prepare-model.ts';
import type { PlainRow, PlainValues } from '../row.ts';
import type { WriteTransaction } from '../write/transaction.ts';
import { postgresStore } from './postgres-store.ts';
import { callBy, given, refused } from './suite.ts';

const head = '/**\n * A part of it.\n *\n * why: to be tried\n * change: start\n * generator: person\n * date: 2026-01-01\n */\n';
const files: { readonly [path: string]: string } = {
  'theseus.json': JSON.stringify({
    name: 'shop',
    currency: 'EUR',
    roles: {
      owner: { read: true, write: true, sensitive: true },
      clerk: { read: true, write: true },
      agent: { read: true, write: true },
      customer: {},
    },
  }),
  'entities/customer.ts': `${head}import { entity, integer, text } from 'theseus/sdk';

export default entity({
  id: 'e_cust',
  name: 'customer',
  plural: 'customers',
  title: 'name',
  fields: {
    name: text({ id: 'f_name', no: 1, required: true }),
    login: text({ id: 'f_login', no: 2, unique: true }),
    rating: integer({ id: 'f_rati', no: 3, sensitive: true }),
  },
});
`,
  'entities/order.ts': `${head}import { boolean, entity, integer, money, reference, text } from 'theseus/sdk';

export default entity({
  id: 'e_orde',
  name: 'order',
  plural: 'orders',
  title: 'number',
  fields: {
    number: integer({ id: 'f_numb', no: 1, required: true }),
    customer: reference({ id: 'f_ocus', no: 2, to: 'customer', required: true }),
    total: money({ id: 'f_tota', no: 3 }),
    closed: boolean({ id: 'f_clos', no: 4, required: true, default: false }),
    risk: integer({ id: 'f_risk', no: 5, live: (order) => order.customer.rating }),
    madeBy: text({ id: 'f_made', no: 6, default: (_row, caller) => caller.id }),
  },
});
`,
  'rules/own-orders.ts': `${head}import { access } from 'theseus/sdk';

export default access({
  id: 'r_ownor',
  name: 'ownOrders',
  on: 'order',
  roles: ['clerk', 'customer'],
  rows: (order, caller) => order.customer.login === caller.id,
  write: (order, caller) => order.customer.login === caller.id && !order.closed,
});
`,
  'rules/own-customer.ts': `${head}import { access } from 'theseus/sdk';

export default access({
  id: 'r_owncu',
  name: 'ownCustomer',
  on: 'customer',
  roles: ['clerk', 'customer'],
  rows: (customer, caller) => customer.login === caller.id,
});
`,
  'views/turnover.ts': `${head}import { view } from 'theseus/sdk';

export default view({
  id: 'v_turn',
  name: 'turnover',
  from: 'order',
  columns: { customer: { value: (order) => order.customer.name }, total: { value: (order) => order.total, aggregate: 'sum' } },
  order: ['customer'],
});
`,
  'views/risky.ts': `${head}import { view } from 'theseus/sdk';

export default view({
  id: 'v_risk',
  name: 'risky',
  from: 'order',
  where: (order) => (order.risk ?? 0) > 4,
  columns: { number: { value: (order) => order.number } },
});
`,
  'views/loyalty.ts': `${head}import { count, view } from 'theseus/sdk';

export default view({
  id: 'v_loya',
  name: 'loyalty',
  from: 'customer',
  columns: { name: { value: (customer) => customer.name }, orders: { value: (customer) => count(customer.orders) } },
  order: ['name'],
});
`,
};

function model(): SystemModel {
  const reading = readSystem(files);
  assert.ok(reading.ok, JSON.stringify(reading));
  return reading.model;
}

test('an access rule is printed as it is read, and no formula but its own asks who reads', () => {
  const system = model();
  const rule = system.rules.find(({ name }) => name === 'ownOrders') ?? assert.fail();
  const text = printRule(rule, {
    model: system,
    head: { what: 'A part of it.', why: 'to be tried', change: 'start', generator: 'person', date: '2026-01-01' },
  });
  assert.equal(text, files['rules/own-orders.ts']);
  const wrong = readSystem({
    ...files,
    'views/odd.ts': `${head}import { view } from 'theseus/sdk';\n\nexport default view({ id: 'v_odd', name: 'odd', from: 'order', columns: { a: { value: (order, caller) => caller.id } } });\n`,
    'rules/own-customer.ts': files['rules/own-customer.ts']?.replace('caller.id', 'caller.roles') ?? '',
  });
  assert.ok(!wrong.ok);
  assert.deepEqual(
    wrong.problems.map(({ path }) => path),
    ['rules/own-customer.ts', 'views/odd.ts'],
  );
  assert.match(wrong.problems[0]?.message ?? '', /A caller has no `roles`/);
});

for (const [place, open] of [
  [
    'in memory',
    async () => ({ store: memoryStore() as Store, close: async (): Promise<void> => {}, prepare: async (): Promise<void> => {} }),
  ],
  ['on PostgreSQL', postgresStore],
] as const) {
  describe(`own rows alone, ${place}`, () => {
    let store: Store;
    let close: () => Promise<void>;
    const system = model();
    const shop: Prepared = prepareModel(system);
    const id = (name: string): PermanentId => entityNamed(system, name)?.id ?? assert.fail(name);
    const [customers, orders] = [id('customer'), id('order')];
    let rows: { readonly [name: string]: PlainRow };

    async function write<Value>(
      as: string[],
      body: (tx: WriteTransaction) => Promise<Value | Refusal>,
      component = 'entity/order',
    ): Promise<Value | Refusal> {
      const written = await store.write(callBy(as, { component }), shop, {}, body);
      return isRefusal(written) ? written : written.value;
    }
    const list = async (as: string[], entity: PermanentId, query: ListQuery = {}): Promise<readonly PlainRow[]> =>
      given(await store.read.list(callBy(as), shop, entity, query)).items;
    const numbers = async (as: string[], query: ListQuery = {}): Promise<readonly unknown[]> =>
      (await list(as, orders, { sort: 'number', ...query })).map((row) => row['number']);

    before(async () => {
      const opened = await open();
      ({ store, close } = opened);
      await opened.prepare(system);
      const make = async (entity: PermanentId, values: PlainValues): Promise<PlainRow> =>
        given(await write(['owner'], (tx) => tx.create(entity, values)));
      const mine = await make(customers, { name: 'Mine', login: 'clerk', rating: 3 });
      const theirs = await make(customers, { name: 'Theirs', login: 'somebody', rating: 5 });
      rows = {
        mine,
        theirs,
        open: await make(orders, { number: 1, customer: mine.id, total: 100 }),
        closed: await make(orders, { number: 2, customer: mine.id, total: 200, closed: true }),
        hidden: await make(orders, { number: 3, customer: theirs.id, total: 4_000 }),
      };
    });
    after(() => close());
    const idOf = (name: string): string => rows[name]?.id ?? assert.fail(name);
    const notThere = (name: string, row: string): string => `There is no ${name} with the id ${row}.`;

    test('a read, a list, a page, a search, a filter and an order hold own rows alone', async () => {
      assert.deepEqual(await numbers(['clerk']), [1, 2]);
      assert.deepEqual(await numbers(['owner']), [1, 2, 3]);
      assert.deepEqual(await numbers(['clerk'], { filters: [{ field: 'total', op: 'gt', value: 150 }] }), [2]);
      assert.deepEqual(await numbers(['clerk'], { filters: [{ field: 'id', op: 'eq', value: idOf('hidden') }] }), []);
      assert.deepEqual(await numbers(['clerk'], { sort: '-total', limit: 1 }), [2]);
      assert.deepEqual(
        (await list(['clerk'], customers, { q: 'i' })).map((row) => row['name']),
        ['Mine'],
      );
      const page = given(await store.read.list(callBy(['clerk']), shop, orders, { limit: 1, sort: 'number' }));
      const next = given(await store.read.list(callBy(['clerk']), shop, orders, { limit: 1, sort: 'number', cursor: page.next ?? '' }));
      assert.deepEqual([next.items.map((row) => row['number']), next.next], [[2], null]);
      assert.equal(given(await store.read.get(callBy(['clerk']), shop, orders, idOf('open')))['number'], 1);
    });

    test('a hidden row is told from none that is missing, by no way of asking', async () => {
      const missing = '0198c0de-0000-7000-8000-000000000000';
      const why = (value: unknown): string => refused(value, 'not-found').why;
      for (const row of [idOf('hidden'), missing]) {
        assert.equal(why(await store.read.get(callBy(['clerk']), shop, orders, row)), notThere('order', row));
        assert.equal(why(await write(['clerk'], (tx) => tx.update(orders, row, { total: 1 }))), notThere('order', row));
        assert.equal(why(await write(['clerk'], (tx) => tx.update(orders, row, { total: 1 }, { version: 9 }))), notThere('order', row));
        assert.equal(why(await write(['clerk'], (tx) => tx.delete(orders, row))), notThere('order', row));
        for (const component of ['operation/test', 'rule/test']) {
          assert.equal(why(await write(['clerk'], (tx) => tx.get(orders, row), component)), notThere('order', row));
          assert.equal(why(await write(['clerk'], (tx) => tx.update(orders, row, { total: 1 }), component)), notThere('order', row));
        }
      }
      const other = await write(['clerk'], (tx) => tx.update(orders, idOf('open'), { customer: idOf('theirs') }));
      const none = await write(['clerk'], (tx) => tx.update(orders, idOf('open'), { customer: missing }));
      assert.equal(JSON.stringify(refused(other, 'invalid')).replaceAll(idOf('theirs'), missing), JSON.stringify(refused(none, 'invalid')));
      assert.equal(given(await store.read.get(callBy(['owner']), shop, orders, idOf('hidden')))['total'], 4_000);
    });

    test('what is seen and may not be changed is forbidden; nothing can be made, moved or given away out of sight', async () => {
      const forbidden = async (body: (tx: WriteTransaction) => Promise<unknown>): Promise<void> =>
        void refused(await write(['clerk'], async (tx) => (await body(tx)) as Refusal), 'forbidden');
      await forbidden((tx) => tx.update(orders, idOf('closed'), { total: 1 }));
      await forbidden((tx) => tx.delete(orders, idOf('closed')));
      await forbidden((tx) => tx.update(orders, idOf('open'), { closed: true }));
      await forbidden((tx) => tx.create(orders, { number: 9, customer: idOf('mine'), closed: true }));
      await forbidden((tx) => tx.create(customers, { name: 'New', login: 'somebody else' }));
      assert.deepEqual(await numbers(['owner']), [1, 2, 3]);
      // the controls: own rows can be made, changed and deleted
      const made = given(await write(['clerk'], (tx) => tx.create(orders, { number: 4, customer: idOf('mine') })));
      assert.equal(given(await write(['clerk'], (tx) => tx.update(orders, made.id, { total: 7 })))['total'], 7);
      given(await write(['clerk'], (tx) => tx.delete(orders, made.id)));
    });

    test('a row says who made it, and says so still when somebody else has changed it', async () => {
      const made = given(await write(['clerk'], (tx) => tx.create(orders, { number: 5, customer: idOf('mine') })));
      const maker = callBy(['clerk']).caller.id;
      assert.equal(made['madeBy'], maker);
      assert.deepEqual(await numbers(['owner'], { filters: [{ field: 'madeBy', op: 'eq', value: maker }] }), [5]);
      assert.equal(given(await write(['owner'], (tx) => tx.update(orders, made.id, { total: 3 })))['madeBy'], maker);
      given(await write(['owner'], (tx) => tx.delete(orders, made.id)));
    });
    test('views add up own rows alone, and lead to no hidden row', async () => {
      const show = async (name: string, as: string[]): Promise<readonly unknown[]> =>
        given(await store.read.view(callBy(as), shop, viewNamed(system, name) ?? assert.fail(name))).items;
      assert.deepEqual(await show('turnover', ['clerk']), [{ customer: 'Mine', total: 300 }]);
      assert.deepEqual(await show('turnover', ['owner']), [
        { customer: 'Mine', total: 300 },
        { customer: 'Theirs', total: 4_000 },
      ]);
      assert.deepEqual(await show('loyalty', ['clerk']), [{ name: 'Mine', orders: 2 }]);
    });

    test('roles add up, roles that are not named are free, and a role that reads nothing is held to its rows in operations', async () => {
      assert.deepEqual(await numbers(['agent']), [1, 2, 3]);
      assert.deepEqual(await numbers(['clerk', 'agent']), [1, 2, 3]);
      refused(await store.read.list(callBy(['customer']), shop, orders, {}), 'forbidden');
      const seen = await write(['customer'], async (tx) => given(await tx.list(orders, {})).items.length, 'operation/test');
      assert.equal(seen, 0);
      const unasked = callBy([], { component: 'job/test', caller: { id: 'system', name: 'job/test', roles: [] } });
      const all = await store.write(unasked, shop, {}, async (tx) => given(await tx.list(orders, {})).items.length);
      assert.equal(given(all).value, 3);
    });

    test('what is computed from a sensitive value is as sensitive, in rows, orders and filters', async () => {
      const row = given(await store.read.get(callBy(['agent']), shop, orders, idOf('open')));
      assert.equal('risk' in row, false);
      for (const query of [{ sort: 'risk' }, { sort: '-risk' }, { filters: [{ field: 'risk', op: 'gt', value: 4 }] }] as ListQuery[])
        refused(await store.read.list(callBy(['agent']), shop, orders, query), 'invalid');
      assert.equal(given(await store.read.get(callBy(['owner']), shop, orders, idOf('open')))['risk'], 3);
      const risky = viewNamed(system, 'risky') ?? assert.fail();
      refused(await store.read.view(callBy(['agent']), shop, risky), 'forbidden');
      assert.deepEqual(given(await store.read.view(callBy(['owner']), shop, risky)).items, [{ number: 3 }]);
    });
  });
}
