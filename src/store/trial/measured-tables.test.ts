/** What is measured stands in counts that come out the same at every run; generated rows follow the shapes that are given; nothing stays. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type EntityContract, type EntityIndex, isRefusal } from '#kernel';
import { linkModel } from '#model';
import { callBy, given } from '../conformance/suite.ts';
import { contracts, id, ids, settings, shopModel } from '../conformance/shop-model.ts';
import { type PostgresStore, postgresStore } from '../conformance/postgres-store.ts';
import { type MeasuredTables, measuredTables } from './measured-tables.ts';
import type { Place } from './measured-place.ts';

const indexesOf: { readonly [name: string]: readonly EntityIndex[] } = {
  customer: [{ filter: [id('f_ctier')], sort: [] }],
  product: [{ search: true }],
};
const withIndexes = linkModel(
  settings,
  contracts.map((contract): typeof contract => {
    const indexes = contract.kind === 'entity' ? indexesOf[contract.name] : undefined;
    return indexes === undefined ? contract : ({ ...contract, indexes } as EntityContract);
  }),
);
const ROWS = 4_000;

let shop: PostgresStore;
let laid: MeasuredTables;
let base: Place;
let indexed: Place;
const laying = {
  models: [shopModel, withIndexes],
  rows: new Map([
    [ids.customer, ROWS],
    [ids.order, 600],
    [ids.product, 20_000],
  ]),
  itemsEach: 3,
  shapes: new Map([
    [
      id('f_ctier'),
      {
        absent: 0.5,
        shares: new Map([
          [id('c_tgold'), 0.01],
          [id('c_tstd'), 0.99],
        ]),
      },
    ],
  ]),
  seed: 7,
};
before(async () => {
  shop = await postgresStore(2);
  laid = await measuredTables(shop.urls.owner)(laying);
  const [first, second] = laid.places;
  assert.ok(first !== undefined && second !== undefined);
  [base, indexed] = [first, second];
});
after(async () => shop.close());

const caller = callBy();
const gold = { filters: [{ field: 'tier', op: 'eq' as const, value: 'gold' }], limit: 50 };

test('a list is answered alike over both, and its counts tell what the index spares', async () => {
  const rows = given(await base.read.list(caller, base.prepared, ids.customer, gold)).items;
  assert.deepEqual(given(await indexed.read.list(caller, indexed.prepared, ids.customer, gold)).items, rows);
  assert.ok(rows.length > 5 && rows.length < 50, `${rows.length} of ${ROWS} rows are gold: a hundredth of half of them`);
  const [without, within] = [await base.explain(), await indexed.explain()];
  assert.ok(without.rows > ROWS * 0.9, JSON.stringify(without));
  assert.ok(within.rows < rows.length * 4, JSON.stringify(within));
  assert.ok(within.pages < without.pages, JSON.stringify({ without, within }));
  assert.ok(
    within.nodes.some((node) => /Index.* of e_cust_x_/.test(node)),
    within.nodes.join(),
  );
  await base.read.list(caller, base.prepared, ids.customer, gold);
  assert.deepEqual(await base.explain(), without, 'counted again it is the same');
});

test('words are found by the index for them', async () => {
  const [text] = await base.values(ids.product, id('f_pname'));
  const query = { q: text?.split(' ')[0] ?? '', limit: 50 };
  const rows = given(await base.read.list(caller, base.prepared, ids.product, query)).items;
  assert.equal(rows.length, 1);
  const without = await base.explain();
  assert.deepEqual(given(await indexed.read.list(caller, indexed.prepared, ids.product, query)).items, rows);
  const within = await indexed.explain();
  assert.ok(within.rows * 100 < without.rows && within.pages < without.pages, JSON.stringify({ without, within }));
});

test('values are those of the generated rows, frequent ones first; the index has a size and a price', async () => {
  assert.deepEqual(await base.values(ids.customer, id('f_ctier')), ['c_tstd', 'c_tgold']);
  assert.equal(await base.indexBytes(ids.customer), 0);
  assert.ok((await indexed.indexBytes(ids.customer)) > 8_192);
  assert.ok((await indexed.adding(ids.customer, 200)) > 0);
  assert.deepEqual(await base.values(ids.customer, id('f_ctier')), await indexed.values(ids.customer, id('f_ctier')));
});

test('a store over the rows refuses and writes as in service, and nothing of it stays', async () => {
  const place = await indexed.begin(Date.now);
  const made = await place.store.write(callBy(), indexed.prepared, {}, (tx) =>
    tx.create(ids.product, { sku: 'a', name: 'Tea', price: 450 }),
  );
  assert.ok(!isRefusal(made), JSON.stringify(made));
  await place.end();
  const again = await indexed.begin(Date.now);
  const found = given(await again.store.read.list(callBy(), indexed.prepared, ids.product, { q: 'Tea' })).items;
  await again.end();
  assert.deepEqual(found, []);
});

test('all of it goes at the end', async () => {
  await laid.end();
  const left = await shop.owner.query("select nspname from pg_namespace where nspname like 'measured%'");
  assert.deepEqual(left.rows, []);
});
