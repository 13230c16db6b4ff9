/**
 * A region that whoever writes the code states is measured on the rows that are there, by the workshop for the evidence and by the machine
 * for the decision: what covers nearly all of them asks a person, what is narrow and what the asker stated goes live by itself.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ChangeEvent, ChangeRequest, Proposal } from '#change';
import { parserProcess } from '#adapters/parser-process';
import { openRowCounts } from '#adapters/row-counts';
import { type Finding, isRefusal, type Scope } from '#kernel';
import { generationOfReading } from '#model';
import { readSystem } from '#model/read';
import type { Generator } from '#ports';
import { sentencesGenerator } from '#sentences';
import { openRegionFacts } from '../../src/machine/region-facts.ts';
import type { Running } from '../../src/machine/running.ts';
import { readAgain, storedOf } from '../../src/machine/second-reading.ts';
import { edited, shopFiles } from '../gates/engines.ts';
import { openWorks, type Works } from './workshop.ts';

/** Cancelled orders are worth what is said, and all others what they were. */
const worth = (amount: string): Proposal['files'] => ({
  'entities/order.ts': edited(
    'entities/order.ts',
    "live: (order: Row<'order'>) => sum",
    `live: (order: Row<'order'>) => order.status === 'cancelled' ? money('${amount}') : sum`,
  ),
  'entities/order.test.ts': edited(
    'entities/order.test.ts',
    '\n]);',
    `
  example('a cancelled order is worth ${amount}', [
    { create: 'customer', as: 'ada', with: { name: 'Ada' } },
    { create: 'product', as: 'tea', with: { sku: 'T1', name: 'Tea', price: '4.50', stock: 10 } },
    { create: 'order', with: { customer: 'ada', status: 'cancelled', lines: [{ product: 'tea', quantity: 2, unitPrice: '4.50' }] }, then: { total: '${amount}' } },
  ]),
]);`,
  ),
});
const total = 'entity/order#field/total';
const narrow = "order.status === 'cancelled'";
const wide = "order.status !== 'shipped'";

/** Writes what stands in the request, as a model would that states the region in the request's last words. */
const writer: Generator = {
  name: 'writer',
  understand: async (request) => ({
    kind: 'understood',
    echo: ['Cancelled orders are worth something else.'],
    notes: [],
    scope: { components: ['entity/order'], members: ['entity/order'], regions: { [total]: request.split(': ')[1] ?? wide } } as Scope,
    risk: 'medium',
    plan: request.split(' ')[0] ?? '',
  }),
  generate: async (plan) => ({ files: worth(String(plan)), notes: [] }),
};
let works: Works;
const order = async (customer: string, status: string): Promise<void> => {
  const made = await works.put('order', { customer, status });
  assert.ok(!isRefusal(made), JSON.stringify(made));
};
before(async () => {
  works = await openWorks([sentencesGenerator, writer]);
  const customer = await works.put('customer', { name: 'Ada', tier: 'gold' });
  assert.ok(typeof customer === 'string', JSON.stringify(customer));
  for (let at = 0; at < 24; at++) await order(customer, at === 0 ? 'cancelled' : at === 1 ? 'shipped' : 'open');
});
after(() => works.close());

const states = (events: readonly ChangeEvent[]): string => {
  const ended = events.findLast((event) => event.kind === 'ended');
  const asked = events.findLast((event) => event.kind === 'step' && event.step === 'approve');
  if (ended?.kind === 'ended') return `${ended.outcome}: ${ended.why} ${JSON.stringify(ended.evidence ?? null)}`;
  return asked === undefined ? JSON.stringify(events.at(-1)) : `waits: ${JSON.stringify('detail' in asked ? asked.detail : null)}`;
};
const covers = (events: readonly ChangeEvent[]): readonly Finding[] =>
  events.flatMap((event) => (event.kind === 'evidence' ? event.evidence.findings.filter((finding) => finding.covers !== undefined) : []));
