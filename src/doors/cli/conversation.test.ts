import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { ChangeDetail, ChangeEvent } from '#api/client';
import type { Prompts } from './prompts.ts';
import { run } from './specimen/environment.ts';
import { type Answers, liveChange, liveEvents, question, type SpecimenSystem, startSpecimen } from './specimen/system.ts';

type Told = ChangeEvent extends infer Each ? (Each extends ChangeEvent ? Omit<Each, 'change' | 'seq' | 'at'> : never) : never;
const eventsOf = (...told: readonly Told[]): readonly ChangeEvent[] =>
  told.map((event, seq) => ({ ...event, change: 'ch-1', seq, at: 1_000 + seq }) as unknown as ChangeEvent);
const spent = (usd: number | null): Told => ({
  kind: 'spent',
  spent: {
    phase: 'generate',
    provider: 'openai',
    model: 'gpt',
    tokens: { input: 1_200, cached: 0, output: 300, reasoning: 0 },
    usd,
    prices: 'a list',
    energyWh: null,
    wallMs: 900,
  },
});
const written = eventsOf(
  { kind: 'asked' },
  { kind: 'routed', generator: 'model/main', why: 'the cheapest that may succeed' },
  { kind: 'retrieved', pieces: [{ source: 'document/returns.md#2', why: 'names returns', tokens: 120 }], tokens: 120 },
  { kind: 'repair', attempt: 1, generator: 'model/main', failures: ['types: name is no field'] },
  spent(0.02),
  spent(null),
  { kind: 'ended', outcome: 'live', why: 'It serves now.' },
);
const asked: ChangeDetail = { ...liveChange, state: 'queued', outcome: null };
const answered: ChangeDetail = {
  ...liveChange,
  id: 'ch-2',
  continues: 'ch-1',
  conversation: [
    {
      id: 'ch-1',
      request: 'Add a due date',
      by: 'c1',
      askedAt: liveChange.askedAt,
      outcome: 'question',
      why: 'Of what?',
      options: [{ sentence: 'Add a due date to orders.' }],
    },
  ],
};
const conversation: Answers = {
  'POST /_theseus/changes': (body: { readonly continues?: string }) => (body.continues === undefined ? asked : { ...asked, id: 'ch-2' }),
  'GET /_theseus/changes': { items: [question], next: null },
  'GET /_theseus/changes/ch-1': question,
  'GET /_theseus/changes/ch-1/events': liveEvents,
  'GET /_theseus/changes/ch-2': answered,
  'GET /_theseus/changes/ch-2/events': liveEvents,
};
const said = (...answers: readonly (string | null)[]): Prompts => {
  const left = [...answers];
  return { choose: async () => left.shift() ?? null, write: async () => left.shift() ?? null };
};
const started = async (test: TestContext, answers: Answers): Promise<SpecimenSystem> => {
  const system = await startSpecimen(answers);
  test.after(() => system.close());
  return system;
};
const requests = (system: SpecimenSystem): readonly unknown[] =>
  system.asked.flatMap(({ route, body }) => (route === 'POST /_theseus/changes' ? [body] : []));
const plain = { THESEUS_URL: undefined, NO_COLOR: '1' };

