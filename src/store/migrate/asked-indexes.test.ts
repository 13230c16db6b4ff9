import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { EntityContract, EntityIndex } from '#kernel';
import { linkModel, type SystemModel } from '#model';
import pg from 'pg';
import { callBy, given } from '../conformance/suite.ts';
import { contracts, id, ids, product, settings, shopModel } from '../conformance/shop-model.ts';
import { type PostgresStore, postgresStore } from '../conformance/postgres-store.ts';
import { prepareModel } from '../prepare/prepare-model.ts';
import { applySchema } from './apply-schema.ts';
import { namesOf } from './derive-schema.ts';
import { tidyIndexes } from './tidy-indexes.ts';

const ROWS = 20_000;
const withIndexes = (...indexes: readonly EntityIndex[]): SystemModel =>
  linkModel(
    settings,
    contracts.map((contract): typeof contract => (contract === product ? ({ ...product, indexes } as EntityContract) : contract)),
  );
const byStock = withIndexes({ filter: [], sort: [{ field: id('f_pstock'), descending: false }] });
const byWords = withIndexes({ search: true });

let shop: PostgresStore;
before(async () => {
  shop = await postgresStore(4);
  await shop.owner.query(
    `begin; set local theseus.caller = 'test';
     insert into e.e_prod (id, version, f_psku, f_pname, f_pprice, f_pprice_c, f_pstock)
       select md5(i::text)::uuid, 1, 'sku' || i, case when i = 7 then 'MÜLLERS Tee' else md5(i::text) end, i, 'EUR', (i * 7919) % 1000 from generate_series(1, ${ROWS}) i;
     commit`,
  );
  await shop.owner.query('analyze e.e_prod');
});
after(async () => shop.close());

const askedFor = async (): Promise<readonly string[]> =>
  (
    await shop.owner.query<{ name: string }>(
      "select indexname as name from pg_indexes where schemaname = 'e' and indexname like '%\\_x\\_%'",
    )
  ).rows.map(({ name }) => name);
const planOf = async (text: string): Promise<string> =>
  (await shop.owner.query<{ 'QUERY PLAN': string }>(`explain ${text}`)).rows.map((row) => row['QUERY PLAN']).join('\n');
/** Through the views, with the login of calls: under row security an index serves fewer conditions than for the owner of a table. */
const planInService = async (text: string): Promise<string> => {
  const client = new pg.Client({ connectionString: shop.urls.data });
  await client.connect();
  try {
    await client.query("set theseus.caller = 'test'");
    return (await client.query<{ 'QUERY PLAN': string }>(`explain ${text}`)).rows.map((row) => row['QUERY PLAN']).join('\n');
  } finally {
    await client.end();
  }
};
const listed = async (model: SystemModel, query: Parameters<typeof shop.store.read.list>[3]): Promise<readonly unknown[]> =>
  given(await shop.store.read.list(callBy(), prepareModel(model), ids.product, query)).items;

test('an index that a definition asks for is built beside the work, and serves the order that lists have', async () => {
  const before = await listed(shopModel, { sort: 'stock', limit: 5 });
  const { statements } = await applySchema(shop.urls.owner, byStock);
  assert.deepEqual(
    statements.map((text) => text.split(' ').slice(0, 3).join(' ')),
    ['drop index concurrently', 'create index concurrently', 'analyze e."e_prod"'],
  );
  const [name] = await askedFor();
  assert.match(await planOf(`select * from e.e_prod o order by o.f_pstock, o.id limit 51`), new RegExp(`Index Scan using "?${name}`));
  assert.deepEqual(await listed(byStock, { sort: 'stock', limit: 5 }), before);
  assert.deepEqual((await applySchema(shop.urls.owner, byStock)).statements, []);
});

test('an index of words finds what a search without it finds, whatever the letters', async () => {
  const found = async (): Promise<readonly unknown[]> => [
    ...(await listed(shopModel, { q: 'müller' })),
    ...(await listed(shopModel, { q: 'abc de' })),
  ];
  const before = await found();
  assert.ok(before.length > 1);
  await applySchema(shop.urls.owner, byWords);
  assert.deepEqual(await found(), before);
  const { view, shown } = prepareModel(byWords).row(ids.product);
  const column = shown.find(({ field }) => field.name === 'name')?.column ?? '';
  const asked = `select * from ${view} o where lower(o.${column} collate "und-x-icu") like lower('%müller%' collate "und-x-icu")`;
  assert.match(await planInService(asked), /Bitmap Index Scan on "?e_prod_x_/);
});

test('what was left behind by a build that was given up is built anew', async () => {
  await applySchema(shop.urls.owner, byStock);
  const name = namesOf(byStock).names.find((each) => each.includes('_x_')) ?? '';
  await shop.owner.query(`drop index e."${name}"`);
  await assert.rejects(
    shop.owner.query(`create unique index concurrently "${name}" on e.e_prod (f_pstock)`),
    /could not create unique index/,
  );
  await applySchema(shop.urls.owner, byStock);
  const made = await shop.owner.query('select indisvalid, indisunique from pg_index where indexrelid = $1::regclass', [`e."${name}"`]);
  assert.deepEqual(made.rows, [{ indisvalid: true, indisunique: false }]);
});

test('an index stays while somebody may come back to it, goes after that, and comes again with what serves', async () => {
  await applySchema(shop.urls.owner, byStock);
  await applySchema(shop.urls.owner, byWords);
  const client = await shop.owner.connect();
  try {
    assert.deepEqual(await tidyIndexes(client, shopModel, async () => [byStock, byWords]), []);
    const gone = await tidyIndexes(client, shopModel, async () => [byStock]);
    assert.equal(gone.length, 1);
    assert.equal((await askedFor()).length, 1);
    assert.equal((await tidyIndexes(client, byWords, async () => [])).length, 1);
    assert.equal((await askedFor()).length, 1);
    await tidyIndexes(client, shopModel, async () => []);
    assert.deepEqual(await askedFor(), []);
  } finally {
    client.release();
  }
});
