/** What a generation promises of its rows stands in the table, where all who write it promise it: whoever comes past the product is held to it too. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { type EntityContract, type Expression, type Invariant, isRefusal, type ValueType } from '#kernel';
import { linkModel, type SystemModel } from '#model';
import { callBy, given, refused } from '../conformance/suite.ts';
import {
  binary,
  boolean,
  constant,
  contracts,
  id,
  ids,
  money,
  product,
  read,
  row,
  settings,
  shopModel,
  whole,
} from '../conformance/shop-model.ts';
import { type PostgresStore, postgresStore } from '../conformance/postgres-store.ts';
import { checksOf } from '../physical/checks.ts';
import { prepareModel } from '../prepare/prepare-model.ts';
import type { WriteTransaction } from '../write/transaction.ts';
import { applySchema } from './apply-schema.ts';
import { tidyChecks } from './tidy-checks.ts';

const one = row(ids.product);
const price = read(one, 'price', 'f_pprice', money);
const pieces = (name: string): Expression => read(one, name, 'f_pstock', { ...whole, optional: true });
const stock = pieces('stock');
const cheapWhen = (many: Expression): Expression =>
  binary('or', binary('less', many, constant(whole, 100), boolean), binary('less', price, constant(money, 10_000), boolean), boolean);
const cheapWhenMany: Invariant = { name: 'cheapWhenMany', holds: cheapWhen(stock), message: 'so many of them must cost less than 100' };
const withProduct = (change: (entity: EntityContract) => EntityContract): SystemModel =>
  linkModel(
    settings,
    contracts.map((contract) => (contract === product ? change(product) : contract)),
  );
const promising = (...invariants: readonly Invariant[]): SystemModel => withProduct((entity) => ({ ...entity, invariants }));
const promises = promising(cheapWhenMany);
const renamed = withProduct((entity) => ({
  ...entity,
  fields: entity.fields.map((field) => (field.name === 'stock' ? { ...field, name: 'pieces' } : field)),
  invariants: [{ ...cheapWhenMany, name: 'notBoth', holds: cheapWhen(pieces('pieces')) }],
}));

let shop: PostgresStore;
/** The login of write transactions, as whoever stole it would use it. */
let data: pg.Client;
before(async () => {
  shop = await postgresStore(4);
  data = new pg.Client({ connectionString: shop.urls.data });
  await data.connect();
  await data.query("select set_config('theseus.caller', 'thief', false)");
});
after(async () => {
  await data.end();
  await shop.close();
});

const tidy = async (serving: SystemModel, ...others: readonly SystemModel[]): ReturnType<typeof tidyChecks> => {
  const client = await shop.owner.connect();
  try {
    return await tidyChecks(client, serving, async () => others);
  } finally {
    client.release();
  }
};
const constraints = async (table: string = ids.product): Promise<readonly unknown[]> =>
  (
    await shop.owner.query<{ valid: boolean }>(
      'select convalidated as valid from pg_constraint where conrelid = $1::regclass and contype = $2 and position($3 in conname) > 0',
      [`e.${table}`, 'c', '_k_'],
    )
  ).rows.map(({ valid }) => valid);
let skus = 0;
const values = (more: { readonly [field: string]: unknown }) => ({ sku: `k${skus++}`, name: 'Tea', price: 1, ...more });
const write = (model: SystemModel, body: (tx: WriteTransaction) => Promise<unknown>) =>
  shop.store.write(callBy(), prepareModel(model), {}, body as (tx: WriteTransaction) => Promise<null>);
const create = (model: SystemModel, more: { readonly [field: string]: unknown }) =>
  write(model, (tx) => tx.create(ids.product, values(more)));
const raw = (price: number, stock: number): Promise<unknown> =>
  data.query(
    `insert into ${prepareModel(promises).row(ids.product).view} (id, version, sku, name, price, price_c, stock) values ($1, 1, $2, 'raw', $3, 'EUR', $4)`,
    [randomUUID(), `raw${skus++}`, price, stock],
  );

test('a promise that a generation in force does not make is no constraint; when all who write make it, it is one, of all rows', async () => {
  await applySchema(shop.urls.owner, promises);
  assert.deepEqual(await constraints(), []);
  assert.deepEqual(await tidy(promises, shopModel), { added: [], broken: [] });
  assert.deepEqual(await constraints(), []);
  await raw(20_000, 99);
  assert.equal((await tidy(promises, promises, renamed)).added.length, 1);
  assert.deepEqual(await constraints(), [true]);
  assert.deepEqual(await tidy(promises, promises), { added: [], broken: [] });
  await raw(20_000, 99);
  await assert.rejects(raw(20_000, 100), { code: '23514' });
  await assert.rejects(data.query(`update ${prepareModel(promises).row(ids.product).view} set stock = 100 where price = 20000`), {
    code: '23514',
  });
  await assert.rejects(data.query('alter table e.e_prod drop constraint x'), { code: /42501|42P01/ });
});

test('what the product refuses is refused in the words of the promise, whatever the database says first, and leaves nothing', async () => {
  await applySchema(shop.urls.owner, renamed);
  for (const model of [promises, renamed]) {
    const many = model === promises ? 'stock' : 'pieces';
    const no = refused(await create(model, { price: 20_000, [many]: 100 }), 'invalid');
    assert.equal(no.why, 'so many of them must cost less than 100.');
    const made = given(await create(model, { price: 20_000, [many]: 5 })).value as unknown as { readonly id: string };
    refused(await write(model, (tx) => tx.update(ids.product, made.id, { [many]: 200 })), 'invalid');
    given(await write(model, (tx) => tx.update(ids.product, made.id, { [many]: 200, price: 100 })));
    assert.equal(given(await shop.store.read.get(callBy(), prepareModel(model), ids.product, made.id))[many], 200);
  }
  const taken = given(await create(promises, {})).value as unknown as { readonly sku: string };
  const both = refused(await create(promises, { sku: taken.sku, price: 20_000, stock: 100 }), 'invalid');
  assert.match(both.why, /sku must be unique/);
});

