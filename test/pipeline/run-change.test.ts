import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { ChangeEvent } from '#change';
import type { Generator, Understood } from '#ports';
import { edited } from '../gates/engines.ts';
import { openWorks } from './workshop.ts';

const dueDate = edited(
  'entities/invoice.ts',
  '    paid: boolean',
  "    dueDate: date({ id: 'f_idue', no: 6, live: (invoice: Row<'invoice'>) => addDays(invoice.issueDate, 30) }),\n    paid: boolean",
)
  .replace('import { boolean,', 'import { addDays, boolean,')
  .replace('reference, text }', 'reference, type Row, text }');
const dueExample = (day: string): string => `import { example, examples } from 'theseus/sdk';

export default examples([
  example('an invoice is due 30 days after its issue date', [
    { create: 'customer', as: 'ada', with: { name: 'Ada' } },
    { create: 'order', as: 'first', with: { customer: 'ada' } },
    { create: 'invoice', with: { order: 'first', number: 'R1', issueDate: '2026-01-31', total: '5' }, then: { dueDate: '${day}' } },
  ]),
]);
`;
const scope = { components: ['entity/invoice'], members: ['entity/invoice'] } as const;
const understood = (risk: 'low' | 'high', plan: string): Understood => ({
  kind: 'understood',
  echo: ['Add a due date to invoices.'],
  notes: [],
  scope,
  risk,
  plan,
});

/** What the scripted generator makes of each request. */
const script: { readonly [request: string]: Understood } = {
  'due date': understood('low', '2026-03-02'),
  'wrong due date': understood('low', '2026-03-03'),
  'risky due date': understood('high', '2026-03-02'),
  phone: { ...understood('low', 'customer'), scope: { components: ['entity/customer'], members: ['entity/customer'] } } as Understood,
  'already so': { kind: 'nothing-to-do', echo: ['Invoices have a number.'], why: 'Invoices have a number already.' },
  ambiguous: { kind: 'question', why: 'Two readings.', options: [{ sentence: 'one' }, { sentence: 'two' }] },
  gibberish: { kind: 'refused', why: 'No reading.', words: [{ word: 'gibberish', at: 0 }], nearest: ['due date'] },
};
let asked = 0;
/** Happens once, while a candidate is written. */
let meanwhile: (() => Promise<unknown>) | undefined;
/** What is waited for before a request is understood. */
let first: Promise<unknown> | undefined;
const generator: Generator = {
  name: 'scripted',
  understand: async (request) => {
    asked += 1;
    await first;
    return script[request] ?? { kind: 'refused', why: 'not in the script' };
  },
  generate: async (plan) => {
    const happens = meanwhile;
    meanwhile = undefined;
    await happens?.();
    if (plan === 'customer')
      return {
        notes: [],
        files: {
          'entities/customer.ts': edited(
            'entities/customer.ts',
            '    email: email',
            "    phone: text({ id: 'f_cphone', no: 9 }),\n    email: email",
          ),
        },
      };
    return { notes: [], files: { 'entities/invoice.ts': dueDate, 'entities/invoice.test.ts': dueExample(String(plan)) } };
  },
};
const works = await openWorks(generator);
after(() => works.close());

const endOf = (events: readonly ChangeEvent[]): Extract<ChangeEvent, { kind: 'ended' }> | undefined =>
  events.findLast((event) => event.kind === 'ended');
const outcome = (events: readonly ChangeEvent[]): string => `${endOf(events)?.outcome ?? 'none'}: ${endOf(events)?.why ?? ''}`;

test('a question, a refusal and nothing to do end where they are found, with what the asker needs', async () => {
  const start = await works.serving();
  const question = endOf(await works.ask('q1', 'ambiguous'));
  assert.deepEqual([question?.outcome, question?.options?.length], ['question', 2]);
  const refused = endOf(await works.ask('r1', 'gibberish'));
  assert.deepEqual([refused?.outcome, refused?.evidence], ['refused', { words: [{ word: 'gibberish', at: 0 }], nearest: ['due date'] }]);
  const nothing = await works.ask('n1', 'already so');
  assert.match(outcome(nothing), /^nothing-to-do/);
  const decided = nothing.find((event) => event.kind === 'decided');
  assert.equal(decided?.kind === 'decided' ? decided.decision.chosen : '', 'nothing');
  assert.equal(await works.serving(), start);
});

