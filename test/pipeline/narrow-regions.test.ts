/**
 * A region that whoever writes the code states is measured on the rows that are there, by the workshop for the evidence and by the machine
 * for the decision: what covers nearly all of them asks a person, what is narrow and what the asker stated goes live by itself.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ChangeEvent, ChangeRequest, Proposal } from '#change';
import { type Finding, isRefusal, type Scope } from '#kernel';
import type { Generator } from '#ports';
import { edited } from '../gates/engines.ts';
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
  works = await openWorks([writer]);
  const customer = await works.put('customer', { name: 'Ada' });
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
