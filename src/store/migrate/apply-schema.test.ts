import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type EntityContract, isRefusal, type PermanentId } from '#kernel';
import { linkModel, type SystemModel } from '#model';
import { callBy, given, refused } from '../conformance/suite.ts';
import { type PostgresStore, postgresStore } from '../conformance/postgres-store.ts';
import { contracts, field, ids, product, settings, shopModel } from '../conformance/shop-model.ts';
import { prepareModel } from '../prepare/prepare-model.ts';
import type { PlainRow } from '../row.ts';
import { applySchema } from './apply-schema.ts';
import { emptyCatalog } from './catalog.ts';
import { deriveSchema, namesOf } from './derive-schema.ts';
import { showNow } from './now-schema.ts';

let shop: PostgresStore;
before(async () => {
  shop = await postgresStore(4);
});
after(async () => shop.close());

const withProduct = (change: (entity: EntityContract) => EntityContract): SystemModel =>
  linkModel(
    settings,
    contracts.map((contract) => (contract === product ? change(product) : contract)),
  );
const withField = withProduct((entity) => ({ ...entity, fields: [...entity.fields, field('f_pcolour', 'colour', { kind: 'text' })] }));
async function write(
  model: SystemModel,
  body: (tx: Parameters<Parameters<PostgresStore['store']['write']>[3]>[0]) => Promise<PlainRow | { readonly refused: true }>,
): Promise<PlainRow> {
  const written = given(await shop.store.write(callBy(), prepareModel(model), {}, body as never));
  return written.value as PlainRow;
}
const read = async (model: SystemModel, id: string): Promise<PlainRow> =>
  given(await shop.store.read.get(callBy(), prepareModel(model), ids.product, id));
let skus = 0;
const aProduct = (model: SystemModel, more = {}): Promise<PlainRow> =>
  write(model, (tx) => tx.create(ids.product, { sku: `s${skus++}`, name: 'Tea', price: 1, ...more }));

test('what is there is not made again', async () => {
  assert.deepEqual((await applySchema(shop.urls.owner, shopModel)).statements, []);
});

test('an added field is one column and one view, and rows of both generations live side by side', async () => {
  const old = await aProduct(shopModel);
  const { statements } = await applySchema(shop.urls.owner, withField);
  assert.deepEqual(
    statements.map((text) => text.split(' ').slice(0, 2).join(' ')),
    ['alter table', 'create view', 'grant select,', 'grant select', 'alter view'],
  );
  const made = await aProduct(withField, { colour: 'green' });
  assert.equal((await read(withField, old.id))['colour'], null);
  assert.equal('colour' in (await read(shopModel, made.id)), false);
});

test('going back keeps what was written to the added column, and going forward again shows it', async () => {
  const made = await aProduct(withField, { colour: 'red' });
  await write(shopModel, (tx) => tx.update(ids.product, made.id, { price: 7 }));
  const again = await read(withField, made.id);
  assert.deepEqual([again['colour'], again['price']], ['red', 7]);
});

test('renaming and removing a field touch no table', async () => {
  const renamed = withProduct((entity) => ({
    ...entity,
    fields: entity.fields.filter(({ name }) => name !== 'stock').map((one) => (one.name === 'name' ? { ...one, name: 'label' } : one)),
    title: 'label',
  }));
  const steps = (await applySchema(shop.urls.owner, renamed)).statements;
  assert.ok(
    steps.every((text) => !text.includes('table') && !text.includes('drop') && !text.includes('index')),
    steps.join('\n'),
  );
  const made = await aProduct(shopModel, { name: 'Kettle', stock: 4 });
  assert.equal((await read(renamed, made.id))['label'], 'Kettle');
  await write(renamed, (tx) => tx.update(ids.product, made.id, { label: 'Pot' }));
  assert.deepEqual([(await read(shopModel, made.id))['name'], (await read(shopModel, made.id))['stock']], ['Pot', 4]);
});

test('names that collide with SQL, with JavaScript and with each other work as names', async () => {
  const names = [
    'select',
    'constructor',
    'order',
    'user',
    'now',
    'a"b',
    "a'b",
    'table',
    'group',
    'toString',
    'x'.repeat(80),
    'x'.repeat(81),
  ];
  const odd: EntityContract = {
    kind: 'entity',
    id: 'e_odd' as PermanentId,
    name: 'select',
    plural: 'selects',
    title: 'select',
    retired: [],
    invariants: [],
    fields: names.map((name, index) => field(`f_odd${index}`, name, index % 2 === 0 ? { kind: 'text' } : { kind: 'money' })),
  };
  const model = linkModel(settings, [...contracts, odd]);
  await applySchema(shop.urls.owner, model);
  const values = Object.fromEntries(names.map((name, index) => [name, index % 2 === 0 ? name : index]));
  const made = await write(model, (tx) => tx.create(odd.id, values));
  assert.deepEqual(
    { ...given(await shop.store.read.get(callBy(), prepareModel(model), odd.id, made.id)) },
    { id: made.id, version: 1, ...values },
  );
  for (const name of names)
    assert.equal(given(await shop.store.read.list(callBy(), prepareModel(model), odd.id, { sort: name, limit: 1 })).items.length, 1);
  await showNow(shop.urls.owner, model);
});

