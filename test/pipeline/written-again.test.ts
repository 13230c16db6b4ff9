/** Generators that may try again: who is tried, what binds them, when they stop, and that nobody waits for them. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { ChangeEvent } from '#change';
import { changeId, type Json } from '#kernel';
import type { Attempt, Generated, Generator, GeneratorContext, Understood } from '#ports';
import { shopFiles } from '../gates/engines.ts';
import { openWorks } from './workshop.ts';

const phone = (id: string): { readonly [path: string]: string } => ({
  'entities/customer.ts': (shopFiles['entities/customer.ts'] ?? '').replace(
    '    email: email',
    `    phone: text({ id: '${id}', no: 9 }),\n    email: email`,
  ),
});
const broken = { 'entities/customer.ts': (shopFiles['entities/customer.ts'] ?? '').replace('fields: {', 'fields: { phone: nothing(),') };
const scope = { components: ['entity/customer'] as const, members: ['entity/customer#field/phone'] };
const beyond: Understood = {
  kind: 'refused',
  why: 'These words have no role.',
  words: [{ word: 'phones', at: 0 }],
  nearest: ['Add a phone to customers'],
};
const example = (name: string, wanted: string): Json => ({
  name,
  steps: [
    { create: 'customer', as: 'ada', with: { name: 'Ada', phone: '123' } },
    { read: 'ada', then: { phone: wanted } },
  ],
});
const understood: Understood = { kind: 'understood', echo: ['Customers have a phone.'], notes: [], scope, risk: 'low', plan: 'phone' };

/** What each generator was shown, and what it answers to a request. */
const shown: { readonly name: string; readonly attempts: readonly Attempt[]; readonly conversation: number; readonly attached: string }[] =
  [];
const answers = new Map<string, (attempts: readonly Attempt[], context: GeneratorContext) => Promise<Generated> | Generated>();
const model = (name: string): Generator => ({
  name: `model/${name}`,
  tries: { repairs: 3, variants: 1 },
  understand: async (request) =>
    request.startsWith('hidden')
      ? {
          ...understood,
          acceptance: [
            { component: 'entity/customer', example: example('a secret wish', request === 'hidden wrong' ? '999' : '123'), hidden: true },
          ],
        }
      : understood,
  generate: async (_plan, context) => {
    const attempts = context.aid?.attempts ?? [];
    shown.push({
      name,
      attempts,
      conversation: context.aid?.conversation.length ?? 0,
      attached: (context.aid?.request.attachments ?? []).map(({ text }) => text).join(),
    });
    const answer = answers.get(name);
    if (answer === undefined) throw new Error('no answer');
    return answer(attempts, context);
  },
});
const sentences: Generator = {
  name: 'sentences',
  understand: async (request) => (request === 'known' ? { kind: 'nothing-to-do', echo: [], why: 'It is so already.' } : beyond),
  generate: async () => ({ files: {}, notes: [] }),
};
/** So many runs of examples during which the machine is too busy to end a call. */
let busy = 0;
const works = await openWorks([sentences, model('small'), model('large')], shopFiles, undefined, (trial) => ({
  ...trial,
  run: async (system, examples, options) => {
    const results = await trial.run(system, examples, options);
    if (busy === 0 || results.length === 0) return results;
    busy -= 1;
    return results.map((result) => ({ ...result, passed: false, why: 'it was refused', actual: stopped }));
  },
}));
const stopped = {
  refused: 'component-failed',
  why: 'operation/placeOrder failed: it did not end in time and waited for nothing',
  evidence: { component: 'operation/placeOrder', message: 'it did not end in time and waited for nothing' },
};
after(() => works.close());

const endOf = (events: readonly ChangeEvent[]): string => {
  const end = events.findLast((event) => event.kind === 'ended');
  return end?.kind === 'ended' ? `${end.outcome}: ${end.why}` : 'none';
};
const say = (files: { readonly [path: string]: string }): Generated => ({ files, notes: [] });

test('what the built-in sentences understand never reaches a model', async () => {
  const before = shown.length;
  assert.match(endOf(await works.ask('k1', 'known')), /^nothing-to-do/);
  assert.equal(shown.length, before);
});

test('what the gates refuse is written again from what they said, and what was written freely is of medium risk at least', async () => {
  answers.set('small', (attempts) => say(attempts.length === 0 ? broken : phone('f_cphone')));
  const events = await works.ask('r1', 'phones please');
  const attempts = shown.filter((each) => each.name === 'small').at(-1)?.attempts ?? [];
  assert.match(attempts[0]?.failures.join('\n') ?? '', /^parse: /);
  assert.ok(events.some((event) => event.kind === 'repair' && event.attempt === 1));
  const known = events.find((event) => event.kind === 'understood');
  assert.equal(known?.kind === 'understood' ? known.understanding.risk : '', 'medium');
  assert.match(endOf(events), /^live/);
  await works.rollBack();
});

test('the same failure twice ends the tries, and the next generator is asked', async () => {
  shown.length = 0;
  answers.set('small', () => say(broken));
  answers.set('large', () => say(phone('f_cphone')));
  const events = await works.ask('s1', 'phones please');
  assert.deepEqual(
    shown.map((each) => each.name),
    ['small', 'small', 'large'],
  );
  assert.match(endOf(events), /^live/);
  await works.rollBack();
});

