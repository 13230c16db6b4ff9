/** A promise that rows break from the start is none: the rows that are there are asked, on PostgreSQL, by the workshop's own login. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { openRowCounts, type RowCounts } from '#adapters/row-counts';
import { contractGate } from '#gates';
import { type Evidence, instant, isRefusal } from '#kernel';
import { entityNamed } from '#model';
import { openStore, prepareModel } from '#store';
import { applySchema } from '#store/migrate';
import { migrateProduct, startThrowAwayServer } from '#store/server';
import { edited, openWorkbench, scopeOf, type Workbench } from './engines.ts';

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
    await put('product', { sku, name: `Tea ${sku}`, price, stock });
});
after(() => end());

const path = 'entities/product.ts';
const promising = (holds: string, fields = ''): Promise<Evidence> => {
  const text = edited(path, 'default: 0 }),\n  },', `default: 0 }),\n${fields}  },`).replace('text }', 'type Row, text }');
  const at = text.lastIndexOf('});');
  const whole = `${text.slice(0, at)}  invariants: { few: { holds: (product) => ${holds}, message: 'dear ones are few' } },\n${text.slice(at)}`;
  const rows = { broken: async (_: unknown, entity: never, asked: never) => counts.broken(bench.base.reading.model, entity, asked) };
  return bench.one(contractGate, { [path]: whole }, scopeOf(['entity/product']), bench.base, { rows });
};
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
