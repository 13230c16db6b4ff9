/**
 * Wishes for speed on the sample shop: what becomes of each against its label; whether the counts that decide come out the same in another
 * trial; and whether what the trial foretells of an index is so in service: other rows, made here, read through the store with the login of calls.
 */
import { readdirSync, readFileSync } from 'node:fs';
import pg from 'pg';
import { openMeasuring } from '#adapters/measuring';
import { type Call, digest, type EntityIndex, instant, isRefusal, type Json, type PermanentId } from '#kernel';
import { entityById, linkModel, type SystemModel } from '#model';
import { readSystem } from '#model/read';
import type { GeneratorContext, Measuring, Question, Understood } from '#ports';
import { questionOf, qualityGenerator } from '#quality';
import { openStore, prepareModel, type Store } from '#store';
import { applySchema, migrateProduct } from '#store/migrate';
import { startThrowAwayServer } from '#store/server';
import { median } from '../load/quantiles.ts';
import type { BenchOptions } from '../options.ts';
import { type Becomes, wishes } from './wishes.ts';

const ROWS = 20_000;
const READS = 15;
const root = new URL('../../systems/shop/', import.meta.url);

interface Found {
  readonly entity: PermanentId;
  readonly index: EntityIndex;
  readonly text: string;
}

export async function run({ seed, only, say }: BenchOptions): Promise<unknown> {
  const sources = Object.fromEntries(
    readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts') || path === 'theseus.json')
      .map((path) => [path, readFileSync(new URL(path, root), 'utf8')]),
  );
  const reading = readSystem(sources);
  if (!reading.ok) throw new Error('the shop does not read');
  const server = await startThrowAwayServer({ durable: true });
  const measuringNow = (): Measuring => openMeasuring({ trialUrl: server.url('workshop', 'theseus_trial'), count: async () => 0, seed });
  const generator = qualityGenerator({ measuring: measuringNow(), usage: async () => '' });
  const context: GeneratorContext = { reading: reading as never, sources, count: async () => 0, change: 'bench', today: '2026-11-23' };
  const asked = wishes.filter(({ text }) => only === undefined || text.includes(only));
  const found = new Map<string, Found>();
  let asExpected = 0;
  const began = performance.now();
  for (const { text, becomes } of asked) {
    const understood = await generator.understand(text, context);
    const became = becameOf(understood);
    if (became === becomes) asExpected += 1;
    else say(`NOT AS EXPECTED (${becomes}): ${text}: ${became}: ${'why' in understood ? understood.why : ''}`);
    if (understood.kind === 'understood' && became === 'index') {
      say(`${text}: ${understood.notes[0] ?? ''}`);
      const plan = understood.plan as unknown as { readonly entity: PermanentId; readonly indexes: readonly EntityIndex[] };
      for (const index of plan.indexes) found.set(JSON.stringify([plan.entity, index]), { entity: plan.entity, index, text });
    } else say(`${text}: ${became}`);
  }
  const perWish = (performance.now() - began) / Math.max(1, asked.length);
  const gains: {
    readonly rows: number;
    readonly pages: number;
    readonly ms: number;
    readonly inService: number;
    readonly same: boolean;
  }[] = [];
  await migrateProduct(server.url('owner', 'theseus'));
  await applySchema(server.url('owner', 'theseus'), reading.model);
  await fillByHand(server.url('owner', 'theseus'));
  const store = openStore({ dataUrl: server.url('data', 'theseus'), pool: 2 });
  for (const { entity, index, text } of found.values()) {
    const model = withIndex(
      reading.model,
      reading.components.map(({ contract }) => contract),
      entity,
      index,
    );
    const question = questionOf(index, entity);
    const measure = (): ReturnType<Measuring['measure']> =>
      measuringNow().measure({ models: [reading.model, model] as unknown as readonly Json[], entity, questions: [question] });
    const [one, other] = [await measure(), await measure()];
    const [without, within] = one.answers[0] ?? [];
    if (without === undefined || within === undefined) continue;
    const counts = ({ answers }: typeof one): string =>
      JSON.stringify(answers.flat().map(({ rows, pages, nodes }) => [rows, pages, nodes]));
    const before = await inService(store, reading.model, question);
    await applySchema(server.url('owner', 'theseus'), model);
    const after = await inService(store, model, question);
    gains.push({
      rows: without.rows / Math.max(1, within.rows),
      pages: without.pages / Math.max(1, within.pages),
      ms: without.ms.median / within.ms.median,
      inService: before / after,
      same: counts(one) === counts(other),
    });
    const last = gains.at(-1);
    say(
      `${text}: in the trial ${last?.ms.toFixed(1)} times as fast, in service ${last?.inService.toFixed(1)}; counts ${last?.same === true ? 'the same again' : 'DIFFER'}`,
    );
  }
  await store.close();
  await server.stop();
  const middle = (of: (gain: (typeof gains)[number]) => number): number => Number(median(gains.map(of)).toFixed(2));
  const least = (of: (gain: (typeof gains)[number]) => number): number => Number(Math.min(...gains.map(of)).toFixed(2));
  return {
    wishes: asked.length,
    asExpected,
    indexes: gains.length,
    countsRepeated: gains.filter(({ same }) => same).length,
    fewerRows: { median: middle(({ rows }) => rows), least: least(({ rows }) => rows) },
    fasterInTrial: { median: middle(({ ms }) => ms), least: least(({ ms }) => ms) },
    fasterInService: { median: middle(({ inService: ratio }) => ratio), least: least(({ inService: ratio }) => ratio) },
    secondsAWish: Number((perWish / 1000).toFixed(2)),
  };
}

