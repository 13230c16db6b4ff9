/** What is measured is what the store does; the live system gives numbers and shares, and no value. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { type Json, permanentId as id, type PermanentId } from '#kernel';
import { entityById, linkModel, type SystemModel } from '#model';
import { readSystem } from '#model/read';
import { applySchema, migrateProduct } from '#store/migrate';
import { startThrowAwayServer } from '#store/server';
import type { Measuring, Question } from '#ports';
import { openMeasuring } from './measuring.ts';
import { openRowCounts, type RowCounts } from './row-counts.ts';
import { openRowShapes, type RowShapes } from './row-shapes.ts';

const root = new URL('../../systems/shop/', import.meta.url);
const files = Object.fromEntries(
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') || path === 'theseus.json')
    .map((path) => [path, readFileSync(new URL(path, root), 'utf8')]),
);
const reading = readSystem(files);
if (!reading.ok) throw new Error('the shop does not read');
const shop = reading.model;
const [order, product] = [id('e_order'), id('e_prod')];
const byStatus: Question = { kind: 'list', entity: order, filter: [id('f_ostat')], sort: [{ field: id('f_oplaced'), descending: true }] };
const indexed: SystemModel = linkModel(
  shop.settings,
  reading.components.map(({ contract }) =>
    contract.kind === 'entity' && contract.id === order
      ? { ...contract, indexes: [{ filter: byStatus.filter, sort: byStatus.sort }] }
      : contract,
  ),
);

let server: Awaited<ReturnType<typeof startThrowAwayServer>>;
let counts: RowCounts;
let shapes: RowShapes;
let measuring: Measuring;
let counted = 0;
before(async () => {
  server = await startThrowAwayServer();
  await migrateProduct(server.url('owner', 'theseus'));
  await applySchema(server.url('owner', 'theseus'), shop);
  const owner = new pg.Client({ connectionString: server.url('owner', 'theseus') });
  await owner.connect();
  await owner.query(`begin; set local theseus.caller = 'test';
    insert into e.e_order (id, version, f_ocust, f_oplaced, f_ostat)
      select md5(i::text)::uuid, 1, md5('c')::uuid, '2026-01-01', case when i % 100 = 0 then 'c_oopen' else 'c_opaid' end from generate_series(1, 1200) i;
    commit`);
  await owner.end();
  counts = openRowCounts(server.url('workshop', 'theseus'));
  shapes = openRowShapes(server.url('workshop', 'theseus'));
  measuring = openMeasuring({
    trialUrl: server.url('workshop', 'theseus_trial'),
    count: async (model: SystemModel, entity: PermanentId) => {
      counted += 1;
      return counts.count(model, entityById(model, entity)?.name ?? '', null);
    },
    shapes: (model, entity, fields) => shapes.look(model, entity, fields),
  });
});
after(async () => {
  await counts.close();
  await shapes.close();
  await server.stop();
});

test('shapes are shares and numbers, and hold no value', async () => {
  const found = await shapes.look(shop, order, new Set([id('f_ostat'), id('f_oplaced'), id('f_ocust'), id('f_ototal')]));
  assert.deepEqual(found.get(id('f_ostat')), {
    absent: 0,
    distinct: 2,
    shares: new Map([
      [id('c_oopen'), 0.01],
      [id('c_opaid'), 0.99],
      [id('c_oship'), 0],
      [id('c_ocanc'), 0],
    ]),
  });
  assert.deepEqual(found.get(id('f_oplaced')), { absent: 0, distinct: 1 });
  assert.deepEqual(found.get(id('f_ocust')), { absent: 0 });
  assert.equal(found.has(id('f_ototal')), false, 'what is computed follows from the rest');
  assert.deepEqual((await shapes.look(shop, product, new Set([id('f_pname')]))).size, 0);
});

test('an index is measured against none over as many rows as matter, in the shape of the live ones', async () => {
  const asked = {
    models: [shop, indexed] as unknown as readonly Json[],
    entity: order,
    questions: [byStatus, { kind: 'get', entity: order } as const],
  };
  const measured = await measuring.measure(asked);
  assert.deepEqual([measured.rows, measured.live], [20_000, 1_200]);
  const [list, get] = measured.answers;
  const [without, within] = list ?? [];
  assert.ok(without !== undefined && within !== undefined && get !== undefined);
  assert.ok(without.rows > within.rows * 10 && without.pages > within.pages, JSON.stringify(list));
  assert.ok(
    within.nodes.some((node) => node.startsWith('Index Scan of e_order_x_')),
    within.nodes.join(),
  );
  assert.ok(without.ms.least <= without.ms.low && without.ms.low <= without.ms.median && without.ms.median <= without.ms.high);
  assert.ok((get[0]?.rows ?? 99) < 10, 'one row by its id');
  assert.equal(measured.indexBytes[0], 0);
  assert.ok((measured.indexBytes[1] ?? 0) > 100_000);
  const before = counted;
  assert.equal(await measuring.measure(asked), measured, 'asked again it is not measured again');
  assert.equal(counted, before);
});