describe('a conversation on the command line', () => {
  it('answers a question at once, with the number of an option or in words', async (test) => {
    for (const [given, request] of [
      ['2', 'Add a due date to orders.'],
      ['to invoices, a month later', 'to invoices, a month later'],
    ] as const) {
      const system = await started(test, conversation);
      const { code, out } = await run(['change', 'Add a due date', '--data', system.data], {
        terminal: true,
        variables: plain,
        prompts: said(given),
      });
      assert.equal(code, 0, out);
      assert.deepEqual(requests(system), [{ request: 'Add a due date' }, { request, continues: 'ch-1' }]);
    }
  });

  it('asks again where the number is none of the options, and leaves a question that nobody answers', async (test) => {
    const system = await started(test, conversation);
    const { code, out, err } = await run(['change', 'x', '--data', system.data], { terminal: true, variables: plain, prompts: said('7') });
    assert.equal(code, 1);
    assert.match(err, /a number from 1 to 2, or in words/);
    assert.match(out, /answer it later: theseus answer --data \S+ ch-1/);
    assert.equal(requests(system).length, 1);
  });

  it('answers later by the verb answer, and asks nobody where nobody sits', async (test) => {
    const system = await started(test, conversation);
    const { code, out } = await run(['answer', 'last', '1', '--data', system.data, '--json']);
    assert.equal(code, 0);
    assert.equal((JSON.parse(out) as ChangeDetail).id, 'ch-2');
    assert.deepEqual(requests(system), [{ request: question.options[0]?.sentence, continues: 'ch-1' }]);
    assert.equal((await run(['answer', 'last', '9', '--data', system.data])).code, 2);
    const other = await started(test, { ...conversation, 'GET /_theseus/changes/ch-1': liveChange });
    assert.match((await run(['answer', 'ch-1', 'x', '--data', other.data])).err, /asks nothing: it is live/);
  });

  it('tells who is tried, what is looked up, what is written again and what a model cost, unknown as unknown', async (test) => {
    const change = { ...liveChange, events: written, budget: { usd: 2 } };
    const system = await started(test, {
      ...conversation,
      'GET /_theseus/changes/ch-1': change,
      'GET /_theseus/changes/ch-1/events': written,
    });
    const { out } = await run(['change', 'x', '--data', system.data]);
    assert.match(out, /Tries {2}model\/main: the cheapest that may succeed\n/);
    assert.match(out, /Looked up {2}1 piece, 120 tokens\n {2}document\/returns\.md#2 {2}names returns/);
    assert.match(out, /Written again {2}attempt 2, since 1 check failed\n {2}types: name is no field/);
    assert.match(out, /called openai gpt to generate: 1,200 tokens in, 300 out, cost \$0\.02\n.*cost unknown/);
    assert.match(out, /Models {2}\$0\.02, and unknown for 1 of 2 calls .*of \$2\.00 that a change may spend/);
  });

  it('shows what was said before, every option that was weighed, and the examples that must hold', async (test) => {
    const decision = {
      chosen: 'generate',
      why: 'Nothing else does it.',
      options: [
        { name: 'nothing', value: 'none', cost: 'none', risk: 'none', rejectedBecause: 'it would not be there' },
        { name: 'generate', value: 'what was asked', cost: 'tokens', risk: 'medium' },
      ],
    };
    const example = { name: 'a due date is kept', steps: [{ create: 'order', with: { due: '2026-11-30' }, then: { due: '2026-11-30' } }] };
    const stated = [
      { component: 'entity/order', example, hidden: false },
      { component: 'entity/order', example: null, hidden: true },
    ];
    const system = await started(test, {
      ...conversation,
      'GET /_theseus/changes': { items: [answered], next: null },
      'GET /_theseus/changes/ch-2': { ...answered, decision, stated, events: written, handedInBy: 'agent' },
    });
    const { code, out } = await run(['show', '--data', system.data]);
    assert.equal(code, 0);
    assert.match(out, /code from an agent/);
    assert.match(out, /Said before\n {2}> Add a due date\n {4}question: Of what\?\n {4}1\. Add a due date to orders\./);
    assert.match(out, /nothing +value: none; cost: none; risk: none\n +not: it would not be there/);
    assert.match(out, /a due date is kept {2}entity\/order\n {4}when +making order with due 2026-11-30\n {4}then +it has due/);
    assert.match(out, /an example that you may not read \(hidden from whoever writes\)/);
    assert.match(out, /generate +openai gpt +2 calls/);
  });

  it('asks at Ctrl-C whether to cancel, and cancels', async (test) => {
    const running = eventsOf({ kind: 'asked' }, { kind: 'step', step: 'generate', state: 'started' });
    const cancelled = { ...liveChange, outcome: 'cancelled', why: 'Cancelled by Ada.' };
    const interrupted = { onInterrupt: (listener: (by: 'person' | 'system') => void) => (setImmediate(listener, 'person'), () => {}) };
    const answers = {
      ...conversation,
      'GET /_theseus/changes/ch-1/events': running,
      'GET /_theseus/changes/ch-1': cancelled,
      'POST /_theseus/changes/ch-1/cancel': cancelled,
    };
    const system = await started(test, answers);
    const stopped = await run(['change', 'x', '--data', system.data], {
      terminal: true,
      variables: plain,
      prompts: said('watch', 'cancel'),
      ...interrupted,
    });
    assert.match(stopped.out, /Cancelled {2}Cancelled by Ada\./);
    assert.equal(stopped.code, 1);
    assert.equal(system.asked.filter(({ route }) => route.endsWith('/cancel')).length, 1);
    const left = await run(['change', 'x', '--data', system.data], {
      terminal: true,
      variables: plain,
      prompts: said('leave'),
      ...interrupted,
    });
    assert.match(left.err, /goes on without you.*theseus show --data \S+ ch-1.*theseus cancel --data \S+ ch-1/);
    const json = await run(['change', 'x', '--data', system.data, '--json'], interrupted);
    assert.equal((JSON.parse(json.out) as { error: { code: string } }).error.code, 'interrupted');
    assert.equal(system.asked.filter(({ route }) => route.endsWith('/cancel')).length, 1);
  });
});
