/** Code that comes with a request, through the whole pipeline and the kernel's admission: the same door as everybody's. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ChangeEvent, ChangeRequest, Proposal } from '#change';
import { isRefusal } from '#kernel';
import { sentencesGenerator } from '#sentences';
import { edited, shopFiles } from '../gates/engines.ts';
import { openWorks, type Works } from './workshop.ts';

let works: Works;
before(async () => {
  works = await openWorks([sentencesGenerator], {
    ...shopFiles,
    // Who writes code by hand needs an approval here.
    'theseus.json': (shopFiles['theseus.json'] ?? '').replace('"medium": "act"', '"medium": "propose"'),
  });
});
after(() => works.close());

const handIn = (
  id: string,
  files: Proposal['files'],
  more: Partial<Omit<ChangeRequest, 'base'>> & { readonly base?: string } = {},
): Promise<readonly ChangeEvent[]> => works.ask(id, 'Notes on orders', { proposal: { from: 'person', files, notes: [] }, ...more });
const ends = (events: readonly ChangeEvent[]): string =>
  events.flatMap((event) => (event.kind === 'ended' ? [`${event.outcome}: ${event.why}`] : [])).join('; ');
const withNote = (): Proposal['files'] => ({
  'entities/order.ts': edited('entities/order.ts', 'fields: {\n    customer', 'fields: {\n    note: text({}),\n    customer').replace(
    'sum }',
    'sum, text }',
  ),
});

test('a check leaves evidence, and neither a certificate nor a change', async () => {
  const before = await works.serving();
  assert.match(ends(await handIn('check-good', withNote(), { kind: 'check' })), /^checked: Every gate passed/);
  assert.match(
    ends(await handIn('check-bad', { 'entities/order.test.ts': null }, { kind: 'check' })),
    /^checked: It did not pass: examples/,
  );
  assert.equal(await works.serving(), before);
  assert.deepEqual(await works.query(`select * from theseus.certificates where change like 'check-%'`), []);
});

test('what fails a gate is refused with the evidence, and nothing changes', async () => {
  const before = await works.serving();
  assert.match(
    ends(await handIn('bad', { 'entities/order.ts': edited('entities/order.ts', 'min: 1', "min: 'one'") })),
    /^refused: .*entities\/order\.ts/,
  );
  assert.equal(await works.serving(), before);
});

test('what passes waits for the approval that policy asks, is put on what serves by then, and is live', async () => {
  const base = (await works.serving()) ?? '';
  assert.equal(waits(await handIn('first', withNote(), { base })), 1);
  await works.ask('other', 'The credit limit of a customer is at least 1,000');
  await works.approve('other');
  assert.match(ends(await until('other', (events) => ends(events) !== '')), /^live/);
  await works.approve('first');
  await until('first', (events) => waits(events) === 2);
  await works.approve('first');
  assert.match(ends(await until('first', (events) => ends(events) !== '')), /^live/);
  const again = await works.approve('first');
  assert.ok(isRefusal(again) && again.code === 'conflict' && /waits for no approval: it has ended \(live\)/.test(again.why));
  const [row] = await works.query(
    `select string_agg(files::text, ' ') as files from theseus.candidates where generation in (select stable from theseus.routing)`,
  );
  assert.match(String(row?.['files']), /generator: person/);

  // What was written on the first generation, and alters what was altered since.
  const late = await handIn('late', { 'entities/order.ts': edited('entities/order.ts', 'min: 1', 'min: 2') }, { base });
  assert.match(ends(late), /^refused: The system moved on since this was made, and entities\/order\.ts was altered on both sides/);
});

const waits = (events: readonly ChangeEvent[]): number =>
  events.filter((event) => event.kind === 'step' && event.step === 'approve' && event.state === 'started').length;
async function until(id: string, there: (events: readonly ChangeEvent[]) => boolean): Promise<readonly ChangeEvent[]> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const events = await works.events(id);
    if (there(events) || Date.now() > deadline) return events;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test('what is cancelled while the gates look at it is not certified, and keeps nobody waiting', async () => {
  const before = await works.serving();
  const running = handIn('stopped', {
    'entities/product.ts': edited('entities/product.ts', ' *\n * why:', ' * On the shelf.\n *\n * why:'),
  });
  await until('stopped', (events) => events.some((event) => event.kind === 'evidence'));
  await works.stop('stopped');
  assert.match(ends(await running), /^cancelled/);
  assert.deepEqual(await works.query(`select * from theseus.certificates where change = 'stopped'`), []);
  assert.equal(await works.serving(), before);
});
