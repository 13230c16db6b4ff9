/** Wishes for speed, from the sentence to what serves: measured before and after, admitted like any other change, taken back like any other. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ChangeEvent } from '#change';
import { qualityGenerator } from '#quality';
import { sentencesGenerator } from '#sentences';
import { settingsGenerator } from '#settings';
import { shopFiles } from '../gates/engines.ts';
import { openWorks, type Works } from './workshop.ts';

let works: Works;
before(async () => {
  const settings = JSON.parse(shopFiles['theseus.json'] ?? '{}') as { policy?: Record<string, unknown> };
  const policy = {
    ...settings.policy,
    autonomy: { low: 'act', medium: 'act', high: 'propose' },
    approvals: { low: 0, medium: 0, high: 1 },
  };
  works = await openWorks(
    (measuring) => [sentencesGenerator, settingsGenerator, qualityGenerator({ measuring, usage: async () => 'Held now: kernel 100 MB.' })],
    { ...shopFiles, 'theseus.json': JSON.stringify({ ...settings, policy }) },
  );
});
after(() => works.close());

type Ended = Extract<ChangeEvent, { kind: 'ended' }>;
const endOf = (events: readonly ChangeEvent[]): Ended => {
  const end = events.find((event): event is Ended => event.kind === 'ended');
  assert.ok(end !== undefined);
  return end;
};
const evidenceOf = (
  events: readonly ChangeEvent[],
): readonly { readonly statement: string; readonly verdict: string; readonly witness?: unknown }[] =>
  events.flatMap((event) => (event.kind === 'evidence' && event.evidence.gate === 'quality' ? event.evidence.findings : []));
const decisionsOf = (events: readonly ChangeEvent[]): readonly Extract<ChangeEvent, { kind: 'decided' }>['decision'][] =>
  events.flatMap((event) => (event.kind === 'decided' ? [event.decision] : []));
const indexes = async (): Promise<readonly string[]> =>
  (await works.query("select indexdef from pg_indexes where schemaname = 'e' and indexname like '%\\_x\\_%' order by 1")).map(
    ({ indexdef }) => String(indexdef),
  );

test('where it is not said which read is slow, those that would gain are told with what they would', async () => {
  const end = endOf(await works.ask('q-which', 'make listing products faster'));
  assert.equal(end.outcome, 'question', end.why);
  assert.deepEqual(
    end.options?.map(({ sentence }) => sentence),
    ['Make searching products faster.', 'Make listing products sorted by stock ascending faster.'],
  );
  for (const { meaning } of end.options ?? []) assert.match(meaning ?? '', /^Looks at 5,000 rows .*; with the index it looks at \d+ rows?/);
});

test('a slow list gets the index that makes it faster: measured, shown in the evidence and in the decision, live', async () => {
  const events = await works.ask('q-stock', 'Listing products sorted by stock is slow.');
  const end = endOf(events);
  assert.equal(end.outcome, 'live', JSON.stringify(end));
  const [finding] = evidenceOf(events);
  assert.match(
    finding?.statement ?? '',
    /^Listing products sorted by stock ascending looks at 5,000 rows in [\d,]+ pages, .* ms .*; with the index it looks at 51 rows in .*: 98 times fewer rows\. The index: it takes \d+.* for 5,000 rows/,
  );
  const decision = decisionsOf(events).at(-1);
  assert.equal(decision?.chosen, 'configure');
  assert.deepEqual(
    decision.options.map(({ name, rejectedBecause }) => [name, rejectedBecause === undefined]),
    [
      ['nothing', false],
      ['configure', true],
      ['strategy', false],
      ['generate', false],
    ],
  );
  const [text] = await works.query("select text from theseus.sources where text like '%id: ''e_prod''%indexes: [{ sort: [''stock''] }]%'");
  assert.match(String(text?.['text']), /; "Listing products sorted by stock is slow\."\n \* change: q-stock\n \* generator: quality/);
  const [index] = await indexes();
  assert.match(index ?? '', /^CREATE INDEX e_prod_x_\w+ ON e\.e_prod USING btree \(f_pstock, id\)$/);
});

test('asked again there is nothing to do, and the figures say so', async () => {
  const end = endOf(await works.ask('q-again', 'Make listing products by stock faster'));
  assert.notEqual(end.outcome, 'live');
  assert.match(end.why, /the index for it is kept already|nothing to gain/);
});

test('what reads hardly more than it answers needs nothing', async () => {
  const end = endOf(await works.ask('q-one', 'Reading one invoice is slow'));
  assert.equal(end.outcome, 'nothing-to-do');
  assert.match(
    end.why,
    /^Reading one invoice looks at \d+ rows? in \d+ pages.*nothing to gain that anybody would notice\. Measured over 5,000 generated rows \(the live system has 0\)/,
  );
});

test('what no index can hold is said to stay as slow as it is, with the figures', async () => {
  const end = endOf(await works.ask('q-total', 'Listing orders sorted by total is slow'));
  assert.equal(end.outcome, 'refused');
  assert.match(
    end.why,
    /looks at [\d,]+ rows in [\d,]+ pages, .* ms .* and no index can make it faster: total is computed when it is read/,
  );
});

test('a time that is met is kept in the definition, and a change that breaks it is refused', async () => {
  const events = await works.ask('q-within', 'Invoices must answer within 3000 ms');
  const end = endOf(events);
  assert.equal(end.outcome, 'live', JSON.stringify(end));
  const texts = await works.query("select text from theseus.sources where text like '%id: ''e_inv''%answersWithin: 3000,%'");
  assert.equal(texts.length, 1);
  assert.match(evidenceOf(events)[0]?.statement ?? '', /^invoices answer within 3000 ms: the slowest of \d+ reads, .* looks at/);
  assert.equal(endOf(await works.ask('q-same', 'Invoices must answer in 3 seconds')).outcome, 'nothing-to-do');
  const beyond = endOf(await works.ask('q-beyond', 'Orders must answer within 1 ms'));
  assert.equal(beyond.outcome, 'refused', beyond.why);
  assert.match(beyond.why, /^Orders cannot answer within 1 ms: .* What could be kept to: Orders must answer within \d+ ms\./);
  const gone = endOf(await works.ask('q-anyhow', 'Invoices need not answer within a given time'));
  assert.equal(gone.outcome, 'live', gone.why);
});

test('an index that brings nothing is refused, whoever writes it', async () => {
  const text = shopFiles['entities/invoice.ts'] ?? '';
  const [, found] = /(\n {2}\},\n\}\);)/.exec(text) ?? [];
  assert.ok(found !== undefined);
  const events = await works.ask('q-useless', 'An index for the title', {
    proposal: {
      from: 'person',
      files: { 'entities/invoice.ts': text.replace(found, `\n  },\n  indexes: [{ sort: ['-issueDate'] }],\n});`) },
      notes: [],
    },
  } as never);
  const end = endOf(events);
  assert.equal(end.outcome, 'refused', JSON.stringify(end));
  assert.match(JSON.stringify(evidenceOf(events)), /The index for listing invoices sorted by issue date descending brings nothing/);
});

test('less memory is the indexes that could go, with what each takes and spares; an index goes when that is asked for', async () => {
  const end = endOf(await works.ask('q-memory', 'use less memory'));
  assert.equal(end.outcome, 'question', end.why);
  assert.deepEqual(
    end.options?.map(({ sentence }) => sentence),
    ['Stop keeping the index for listing products sorted by stock ascending.'],
  );
  assert.match(end.options?.[0]?.meaning ?? '', /^The index takes \d+.* Without it listing products sorted by stock ascending looks at/);
  const gone = await works.ask('q-gone', 'Stop keeping the index for listing products sorted by stock ascending.');
  assert.equal(endOf(gone).outcome, 'live', endOf(gone).why);
  assert.match(evidenceOf(gone)[0]?.statement ?? '', /^Listing products sorted by stock ascending had an index: it looks at [\d,]+ rows/);
  const nothing = endOf(await works.ask('q-memory-2', 'Use less memory'));
  assert.equal(nothing.outcome, 'nothing-to-do');
  assert.match(nothing.why, /keeps no index that could go.* Held now: kernel 100 MB\.$/);
});

test('what callers really ask for is measured first, and gets its index without a question back', async () => {
  const sorted = (descending: boolean): string =>
    JSON.stringify({
      kind: 'list',
      entity: 'e_prod',
      filter: [],
      sort: [{ field: 'f_pstock', descending }],
      search: false,
      long: false,
    });
  await works.query(
    `insert into theseus.reads_seen select current_date, 'g', shape, seen, seen, array[seen] from (values ('${sorted(false)}', 4000), ('${sorted(true)}', 3)) as made (shape, seen)`,
  );
  const events = await works.ask('q-seen', 'make listing products faster');
  assert.equal(endOf(events).outcome, 'live', JSON.stringify(endOf(events)));
  const notes = events.flatMap((event) => (event.kind === 'understood' ? event.understanding.notes : [])).join('\n');
  assert.match(notes, /it alone gains of those that callers made: 4000 times in the last seven days/);
  assert.match(notes, /\b1 of \d+ reads are those that callers made in service/);
  assert.match((await indexes()).join(), /e_prod USING btree \(f_pstock, id\)/);
});