const handIn = (id: string, region: string): Promise<readonly ChangeEvent[]> =>
  works.ask(id, 'Cancelled orders are worth nothing', {
    proposal: { from: 'agent', files: worth('0.00'), notes: [] },
    regions: { [total]: region },
  } as Partial<ChangeRequest> as never);

test('a sentence says for which rows: it is counted, and asks nobody though nearly every order lies in it', async () => {
  const events = await works.ask('sentence', 'Orders of gold customers get 10% off');
  assert.match(states(events), /^live/);
  assert.ok(!isRefusal(await works.rollBack()));
  assert.match(covers(events)[0]?.statement ?? '', /covers 22 of 24 orders that are there \(91%\)/);
});

test('an agent’s region that nearly every row lies in waits for a person, who is told how many', async () => {
  const events = await handIn('wide', wide);
  assert.match(
    states(events),
    /^waits: .*the region that whoever wrote the code states of entity\/order#field\/total covers 23 of 24 rows that are there \(95%\)/,
  );
  const [told, ...more] = covers(events);
  assert.equal(told?.statement, 'The region that is stated of order.total covers 23 of 24 orders that are there (95%)');
  assert.deepEqual([told.verdict, told.shownBy, told.covers, more.length], ['pass', 'checked', { formula: total, rows: 23, of: 24 }, 0]);
});

test('a narrow one goes live by itself, and its count is told as well', async () => {
  const events = await handIn('narrow', narrow);
  assert.match(states(events), /^live/);
  assert.match(covers(events)[0]?.statement ?? '', /covers 1 of 24 orders that are there \(4%\)/);
});

test('a writer’s own region waits; the same that the asker states goes live, though nearly all rows lie in it', async () => {
  assert.match(states(await works.ask('writes', `1.00 is worth: ${wide}`)), /^waits: .*covers 23 of 24 rows/);
  assert.match(states(await works.ask('asked', `2.00 is worth: ${narrow}`, { regions: { [total]: wide } } as never)), /^live/);
});

test('the machine counts by itself what the author states, once for each candidate, and never what the asker states or a sentence says', async () => {
  const base = readSystem(shopFiles);
  assert.ok(base.ok);
  const generation = generationOfReading(shopFiles, base);
  const whole = { generation, files: shopFiles, components: base.components.map((each) => storedOf(shopFiles, each)) };
  const [reader, counts] = [parserProcess(), openRowCounts(works.workshopUrl)];
  let asked = 0;
  const factsOf = openRegionFacts({
    reader,
    calls: () => ({
      covered: (running, entity, holds) => {
        asked += 1;
        return counts.covered(running.model, entity, holds);
      },
    }),
    serving: (): Running => ({ generation: generation.id, activation: 1, model: base.model }),
  });
  const reading = await readAgain(reader, { whole: async () => whole, keep: () => {} }, generation.id, worth('0.00'));
  assert.ok(reading !== null && reading.whole !== null, JSON.stringify(reading?.facts.problems));
  const of = (region: string, generator = 'model:main') => ({
    scope: { components: [], members: [], regions: { [total]: region, 'rule/other': 'true' } } as Scope,
    generator,
  });
  const counted = [{ formula: total, rows: 23, of: 24 }];
  assert.deepEqual(await factsOf(reading, of(wide), {}), { handedIn: false, askedRegions: {}, covers: counted });
  assert.deepEqual((await factsOf(reading, of(wide), { proposal: {}, regions: { [total]: wide } })).covers, counted);
  assert.equal(asked, 1, 'an admission finds what was counted before');
  assert.deepEqual((await factsOf(reading, of(wide), { regions: { [total]: wide } })).covers, []);
  assert.deepEqual((await factsOf(reading, of(wide, 'sentences'), {})).covers, []);
  assert.deepEqual((await factsOf(reading, of('order.nothing > 5'), {})).covers, [], 'what cannot be read is refused by the proof');
  assert.equal(asked, 1);
  assert.deepEqual((await factsOf(reading, of(narrow), {})).covers, [{ formula: total, rows: 1, of: 24 }]);
  await Promise.all([reader.close(), counts.close()]);
});