test('where nobody writes what passes, nothing changes, and the last failure is told', async () => {
  const start = await works.serving();
  answers.set('large', () => say(broken));
  assert.match(endOf(await works.ask('n1', 'phones please')), /^refused: The change did not pass its checks \(parse/);
  assert.equal(await works.serving(), start);
});

test('an example that is hidden binds the candidate, and its text is told to no generator', async () => {
  shown.length = 0;
  answers.set('small', () => say(phone('f_cphone')));
  answers.set('large', () => say(phone('f_cphone')));
  assert.match(endOf(await works.ask('h1', 'hidden wrong')), /^refused/);
  const told = JSON.stringify(shown.flatMap((each) => each.attempts));
  assert.match(told, /an example of the asker that is not shown here fails/);
  assert.doesNotMatch(told, /secret wish|999/);
  assert.match(endOf(await works.ask('h2', 'hidden right')), /^live/);
  await works.rollBack();
});

test('examples that the asker states stand in the tests of what goes live, whatever the generator wrote under their name', async () => {
  answers.set('small', () => say(phone('f_cphone')));
  const acceptance = [{ component: 'entity/customer', example: example('Customers keep their phone', '123'), hidden: false }];
  assert.match(endOf(await works.ask('a1', 'phones please', { acceptance })), /^live/);
  const sources = await works.query("select files from theseus.candidates where change = 'a1'");
  const files = (sources[0]?.['files'] ?? {}) as { readonly [path: string]: string };
  assert.match(files['entities/customer.test.ts'] ?? '', /Customers keep their phone/);
  await works.rollBack();
  const refused = [{ component: 'entity/customer', example: example('Customers keep their phone', '999'), hidden: false }];
  assert.match(endOf(await works.ask('a2', 'phones please', { acceptance: refused })), /^refused/);
});

test('a check ends with its evidence and certifies nothing', async () => {
  const start = await works.serving();
  const events = await works.ask('c1', 'phones please', { kind: 'check' });
  assert.match(endOf(events), /^checked: Every gate passed/);
  assert.ok(!events.some((event) => event.kind === 'certified'));
  assert.equal(await works.serving(), start);
});

test('while a model writes, others change the system; what it wrote is put on what serves then', async () => {
  const entered = Promise.withResolvers<void>();
  const leave = Promise.withResolvers<void>();
  answers.set('small', async () => {
    entered.resolve();
    await leave.promise;
    return say(phone('f_cphone'));
  });
  const slow = works.ask('w1', 'phones please');
  await entered.promise;
  assert.match(endOf(await works.ask('w2', 'known')), /^nothing-to-do/);
  leave.resolve();
  assert.match(endOf(await slow), /^live/);
  await works.rollBack();
});

test('a change that is stopped aborts what is under way, and nothing of it is certified', async () => {
  const entered = Promise.withResolvers<void>();
  answers.set('small', async (_attempts, context) => {
    const signal = context.aid?.signal;
    entered.resolve();
    await new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve()));
    return say(phone('f_cphone'));
  });
  const slow = works.ask('x1', 'phones please');
  await entered.promise;
  await works.stop('x1');
  const events = await slow;
  assert.match(endOf(events), /^cancelled/);
  assert.ok(!events.some((event) => event.kind === 'certified'));
});

test('an answer to a question sees what was said before', async () => {
  answers.set('small', () => say(phone('f_cphone')));
  shown.length = 0;
  assert.match(endOf(await works.ask('q2', 'phones please', { continues: changeId('k1') })), /^live/);
  assert.equal(shown[0]?.conversation, 1);
  await works.rollBack();
});

test('an answer to a question goes by the documents of the request that it goes on from, or by its own', async () => {
  answers.set('small', () => say(phone('f_cphone')));
  shown.length = 0;
  const document = (text: string): { readonly attachments: readonly [{ readonly name: string; readonly text: string }] } => ({
    attachments: [{ name: 'openapi.yaml', text }],
  });
  await works.ask('d1', 'known', document('the first'));
  assert.match(endOf(await works.ask('d2', 'phones please', { continues: changeId('d1') })), /^live/);
  await works.rollBack();
  assert.match(endOf(await works.ask('d3', 'phones please', { continues: changeId('d2'), ...document('the second') })), /^live/);
  await works.rollBack();
  assert.deepEqual(
    shown.map(({ attached }) => attached),
    ['the first', 'the second'],
  );
});

test('where time alone ran out the same candidate is looked at once more, which is told, and nobody is asked to write it again', async () => {
  shown.length = 0;
  answers.set('small', () => say(phone('f_cphone')));
  answers.set('large', () => say(phone('f_cphone')));
  const acceptance = [{ component: 'entity/customer', example: example('Customers keep their phone', '123'), hidden: false }];
  const looksOf = (events: readonly ChangeEvent[]): readonly Json[] =>
    events.flatMap((event) => (event.kind === 'step' && event.step === 'gate' && event.state === 'done' ? [event.detail ?? null] : []));
  busy = 1;
  const events = await works.ask('b1', 'phones please', { acceptance });
  assert.match(endOf(events), /^live/);
  assert.deepEqual(looksOf(events), [{ passed: false, against: 'time alone' }, { passed: true }]);
  assert.equal(shown.length, 1);
  assert.equal(
    events.some(({ kind }) => kind === 'repair'),
    false,
  );
  await works.rollBack();

  busy = Infinity;
  const never = await works.ask('b2', 'phones please', { acceptance });
  busy = 0;
  assert.match(endOf(never), /^refused/);
  assert.equal(looksOf(never).length, 2 * shown.length - 2, 'once for each that was written, and no more');
});
