/**
 * Measures reads of generations side by side (port Measuring): the real statements over generated rows in schemas of their own in the
 * trial database, which go at the end. Runs take turns between the generations, so that what else the machine does falls on all alike.
 */
import { randomUUIDv7 } from 'node:crypto';
import { type Call, canonicalJson, digest, instant, type Json, type PermanentId } from '#kernel';
import { digestOf, type SystemModel } from '#model';
import type { Measured, Measuring, MeasuringAsked, Question, ReadCost, SeenRead, Spread } from '#ports';
import { type ExplainedPlan, type FieldShape, measuredTables, type Place } from '#store';
import { readsOf, type Read } from './measuring/reads.ts';
import { rowNumbers } from './measuring/row-numbers.ts';

export interface MeasuringParts {
  /** Of a login that may make schemas in the trial database. */
  readonly trialUrl: string;
  /** Rows of the live system; numbers alone. */
  readonly count: (model: SystemModel, entity: PermanentId) => Promise<number>;
  /** How values are spread in the live system; shares and counts alone. */
  readonly shapes?: (
    model: SystemModel,
    entity: PermanentId,
    fields: ReadonlySet<PermanentId>,
  ) => Promise<ReadonlyMap<PermanentId, FieldShape>>;
  /** What callers read in service. */
  readonly seen?: () => Promise<readonly SeenRead[]>;
  readonly seed?: number;
  /** Generated rows at least; 20,000 where nothing is said. */
  readonly leastRows?: number;
}
/** Fewer are read so fast that no difference shows. */
const LEAST_ROWS = 20_000;
const RUNS = 9;
/** Where one run takes this long, a third of the runs must do. */
const LONG_MS = 400;
const ADDED = 500;
const ADDING_RUNS = 5;
const ITEMS_EACH = 3;
const KEPT = 8;
const nothing = digest(`sha256:${'0'.repeat(64)}`);

export function openMeasuring({ trialUrl, count, shapes, seen, seed = 20_261_123, leastRows = LEAST_ROWS }: MeasuringParts): Measuring {
  const lay = measuredTables(trialUrl);
  const kept = new Map<string, Promise<Measured>>();
  const measure = async ({ models: given, entity, questions }: MeasuringAsked): Promise<Measured> => {
    const models = given as unknown as readonly SystemModel[];
    const [base] = models;
    if (base === undefined) throw new TypeError('nothing is to be measured');
    const { live, rows } = await rowNumbers(base, entity, leastRows, (id) => count(base, id));
    const spread = shapes === undefined ? {} : { shapes: await shapes(base, entity, fieldsIn(questions)) };
    const laid = await lay({ models, rows, itemsEach: ITEMS_EACH, seed, ...spread });
    try {
      const answers: (readonly ReadCost[])[] = [];
      for (const question of questions) answers.push(await costsOf(question, laid.places, base));
      const indexBytes: number[] = [];
      for (const place of laid.places) indexBytes.push(await place.indexBytes(entity));
      const adding = await addingIn(laid.places, entity);
      return { rows: rows.get(entity) ?? 0, live, answers, indexBytes, adding, addedRows: ADDED, runs: RUNS };
    } finally {
      await laid.end();
    }
  };
  return {
    ...(seen === undefined ? {} : { seen }),
    measure: (asked) => {
      const key = digestOf(canonicalJson(asked as unknown as Json));
      const known = kept.get(key);
      if (known !== undefined) return known;
      const made = measure(asked);
      kept.set(key, made);
      made.catch(() => kept.delete(key));
      for (const oldest of [...kept.keys()].slice(0, Math.max(0, kept.size - KEPT))) kept.delete(oldest);
      return made;
    },
  };
}

const fieldsIn = (questions: readonly Question[]): ReadonlySet<PermanentId> =>
  new Set(
    questions.flatMap((question) => (question.kind === 'list' ? [...question.filter, ...question.sort.map(({ field }) => field)] : [])),
  );

/** Of the value that costs the first generation most: the same one in all. */
async function costsOf(question: Question, places: readonly Place[], base: SystemModel): Promise<readonly ReadCost[]> {
  const [first] = places;
  if (first === undefined) return [];
  const reads = await readsOf(question, first, base, callOf(base));
  let worst: { readonly read: Read; readonly plan: ExplainedPlan } | undefined;
  for (const read of reads) {
    const plan = await explained(read, first, base);
    if (worst === undefined || plan.rows > worst.plan.rows) worst = { read, plan };
  }
  if (worst === undefined) return places.map(() => ({ rows: 0, pages: 0, nodes: [], ms: spreadOf([]) }));
  const plans = [worst.plan];
  for (const place of places.slice(1)) plans.push(await explained(worst.read, place, base));
  const times = await inTurns(places, worst.read, base);
  return plans.map((plan, at) => ({ ...plan, ms: spreadOf(times[at] ?? []) }));
}
async function explained(read: Read, place: Place, base: SystemModel): Promise<ExplainedPlan> {
  await read(place, callOf(base));
  return place.explain();
}

/** Milliseconds of one answer, run by run. */
async function inTurns(places: readonly Place[], read: Read, base: SystemModel): Promise<readonly (readonly number[])[]> {
  const times: number[][] = places.map(() => []);
  let runs = RUNS;
  for (let run = 0; run < runs; run++)
    for (const [at, place] of places.entries()) {
      const began = performance.now();
      await read(place, callOf(base));
      const took = performance.now() - began;
      times[at]?.push(took);
      if (took > LONG_MS) runs = RUNS / 3;
    }
  return times;
}

async function addingIn(places: readonly Place[], entity: PermanentId): Promise<readonly Spread[]> {
  const times: number[][] = places.map(() => []);
  for (let run = 0; run < ADDING_RUNS; run++)
    for (const [at, place] of places.entries()) times[at]?.push(await place.adding(entity, ADDED));
  return times.map(spreadOf);
}

const spreadOf = (times: readonly number[]): Spread => {
  const sorted = [...times].sort((one, other) => one - other);
  const at = (share: number): number => Math.round((sorted[Math.round((sorted.length - 1) * share)] ?? 0) * 100) / 100;
  return { median: at(0.5), low: at(0.25), high: at(0.75), least: at(0) };
};

/** Rows that are generated are nobody's: they are read with every role. */
function callOf(model: SystemModel): Call {
  const now = Date.now();
  const roles = model.settings.roles.filter(({ read }) => read).map(({ name }) => name);
  return {
    call: randomUUIDv7(),
    caller: { id: 'workshop', name: 'Workshop', roles },
    generation: nothing,
    activation: 0,
    component: 'view/measuring',
    change: null,
    now: instant(now),
    deadline: instant(now + 60_000),
  };
}
