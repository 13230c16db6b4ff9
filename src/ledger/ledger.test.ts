import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cheapestFirst, type Trial } from './cheapest-first.ts';
import { csvOf } from './csv.ts';
import { energyOf, sizeOf } from './energy.ts';
import { assumedOwnership, ownershipOf } from './ownership.ts';
import { byModelAndPhase, type ChangeCost, totalOf } from './totals.ts';

const tokens = { input: 1_000, cached: 200, output: 500, reasoning: 100 };
const call = {
  phase: 'generate',
  provider: 'openai',
  model: 'gpt-oss-20b',
  tokens,
  usd: 0.02,
  prices: 'a list',
  energyWh: { from: 1, to: 2, method: 'm' },
  wallMs: 900,
};
const change = (outcome: ChangeCost['outcome'], more: Partial<ChangeCost> = {}): ChangeCost => ({
  change: 'c',
  request: 'Add a phone',
  at: '2026-11-23T10:00:00Z',
  outcome,
  generator: 'model/main',
  phases: [{ phase: 'gate', cpuMs: 1_500, wallMs: 300 }],
  calls: [call],
  ...more,
});

test('what failed counts into the cost of what stayed', () => {
  const total = totalOf([change('live'), change('refused')]);
  assert.deepEqual([total.changes, total.retained, total.usd, total.usdPerRetained, total.cpuSeconds], [2, 1, 0.04, 0.04, 3]);
});

test('a price or a figure that is unknown is counted as unknown, never as nothing', () => {
  const total = totalOf([change('live', { calls: [{ ...call, usd: null, tokens: null, energyWh: null }] })]);
  assert.deepEqual([total.callsWithoutPrice, total.callsWithoutTokens, total.callsWithoutEnergy, total.usdPerRetained], [1, 1, 1, null]);
  assert.equal(byModelAndPhase([change('live'), change('live', { calls: [{ ...call, usd: null }] })])[0]?.usd, null);
  assert.match(csvOf([change('live', { calls: [{ ...call, usd: null }] })]), /unknown/);
});

test('energy is an interval that grows with the output, is wider where the size of a model is assumed, and is unknown without figures', () => {
  const open = energyOf(tokens, 'gpt-oss-20b', 60_000);
  const twice = energyOf({ ...tokens, output: 1_000 }, 'gpt-oss-20b', 120_000);
  const closed = energyOf(tokens, 'some-model-9', 60_000);
  assert.ok(open !== null && twice !== null && closed !== null);
  assert.ok(open.from < open.to && twice.to > 1.9 * open.to);
  assert.ok(closed.to / closed.from > open.to / open.from);
  assert.match(closed.method, /assumed/);
  assert.ok(sizeOf('openai/gpt-oss-120b').published && !sizeOf('claude-x').published);
  assert.equal(energyOf(null, 'gpt-oss-20b', 1), null);
});

test('the formula gives what is published for a model of known size: 8 billion parameters, 1,000 tokens', () => {
  // 1.2 x (22.3 + 6.4 s of an eighth of 1 kW + 1000 x (8.91e-8 x 8 + 1.43e-6) kWh), without the interval of two standard deviations
  const found = energyOf({ ...tokens, output: 1_000 }, 'llama-3.1-8b', 1e9);
  const middle = 1.2 * (((8.02e-4 * 8 + 2.23e-2) * 1_000) / 3_600 / 8 + 1_000 * (8.91e-8 * 8 + 1.43e-6)) * 1_000;
  assert.ok(found !== null && Math.abs((found.from + found.to) / 2 - middle) < 1e-9);
});

test('a spreadsheet is handed no formula, and a comma or quote in a request breaks no line', () => {
  const csv = csvOf([change('live', { request: '=HYPERLINK("x"), now' })]);
  assert.match(csv, /"'=HYPERLINK\(""x""\), now"/);
  assert.equal(csv.split('\r\n').length, 4);
});

test('what it costs to own says what was measured and what assumed, where both ways cost the same, and which figure matters most', () => {
  const total = totalOf([change('live'), change('live'), change('refused')]);
  const owned = ownershipOf(total, 1, { ...assumedOwnership, conventionalHours: { value: 6, from: 'stated' } });
  assert.equal(owned.conventional.total, 2 * 6 * 80);
  assert.equal(owned.here.models.from, 'measured');
  assert.equal(owned.here.people.from, 'assumed');
  assert.ok(Math.abs(owned.saved - (owned.conventional.total - owned.here.total)) < 1e-9);
  assert.ok(owned.breakEven !== null && owned.breakEven < 1);
  assert.ok(['conventionalHours', 'hourlyRate'].includes(owned.sensitivity[0]?.figure ?? ''));
  assert.equal(ownershipOf(total, 1, { ...assumedOwnership, hourlyRate: { value: 0, from: 'stated' } }).breakEven, null);
});

test('who succeeded cheaply on such requests is tried first, and who never does is left out', () => {
  const trial = (generator: string, request: string, succeeded: boolean, usd: number): Trial => ({ generator, request, succeeded, usd });
  const record = [
    ...Array.from({ length: 6 }, () => trial('model/small', 'Write an operation that splits an order', false, 0.001)),
    ...Array.from({ length: 6 }, () => trial('model/small', 'Add a phone to customers', true, 0.001)),
    ...Array.from({ length: 6 }, () => trial('model/large', 'Write an operation that splits an order', true, 0.02)),
    ...Array.from({ length: 40 }, () => trial('model/poor', 'Write an operation that splits an order', false, 0.0001)),
  ];
  const among = ['model/large', 'model/small', 'model/poor'];
  assert.equal(cheapestFirst('Add a fax to customers', among, record)[0]?.generator, 'model/small');
  const hard = cheapestFirst('Write an operation that splits an invoice', among, record).map((each) => each.generator);
  assert.ok(!hard.includes('model/poor') && hard.includes('model/large'));
  assert.deepEqual(
    cheapestFirst('anything', among, []).map((each) => each.generator),
    among,
  );
});
