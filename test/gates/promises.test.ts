/** A promise that rows break from the start is none: the rows that are there are asked, on PostgreSQL, by the workshop's own login. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { openRowCounts, type RowCounts } from '#adapters/row-counts';
import { contractGate, type GateInput, proofGateWithin } from '#gates';
import { type Evidence, instant, isRefusal } from '#kernel';
import { entityNamed } from '#model';
import type { LivePromises } from '#ports';
import { openStore, prepareModel } from '#store';
import { applySchema } from '#store/migrate';
import { migrateProduct, startThrowAwayServer } from '#store/server';
import { edited, openWorkbench, scopeOf, shopFiles, type Workbench } from './engines.ts';

type Row = { readonly [field: string]: unknown };
let bench: Workbench;
let server: Awaited<ReturnType<typeof startThrowAwayServer>>;
let counts: RowCounts;
let put: (entity: string, values: Row) => Promise<string>;
let end: () => Promise<void>;
before(async () => {
  [bench, server] = await Promise.all([openWorkbench(), startThrowAwayServer()]);
  const { model } = bench.base.reading;
  const url = (role: 'owner' | 'data' | 'workshop' | 'kernel'): string => server.url(role, 'theseus');
  await migrateProduct(url('owner'));
  await applySchema(url('owner'), model);
  const kernel = new pg.Client({ connectionString: url('kernel') });
  await kernel.connect();
  await kernel.query("insert into theseus.live (activation, generation, state) values (1, 'shop', 'serving')");
  await kernel.end();
  const store = openStore({ dataUrl: url('data'), pool: 2 });
  counts = openRowCounts(url('workshop'));
  const prepared = prepareModel(model);
  put = async (name, values) => {
    const now = Date.now();
    const call = {
      call: crypto.randomUUID(),
      caller: { id: 'ada', name: 'Ada', roles: ['owner'] },
      generation: bench.base.generation.id,
      activation: 1,
      component: `entity/${name}`,
      change: null,
      now: instant(now),
      deadline: instant(now + 10_000),
    };
    const id = entityNamed(model, name)?.id;
    assert.ok(id !== undefined);
    const made = await store.write(call, prepared, {}, (tx) => tx.create(id, values));
    assert.ok(!isRefusal(made), JSON.stringify(made));
    return made.value.id;
  };
  end = async () => {
    await Promise.all([store.close(), counts.close(), bench.close()]);
    await server.stop();
  };
  for (const [sku, price, stock] of [
    ['a', 500, 3],
    ['b', 90_000, 40],
    ['c', 95_000, 50],
  ] as const)
    await put('product', { sku, name: `Tea ${sku}`, price, stock, ...(sku === 'b' ? { category: ' \u200b' } : { category: 'leaves' }) });
});
after(() => end());

const path = 'entities/product.ts';
const promising = (holds: string, fields = ''): Promise<Evidence> => {
  const text = edited(path, 'default: 0 }),\n  },', `default: 0 }),\n${fields}  },`).replace('text }', 'type Row, text }');
  const at = text.lastIndexOf('});');
  const whole = `${text.slice(0, at)}  invariants: { few: { holds: (product) => ${holds}, message: 'dear ones are few' } },\n${text.slice(at)}`;
  return looked(whole);
};
/** The rows as they are there: in the definitions of the sample system. */
const live = (): LivePromises => {
  const { model } = bench.base.reading;
  return {
    broken: (_, entity, asked) => counts.broken(model, entity, asked),
    covered: (_, entity, asked) => counts.covered(model, entity, asked),
    asked: (_, now) => counts.asked(model, now),
    askedEver: (_, now, fields) => counts.askedEver(model, now, fields),
  };
};
const looked = (product: string): Promise<Evidence> =>
  bench.one(contractGate, { [path]: product }, scopeOf(['entity/product']), bench.base, { rows: live() });
const told = ({ findings }: Evidence): readonly string[] =>
  findings.filter(({ statement }) => / few/.test(statement)).map(({ verdict, statement }) => `${verdict}: ${statement}`);

test('a promise that rows break is refused with how many, and one of them by name', async () => {
  const evidence = await promising("product.price < money('800.00') || (product.stock ?? 0) < 20");
  assert.equal(evidence.verdict, 'fail');
  const [failed] = told(evidence);
  assert.match(
    failed ?? '',
    /^fail: product: 2 rows break few \(dear ones are few\), one of them "Tea [bc]"\. Change them first, or promise less$/,
  );
});

