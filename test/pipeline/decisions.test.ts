/** What becomes of requests that need no code, with the real sentences and settings: nothing, a use of what is there, a refusal, a setting, a strategy. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { ChangeEvent, Decision } from '#change';
import type { Generator } from '#ports';
import { sentencesGenerator } from '#sentences';
import { settingsGenerator } from '#settings';
import { shopFiles } from '../gates/engines.ts';
import { openWorks } from './workshop.ts';

const head =
  '/**\n * Names who gets the next free chair.\n *\n * why: it\n * change: start\n * generator: person\n * date: 2026-11-23\n */\n';
const files = {
  ...shopFiles,
  'operations/next-chair.ts': `${head}import { operation, text } from 'theseus/sdk';

export default operation({
  id: 'o_chair',
  name: 'nextChair',
  output: { fields: { way: text({ id: 'f_chway', no: 1, required: true }) } },
  strategies: { turn: { 'first-come': 'Who came first sits first.', tallest: 'The tallest guest sits first.' } },
  async run({ strategy }) {
    return { way: strategy.turn };
  },
});
`,
  'operations/next-chair.test.ts': `import { example, examples } from 'theseus/sdk';

export default examples([example('somebody is named', [{ call: 'nextChair', then: {} }])]);
`,
};
let asked = 0;
const model: Generator = {
  name: 'model/scripted',
  tries: { repairs: 0, variants: 1 },
  understand: async () => {
    asked += 1;
    return { kind: 'refused', why: 'The scripted model writes nothing.' };
  },
  generate: async () => ({ files: {}, notes: [] }),
};
const works = await openWorks([sentencesGenerator, settingsGenerator, model], files);
after(() => works.close());

const endOf = (events: readonly ChangeEvent[]): string => {
  const end = events.findLast((event) => event.kind === 'ended');
  return end?.kind === 'ended' ? `${end.outcome}: ${end.why} ${JSON.stringify(end.evidence ?? '')}` : 'none';
};
const decisionOf = (events: readonly ChangeEvent[]): Decision | undefined => {
  const found = events.findLast((event) => event.kind === 'decided');
  return found?.kind === 'decided' ? found.decision : undefined;
};

test('a question is answered with the list that gives it, and no model is asked', async () => {
  const events = await works.ask('q1', 'Which customers are gold?');
  assert.match(endOf(events), /^nothing-to-do: .*GET \/api\/customers\?tier=gold/);
  assert.equal(decisionOf(events)?.chosen, 'compose');
  assert.match(
    endOf(await works.ask('q2', 'A customer rang, she wants to know which of her orders are open. Where do I see that?')),
    /^nothing-to-do: .*\/api\/orders/,
  );
  assert.equal(asked, 0);
});

test('what is so already, and what does harm, is told without a model', async () => {
  assert.match(endOf(await works.ask('n1', 'We must not have a negative stock of any product.')), /^nothing-to-do: /);
  assert.match(
    endOf(await works.ask('h1', 'From tomorrow every order should cost nothing, my nephew has a marketing idea.')),
    /^refused: It gives goods away/,
  );
  assert.equal(asked, 0);
});

test('a sentence that is understood wholly goes the way it went: a view by name is made', async () => {
  assert.match(endOf(await works.ask('v1', 'Show gold customers with name and email.')), /^live/);
  assert.match(
    endOf(await works.ask('v2', 'Show gold customers with name and email called "the golden ones".')),
    /^nothing-to-do: The view/,
  );
  await works.rollBack();
});

test('a strategy is chosen by asking and goes live; asked again there is nothing to do', async () => {
  const events = await works.ask('s1', 'Use the tallest strategy for the next chair');
  assert.match(endOf(events), /^live/, JSON.stringify(events.slice(-3)));
  assert.equal(decisionOf(events)?.chosen, 'strategy');
  assert.match(endOf(await works.ask('s2', 'Use the tallest strategy for the next chair')), /^nothing-to-do/);
  await works.rollBack();
});

test('policy by asking waits for a person, who sees the old value and the new one', async () => {
  const events = await works.ask('p1', 'Limit each caller to 20 requests a second');
  assert.ok(
    events.some((event) => event.kind === 'step' && event.step === 'approve'),
    endOf(events),
  );
  const known = events.find((event) => event.kind === 'understood');
  assert.match(known?.kind === 'understood' ? known.understanding.echo.join(' ') : '', /policy\.limits\.calls: 20, until now none/);
  assert.match(endOf(await works.ask('p2', 'Limit each caller to 0 requests a second')), /^refused: .*from 1 to 1000000/);
  assert.match(endOf(await works.ask('p3', 'Our prices are in dollars from now on, change the currency')), /^refused: .*never changes/);
  assert.match(endOf(await works.ask('p4', 'A script hammers us, so nobody gets more than 10 requests per second')), /^question: /);
  assert.equal(asked, 0);
});

test('what must be written goes to who writes, and the record says why nothing cheaper did', async () => {
  const events = await works.ask('c1', 'Customers collect loyalty points, one for each full ten euros.');
  assert.match(endOf(events), /^refused: The scripted model/);
  assert.equal(asked, 1);
  const first = events.find((event) => event.kind === 'decided');
  const options = first?.kind === 'decided' ? first.decision.options : [];
  assert.deepEqual(
    options.filter((option) => option.rejectedBecause !== undefined).map(({ name }) => name),
    ['nothing', 'configure', 'strategy', 'compose'],
  );
});