test('a change whose evidence fails is refused with the witness, and nothing serves otherwise', async () => {
  const start = await works.serving();
  const events = await works.ask('w1', 'wrong due date');
  assert.match(outcome(events), /^refused: .*examples.*2026-03-02/);
  assert.equal(await works.serving(), start);
});

test('a request about an older generation is refused', async () => {
  assert.match(outcome(await works.ask('b1', 'due date', { base: `sha256:${'0'.repeat(64)}` })), /^refused: The system has moved on/);
});

test('a change goes live with every step, its evidence and its cost on record; it can be taken back', async () => {
  const start = await works.serving();
  const events = await works.ask('c1', 'due date');
  assert.match(outcome(events), /^live/);
  const done = events.flatMap((event) => (event.kind === 'step' && event.state === 'done' ? [event.step] : []));
  assert.deepEqual(
    done.filter((step, at) => done.indexOf(step) === at && step !== 'roll-out'),
    ['understand', 'decide', 'generate', 'gate', 'certify'],
  );
  assert.deepEqual(events.flatMap((event) => (event.kind === 'evidence' ? [event.evidence.gate] : [])).sort(), [
    'contract',
    'examples',
    'mutation',
    'parse',
    'proof',
    'properties',
    'security',
    'types',
    'workflow',
  ]);
  assert.notEqual(await works.serving(), start);
  const ledger = await works.query("select phase, cpu_ms from theseus.ledger where change = 'c1'");
  assert.ok(ledger.some((row) => row['phase'] === 'gate' && Number(row['cpu_ms']) > 0));
  await works.rollBack();
  assert.equal(await works.serving(), start);
});

test('a certificate of nonsense fails, and stands in the way of no other', async () => {
  for (const [id, payload] of Object.entries({
    f1: 'no JSON',
    f2: '{}',
    f3: '{"predicate":{"base":"sha256:x","evidence":null}}',
    f4: 'null',
  })) {
    const forged = works.forge(id, payload);
    first = forged;
    assert.match(outcome(await forged), /^failed/, payload);
  }
  assert.match(outcome(await works.ask('f5', 'due date')), /^live/);
  await works.rollBack();
});

test('the same run started twice acts once', async () => {
  const before = asked;
  const [first, second] = await Promise.all([works.ask('d1', 'due date'), works.ask('d1', 'due date')]);
  assert.match(outcome(first), /^live/);
  assert.equal(first.length, second.length);
  assert.equal(asked - before, 1);
  await works.rollBack();
});

test('a change of high risk waits for an approval, keeps nobody waiting, and goes live with it', async () => {
  const waiting = await works.ask('h1', 'risky due date');
  assert.equal(endOf(waiting), undefined);
  assert.ok(waiting.some((event) => event.kind === 'step' && event.step === 'approve'));
  assert.match(outcome(await works.ask('n2', 'already so')), /^nothing-to-do/);
  await works.approve('h1');
  const ended = await ending('h1');
  assert.equal(ended?.outcome, 'live');
  await works.rollBack();
});

test('where the system moves on while a change is made, the change is made again on what serves then', async () => {
  assert.match(outcome(await works.ask('m1', 'due date')), /^live/);
  const before = asked;
  meanwhile = () => works.rollBack();
  const events = await works.ask('m2', 'phone');
  assert.match(outcome(events), /^live/, JSON.stringify(events.at(-1)));
  assert.equal(asked - before, 2, 'it was understood again');
  const candidates = events.flatMap((event) => (event.kind === 'candidate' ? [event.generation] : []));
  assert.equal(new Set(candidates).size, 2);
  assert.equal(await works.serving(), candidates.at(-1));
  await works.rollBack();
});

/** Waits for the end that the kernel writes. */
async function ending(id: string): Promise<Extract<ChangeEvent, { kind: 'ended' }> | undefined> {
  const until = Date.now() + 20_000;
  for (;;) {
    const found = endOf(await works.events(id));
    if (found !== undefined || Date.now() > until) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