test('one row is told as one, and what all rows keep passes', async () => {
  assert.match(
    told(await promising('(product.stock ?? 0) < 50'))[0] ?? '',
    /^fail: product: one row breaks few \(dear ones are few\), "Tea c"\. Change it first/,
  );
  const evidence = await promising('(product.stock ?? 0) < 51');
  assert.equal(evidence.verdict, 'pass', JSON.stringify(evidence.findings));
  assert.deepEqual(
    told(evidence).filter((each) => each.includes('that are there')),
    ['pass: product: the rows that are there keep few'],
  );
});

test('what the same change computes is asked of the rows as well, and what it adds is absent in them', async () => {
  const worth = "    worth: money({ id: 'f_pworth', no: 6, live: (product: Row<'product'>) => product.price * (product.stock ?? 0) }),\n";
  assert.match(
    told(await promising("product.worth <= money('36000.00')", worth))[0] ?? '',
    /^fail: product: one row breaks few \(dear ones are few\), "Tea c"/,
  );
  const colour = "    colour: text({ id: 'f_pcolour', no: 6 }),\n";
  assert.equal((await promising("product.colour === undefined || product.colour === 'red'", colour)).verdict, 'pass');
  assert.match(told(await promising('product.colour !== undefined', colour))[0] ?? '', /^fail: product: 3 rows break few/);
});

/** What is told of one field of the product when its definition is this one. */
const field = async (was: string, now: string): Promise<readonly string[]> =>
  (await looked(edited(path, was, now))).findings
    .filter(({ statement }) => /^product: (every row|one row|\d+ rows)/.test(statement))
    .map(({ verdict, statement }) => `${verdict}: ${statement}`);
const stock = (bounds: string): Promise<readonly string[]> => field('min: 0, default: 0', `${bounds}, default: 5`);

test('of bounds that rows are outside of it is told how many and which, and that these stay; on the bound all is well', async () => {
  assert.deepEqual(await stock('min: 0, max: 40'), [
    'pass: product: one row has more than 40 in stock: "Tea c". Rows that are there stay as they are until they are next written',
  ]);
  assert.deepEqual(await stock('min: 4, max: 49'), [
    'pass: product: one row has less than 4 in stock: "Tea a". Rows that are there stay as they are until they are next written',
    'pass: product: one row has more than 49 in stock: "Tea c". Rows that are there stay as they are until they are next written',
  ]);
  assert.deepEqual(await stock('min: 3, max: 50'), [
    'pass: product: every row that is there has at least 3 in stock',
    'pass: product: every row that is there has at most 50 in stock',
  ]);
  assert.deepEqual(await stock('min: 0'), [], 'what asks for nothing more is not asked');
  assert.deepEqual(await field("min: '0.00'", "min: '5.01', max: '899.99'"), [
    'pass: product: one row has less than 5.01 in price: "Tea a". Rows that are there stay as they are until they are next written',
    'pass: product: 2 rows have more than 899.99 in price: "Tea b" and "Tea c". Rows that are there stay as they are until they are next written',
  ]);
  assert.deepEqual(await field("min: '0.00'", "min: '5.00', max: '950.00'"), [
    'pass: product: every row that is there has at least 5.00 in price',
    'pass: product: every row that is there has at most 950.00 in price',
  ]);
});

test('a text is asked for its characters, a value that must be there for one that can be seen', async () => {
  const name = (more: string): Promise<readonly string[]> =>
    field("'f_pname', no: 2, required: true", `'f_pname', no: 2, required: true, ${more}`);
  assert.deepEqual(await name('max: 4'), [
    'pass: product: 3 rows have more than 4 characters in name: "Tea a", "Tea b" and "Tea c". Rows that are there stay as they are until they are next written',
  ]);
  assert.deepEqual(await name('max: 5'), ['pass: product: every row that is there has at most 5 characters in name']);
  assert.deepEqual(await name('min: 6'), [
    'pass: product: 3 rows have fewer than 6 characters in name: "Tea a", "Tea b" and "Tea c". Rows that are there stay as they are until they are next written',
  ]);
  assert.deepEqual(await field("'f_pcat', no: 3", "'f_pcat', no: 3, required: true"), [
    'pass: product: one row has no value in category: "Tea b". Rows that are there stay as they are until they are next written',
  ]);
  assert.deepEqual(await field("'f_pcat', no: 3", "'f_pcat', no: 3, required: true, min: 0"), [
    'pass: product: every row that is there has a value in category',
  ]);
});