function becameOf(understood: Understood): Becomes {
  if (understood.kind === 'question') return 'question';
  if (understood.kind === 'refused') return 'cannot';
  if (understood.kind === 'nothing-to-do') return 'nothing';
  const { answersWithin } = understood.plan as unknown as { readonly answersWithin: number | null };
  return answersWithin === null ? 'index' : 'time';
}

const withIndex = (model: SystemModel, contracts: Parameters<typeof linkModel>[1], entity: PermanentId, index: EntityIndex): SystemModel =>
  linkModel(
    model.settings,
    contracts.map((contract) => (contract.id === entity && contract.kind === 'entity' ? { ...contract, indexes: [index] } : contract)),
  );

/** Rows that the trial knows nothing of: people's words, and few of them. */
async function fillByHand(ownerUrl: string): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  await owner.query(`begin; set local theseus.caller = 'bench';
    insert into e.e_prod (id, version, f_psku, f_pname, f_pcat, f_pprice, f_pprice_c, f_pstock)
      select md5('p' || i)::uuid, 1, 'SKU-' || i, (array['Tea', 'Cup', 'Lamp', 'Chair', 'Desk', 'Mug', 'Shelf'])[1 + i % 7] || ' No. ' || i, 'goods', 100 + i % 5000, 'EUR', (i * 7919) % 400
      from generate_series(1, ${ROWS}) i;
    insert into e.e_cust (id, version, f_cname, f_cmail)
      select md5('c' || i)::uuid, 1, (array['Ada', 'Ben', 'Cleo', 'Dan'])[1 + i % 4] || ' Miller the ' || i || 'th', 'person' || i || '@example.org'
      from generate_series(1, ${ROWS}) i;
    commit`);
  await owner.query('vacuum (analyze) e.e_prod');
  await owner.query('vacuum (analyze) e.e_cust');
  await owner.end();
}

/** Milliseconds of one answer, in the middle of several. */
async function inService(store: Store, model: SystemModel, question: Question): Promise<number> {
  const prepared = prepareModel(model);
  const times: number[] = [];
  const entity = entityById(model, question.entity);
  const name = (id: PermanentId): string => entity?.fields.find((field) => field.id === id)?.name ?? '';
  const query =
    question.kind === 'list'
      ? { sort: question.sort.map(({ field, descending }) => `${descending ? '-' : ''}${name(field)}`).join(',') }
      : { q: '17171' };
  for (let read = 0; read < READS; read++) {
    const began = performance.now();
    const page = await store.read.list(callOf(model), prepared, question.entity, query);
    if (isRefusal(page)) throw new Error(page.why);
    times.push(performance.now() - began);
  }
  return median(times);
}
function callOf(model: SystemModel): Call {
  const now = Date.now();
  const roles = model.settings.roles.map(({ name }) => name);
  return {
    call: `bench-${now}`,
    caller: { id: 'bench', name: 'Bench', roles },
    generation: digest(`sha256:${'0'.repeat(64)}`),
    activation: 1,
    component: 'entity/bench',
    change: null,
    now: instant(now),
    deadline: instant(now + 30_000),
  };
}
