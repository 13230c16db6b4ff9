import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { parserProcess } from '#adapters/parser-process';
import { changeRecords, type ChangeRecords } from '#adapters/change-records';
import type { Candidate } from '#change';
import { changeId, type Digest, emptyState, instant, type KernelState, type Policy } from '#kernel';
import { openPreparation, type Preparation } from '../../src/machine/preparation.ts';
import { openGenerations, storedOf } from '../../src/machine/second-reading.ts';
import { digestOf, generationOfReading, readSettings, type SystemReading } from '#model';
import { listGenerations, saveComponents, saveGeneration, saveRequest, saveSources } from '#store/records';
import { startThrowAwayServer } from '#store/server';
import { edited, shopFiles } from '../gates/engines.ts';

let server: Awaited<ReturnType<typeof startThrowAwayServer>>;
let pool: pg.Pool;
let records: ChangeRecords;
let preparation: Preparation;
const reader = parserProcess();
let base: Digest;
let migrated: string[] = [];
const policy: Policy = readSettings(shopFiles['theseus.json'] ?? '').policy;
const phone = edited('entities/customer.ts', '    email:', "    phone: text({ id: 'f_cphone', no: 40 }),\n    email:");
const scope: Candidate['scope'] = { components: ['entity/customer'], members: ['entity/customer'] };

async function generationOf(files: {
  readonly [path: string]: string;
}): Promise<{ generation: ReturnType<typeof generationOfReading>; reading: SystemReading & { ok: true } }> {
  const reading = (await reader.read(files)) as unknown as SystemReading;
  assert.ok(reading.ok, JSON.stringify(reading));
  return { generation: generationOfReading(files, reading), reading };
}

before(async () => {
  server = await startThrowAwayServer();
  pool = new pg.Pool({ connectionString: server.url('kernel', 'theseus'), max: 4 });
  pool.on('error', () => {});
  records = await changeRecords(server.url('workshop', 'theseus'));
  const { generation, reading } = await generationOf(shopFiles);
  await saveSources(
    pool,
    Object.values(shopFiles).map((text) => ({ digest: digestOf(text), text })),
  );
  await saveComponents(
    pool,
    reading.components.map((component) => storedOf(shopFiles, component)),
  );
  await saveGeneration(pool, generation, null, null);
  base = generation.id;
  preparation = openPreparation({
    pool,
    reader,
    generations: openGenerations(pool),
    readSettings,
    regions: async () => ({ handedIn: false, askedRegions: {}, covers: [] }),
    migrate: async (generation) => void migrated.push(generation),
  });
});
after(async () => {
  await records.close();
  await pool.end();
  await reader.close();
  await server.stop();
});

let count = 0;
interface Offer {
  readonly files?: Candidate['files'];
  readonly scope?: Candidate['scope'];
  readonly risk?: 'low' | 'high';
  readonly roles?: readonly string[];
  readonly claimed?: Digest;
  readonly state?: Partial<KernelState>;
}
/** Offers a candidate, and answers what was made ready of it. */
async function offer({
  files = { 'entities/customer.ts': phone },
  risk = 'low',
  roles = ['owner'],
  claimed,
  state = {},
  ...more
}: Offer = {}): Promise<readonly string[]> {
  const change = changeId(`ch-${(count += 1)}`);
  // each candidate is another, so that none is known already
  const own = Object.fromEntries(Object.entries(files).map(([path, text]) => [path, text?.replace('no: 40', `no: ${40 + count}`) ?? null]));
  await saveRequest(pool, { id: change, text: 'Customers have a phone', by: 'ada', roles, askedAt: instant(1) });
  await records.append({ change, at: instant(2), kind: 'understood', understanding: { echo: [], notes: [], scope, risk } }, 'understood');
  const id = claimed ?? (await generationOf({ ...shopFiles, ...own } as typeof shopFiles)).generation.id;
  await records.insertCandidate(
    { id: `${change}.1`, change, base, generator: 'test', files: own, scope: more.scope ?? scope, notes: [] },
    id,
  );
  migrated = [];
  await preparation.ahead(`${change}.1`, { ...emptyState, routing: { ...emptyState.routing, stable: base }, ...state }, policy);
  return migrated;
}

test('a candidate that may live is made ready, once, and is not among the generations that served', async () => {
  const [generation, ...more] = await offer();
  assert.ok(generation !== undefined && more.length === 0);
  const reading = await preparation.reading(`ch-${count}`, base, generation as Digest);
  assert.ok(reading !== null);
  const loaded = await preparation.ready(reading, base, `ch-${count}`);
  assert.equal(loaded.generation, generation);
  assert.deepEqual(migrated, [generation]);
  const served = await listGenerations(pool, 10);
  assert.ok(!served.some(({ id }) => id === generation));
});

test('nothing is made ready while all change is frozen', async () => {
  assert.deepEqual(await offer({ state: { frozen: { by: 'ada', why: 'holiday' } } }), []);
});
test('nothing is made ready of a risk that a person must approve', async () => {
  assert.deepEqual(await offer({ risk: 'high' }), []);
});
test('nothing is made ready for one who may not ask', async () => {
  assert.deepEqual(await offer({ roles: ['clerk'] }), []);
});
test('nothing is made ready of a candidate that leaves its scope', async () => {
  assert.deepEqual(await offer({ scope: { components: ['entity/order'], members: ['entity/order'] } }), []);
});
test('nothing is made ready of a candidate on another base than the one that serves', async () => {
  assert.deepEqual(await offer({ state: { routing: { ...emptyState.routing, stable: digestOf('another') } } }), []);
});
test('nothing is made ready of a candidate that is not the generation that it says', async () => {
  assert.deepEqual(await offer({ claimed: digestOf('a lie') }), []);
});
test('nothing is made ready of a candidate that does not read', async () => {
  assert.deepEqual(await offer({ files: { 'entities/customer.ts': 'export default entity(' }, claimed: digestOf('unreadable') }), []);
});
test('nothing is made ready of a candidate that alters theseus.json', async () => {
  assert.deepEqual(
    await offer({ files: { 'theseus.json': (shopFiles['theseus.json'] ?? '').replace('"high": "propose"', '"high": "act"') } }),
    [],
  );
});