test('values that must differ are asked whether they do', async () => {
  assert.deepEqual(await field("'f_pcat', no: 3", "'f_pcat', no: 3, unique: true"), [
    'fail: product: 2 rows have the same category as another: "Tea a" and "Tea c". Change them first, or ask for less',
  ]);
  assert.deepEqual(await field("'f_pname', no: 2, required: true", "'f_pname', no: 2, required: true, unique: true"), [
    'pass: product: every row that is there has another name than all others',
  ]);
});

test('what is sensitive is not asked of rows by the workshop, and said to be so', async () => {
  const { model } = bench.base.reading;
  const entity = entityNamed(model, 'product');
  assert.ok(entity !== undefined);
  const secret = {
    ...model,
    entities: model.entities.map((each) =>
      each.id === entity.id ? { ...each, fields: each.fields.map((one) => ({ ...one, sensitive: one.name === 'stock' })) } : each,
    ),
  };
  const now = { ...entity, fields: entity.fields.map((one) => (one.name === 'stock' ? { ...one, required: true } : one)) };
  assert.deepEqual(await counts.asked(secret, now), [{ asks: 'has a value in stock', broken: null, untold: true, stay: true }]);
});

/** A product with a worth, and bounds of its stock. */
const worthy = (worth: string, bounds: string, more = ''): string =>
  edited(
    path,
    'min: 0, default: 0 }),',
    `${bounds}, default: 0 }),\n${more}    worth: money({ id: 'f_pworth', no: 6, live: (product: Row<'product'>) => ${worth} }),`,
  ).replace('text }', 'type Row, text }');
const proofs = async (product: string, base: GateInput = bench.base): Promise<Evidence> =>
  bench.one(proofGateWithin({ statementMs: 30_000, allMs: 60_000 }), { [path]: product }, scopeOf(['entity/product']), base, {
    rows: live(),
  });
const outside = ({ findings }: Evidence): readonly unknown[] =>
  findings
    .filter(({ statement }) => / is proved of rows of which /.test(statement))
    .map(({ verdict, shownBy, statement, wide }) => [verdict, shownBy, statement, wide]);

test('what is proved is not said of rows from before a promise: how many they are is told, and where all was to stay as it was a person is asked', async () => {
  const kept = async (bounds: string): Promise<Evidence> => {
    const base = await bench.input({ ...shopFiles, [path]: worthy('product.price * (product.stock ?? 0)', bounds) });
    return proofs(worthy('(product.stock ?? 0) * product.price', bounds), base);
  };
  const [within, beyond] = [await kept('min: 0, max: 50'), await kept('min: 0, max: 40')];
  for (const { findings } of [within, beyond])
    assert.ok(
      findings.some(({ statement, shownBy }) => shownBy === 'proved' && /gives what it gave/.test(statement)),
      JSON.stringify(findings),
    );
  assert.deepEqual(outside(within), []);
  assert.deepEqual(outside(beyond), [
    [
      'pass',
      'not-shown',
      'product: one row has more than 40 in stock: "Tea c", and of it nothing is proved: what is proved is proved of rows of which each has at most 40 in stock',
      true,
    ],
  ]);
});

test('a value that nobody could have filled in yet is not there in the rows that are: what is proved with it is not said of them', async () => {
  const evidence = await proofs(
    worthy('product.price * product.weight', 'min: 0', "    weight: integer({ id: 'f_pweight', no: 7, required: true }),\n"),
  );
  assert.ok(evidence.findings.some(({ statement, shownBy }) => shownBy === 'proved' && statement === 'product: worth always has a value'));
  assert.deepEqual(outside(evidence), [
    [
      'pass',
      'not-shown',
      'product: 3 rows have no value in weight yet, and of them nothing is proved: what is proved is proved of rows of which each has a value in weight',
      undefined,
    ],
  ]);
});