test('preparing a column waits in short tries for a long transaction, and its readers are never held for long', async () => {
  const model = withProduct((entity) => ({ ...entity, fields: [...entity.fields, field('f_plate', 'late', { kind: 'text' })] }));
  const holder = await shop.owner.connect();
  await holder.query('begin; lock table e.e_prod in row exclusive mode');
  let longest = 0;
  const state = { done: false };
  const prepared = prepareModel(shopModel);
  const reading = (async () => {
    while (!state.done) {
      const began = performance.now();
      given(await shop.store.read.list(callBy(), prepared, ids.product, { limit: 1 }));
      longest = Math.max(longest, performance.now() - began);
    }
  })();
  const applied = applySchema(shop.urls.owner, model);
  const tries = await Promise.race([applied.then(() => 'done'), new Promise((later) => setTimeout(() => later('waiting'), 700))]);
  assert.equal(tries, 'waiting');
  await holder.query('commit');
  holder.release();
  const result = await applied;
  state.done = true;
  await reading;
  assert.ok(result.tries > 1);
  assert.ok(longest < 2_000, `a reader waited ${longest} ms`);
});

test('the same schema applied by several at once is made once', async () => {
  const model = withProduct((entity) => ({
    ...entity,
    fields: [...entity.fields, field('f_pmany', 'many', { kind: 'decimal', scale: 2 })],
  }));
  const all = await Promise.all(Array.from({ length: 4 }, () => applySchema(shop.urls.owner, model)));
  assert.equal(all.filter(({ statements }) => statements.length > 0).length, 1);
});

test('people find the rows of now under plain names, with labels and amounts', async () => {
  await aProduct(shopModel, { sku: 'shown', price: 1_250 });
  await showNow(shop.urls.owner, shopModel);
  const { rows } = await shop.owner.query("select name, price::text from now.products where sku = 'shown'");
  assert.deepEqual(rows, [{ name: 'Tea', price: '12.50' }]);
  assert.ok((await shop.owner.query('select * from now.orders_lines')).rows.length >= 0);
});

test('a thousand entities are derived at once, and a change prepares one of them', () => {
  const many = Array.from({ length: 1_000 }, (_, index): EntityContract => ({
    kind: 'entity',
    id: `e_n${index}` as PermanentId,
    name: `n${index}`,
    plural: `n${index}s`,
    title: 'name',
    retired: [],
    invariants: [],
    fields: [
      field(`f_n${index}a`, 'name', { kind: 'text' }),
      field(`f_n${index}b`, 'amount', { kind: 'money' }),
      field(`f_n${index}c`, 'at', { kind: 'date' }),
    ],
  }));
  const base = linkModel(settings, many);
  const changed = linkModel(
    settings,
    many.map((entity, index) =>
      index === 500 ? { ...entity, fields: [...entity.fields, field('f_more', 'more', { kind: 'text' })] } : entity,
    ),
  );
  const [before, next] = [namesOf(base).names, namesOf(changed).names];
  const known = new Set(before);
  assert.equal(next.filter((name) => !known.has(name)).length, 1);
  assert.ok(deriveSchema(base, emptyCatalog).length <= 2);
});

test('a refused write through a generation with a stricter rule leaves the rows of the other as they are', async () => {
  const strict = withProduct((entity) => ({
    ...entity,
    fields: entity.fields.map((one) =>
      one.name === 'stock' ? { ...one, required: true, type: { kind: 'integer', min: 10 } as const } : one,
    ),
  }));
  await applySchema(shop.urls.owner, strict);
  const made = await aProduct(shopModel, { stock: 1 });
  refused(await shop.store.write(callBy(), prepareModel(strict), {}, (tx) => tx.update(ids.product, made.id, { stock: 2 })), 'invalid');
  const other = await shop.store.write(callBy(), prepareModel(strict), {}, (tx) => tx.update(ids.product, made.id, { price: 2 }));
  assert.ok(!isRefusal(other));
});

test('an id that comes with another type is refused, and what is kept under it stays', async () => {
  await applySchema(shop.urls.owner, withField);
  const made = await aProduct(withField, { colour: 'blue' });
  const whole = withProduct((entity) => ({ ...entity, fields: [...entity.fields, field('f_pcolour', 'colour', { kind: 'integer' })] }));
  await assert.rejects(applySchema(shop.urls.owner, whole), /f_pcolour of product is kept as text, and cannot be bigint/);
  assert.equal((await read(withField, made.id))['colour'], 'blue');
});