test('a body that goes on after such a refusal keeps what it wrote beside it', async () => {
  const done = await write(promises, async (tx) => {
    const first = await tx.create(ids.product, values({ price: 20_000, stock: 100 }));
    const second = await tx.create(ids.product, values({ price: 20_000, stock: 99 }));
    assert.ok(isRefusal(first) && !isRefusal(second));
    const worse = await tx.update(ids.product, second.id, { stock: 100 });
    assert.ok(isRefusal(worse));
    return tx.get(ids.product, second.id);
  });
  assert.equal((given(done).value as unknown as { readonly stock: number }).stock, 99);
});

test('what a generation does not promise goes before that one is ready, and comes back when it is gone', async () => {
  await tidy(promises);
  assert.deepEqual(await constraints(), [true]);
  const { statements } = await applySchema(shop.urls.owner, shopModel);
  assert.equal(statements.filter((text) => text.includes('drop constraint')).length, 1);
  given(await create(shopModel, { price: 20_000, stock: 100 }));
  refused(await create(promises, { price: 20_000, stock: 100 }), 'invalid');
});

test('a row that breaks it is named, keeps the constraint away, and can be worked with', async () => {
  const { rows } = await shop.owner.query<{ id: string }>('select id from e.e_prod where f_pprice = 20000 and f_pstock = 100');
  const found = await tidy(promises);
  assert.deepEqual(
    found.broken.map(({ row: broken }) => broken),
    rows.map((each) => each.id),
  );
  assert.deepEqual(await constraints(), []);
  const broken = found.broken[0]?.row ?? '';
  given(await write(promises, (tx) => tx.update(ids.product, broken, { name: 'Old tea' })));
  given(await write(promises, (tx) => tx.update(ids.product, broken, { stock: 3 })));
  assert.equal((await tidy(promises)).added.length, 1);
});

test('what came back from beyond all that is reached waits until its rows are its own again', async () => {
  assert.deepEqual(await constraints(), [true]);
  const waiting = create(shopModel, { price: 20_000, stock: 100 });
  assert.deepEqual((await tidy(shopModel)).added, []);
  given(await waiting);
  await shop.owner.query(`begin; set local theseus.caller = 'test'; delete from e.e_prod where f_pprice = 20000; commit`);
});

test('the promises of a new entity are constraints from its first row, and a validation that was given up is made up for', async () => {
  const parcel = { ...product, id: id('e_parcel'), name: 'parcel', plural: 'parcels', indexes: [] } as EntityContract;
  const of = { ...parcel, invariants: [{ ...cheapWhenMany, holds: onto(cheapWhenMany.holds, parcel) }] };
  const model = linkModel(settings, [...contracts, of]);
  await applySchema(shop.urls.owner, model);
  assert.deepEqual(await constraints('e_parcel'), [true]);
  const [check] = checksOf(model, of.id);
  await shop.owner.query(
    `alter table e.e_parcel drop constraint "${check?.name}"; alter table e.e_parcel add constraint "${check?.name}" check (${check?.text}) not valid`,
  );
  assert.deepEqual((await tidy(model, shopModel)).added, [check?.name]);
  assert.deepEqual(await constraints('e_parcel'), [true]);
});
const onto = (at: Expression, entity: EntityContract): Expression =>
  JSON.parse(JSON.stringify(at).replaceAll(`"of":"${ids.product}"`, `"of":"${entity.id}"`)) as Expression;

test('only what the row itself stores is a constraint: no other row, no list, no day, nothing that a default fills in later', () => {
  const of = (holds: Expression, change: (entity: EntityContract) => EntityContract = (entity) => entity): number =>
    checksOf(
      withProduct((entity) => ({ ...change(entity), invariants: [{ ...cheapWhenMany, holds }] })),
      ids.product,
    ).length;
  const date: ValueType = { kind: 'date', optional: false };
  assert.equal(of(cheapWhenMany.holds), 1);
  assert.equal(
    of({
      node: 'let',
      name: 'p',
      value: price,
      body: binary('less', { node: 'input', name: 'p', type: money }, price, boolean),
      type: boolean,
    }),
    1,
  );
  assert.equal(of(binary('less', { node: 'today', type: date }, { node: 'today', type: date }, boolean)), 0);
  const half = (rounding: 'half-up' | 'half-even'): Expression =>
    binary('less', { node: 'divide', left: price, right: constant(whole, 2), scale: 2, rounding, type: money }, price, boolean);
  assert.deepEqual([of(half('half-up')), of(half('half-even'))], [1, 0]);
  const sum: Expression = {
    node: 'aggregate',
    op: 'count',
    over: {
      node: 'related',
      of: one,
      entity: ids.customer,
      via: id('f_creferr'),
      type: { kind: 'list', of: ids.customer, optional: false },
    },
    item: 'x',
    type: whole,
  };
  assert.equal(of(binary('less', sum, stock, boolean)), 0);
  assert.equal(
    of(cheapWhenMany.holds, (entity) => ({
      ...entity,
      fields: entity.fields.map((field) => (field.name === 'stock' ? { ...field, default: { formula: sum } } : field)),
    })),
    0,
  );
});
