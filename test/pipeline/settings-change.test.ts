/** theseus.json changes as code does: through the gates, within a scope, and policy never without a person. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { ChangeEvent } from '#change';
import type { Generator, Understood } from '#ports';
import { shopFiles } from '../gates/engines.ts';
import { openWorks } from './workshop.ts';

const head = '/**\n * It.\n *\n * why: it\n * change: start\n * generator: person\n * date: 2026-11-23\n */\n';
const files = {
  ...shopFiles,
  'operations/tell.ts': `${head}import { operation, text } from 'theseus/sdk';

export default operation({
  id: 'o_tell',
  name: 'tell',
  output: { fields: { way: text({ id: 'f_tway', no: 1, required: true }) } },
  strategies: { way: { 'first-come': 'Who came first.', largest: 'Who has most.' } },
  async run({ strategy }) {
    return { way: strategy.way };
  },
});
`,
  'operations/tell.test.ts': `import { example, examples } from 'theseus/sdk';

export default examples([example('it says its way', [{ call: 'tell', then: { way: 'first-come' } }])]);
`,
};
const settings = JSON.parse(shopFiles['theseus.json'] ?? '{}') as { readonly policy: object };
const told = { 'operations/tell.test.ts': files['operations/tell.test.ts'].replace("way: 'first-come'", "way: 'largest'") };
const plans: {
  readonly [request: string]: { readonly settings: object; readonly files?: object; readonly understood: Partial<Understood> };
} = {
  largest: {
    settings: { ...settings, strategies: { 'operation/tell#way': 'largest' } },
    files: told,
    understood: { scope: { components: ['operation/tell'], members: ['settings'] }, risk: 'medium' },
  },
  'largest, untested': {
    settings: { ...settings, strategies: { 'operation/tell#way': 'largest' } },
    understood: { scope: { components: ['operation/tell'], members: ['settings'] }, risk: 'medium' },
  },
  'largest, out of scope': {
    settings: { ...settings, strategies: { 'operation/tell#way': 'largest' } },
    files: told,
    understood: { scope: { components: ['operation/tell'], members: ['operation/tell'] }, risk: 'medium' },
  },
  limit: {
    settings: { ...settings, policy: { ...settings.policy, limits: { calls: 50 } } },
    understood: { scope: { components: [], members: ['settings'] }, risk: 'high' },
  },
  'limit, called medium': {
    settings: { ...settings, policy: { ...settings.policy, limits: { calls: 60 } } },
    understood: { scope: { components: [], members: ['settings'] }, risk: 'medium' },
  },
  currency: {
    settings: { ...settings, currency: 'USD' },
    understood: { scope: { components: [], members: ['settings'] }, risk: 'high' },
  },
};
const generator: Generator = {
  name: 'sentences',
  understand: async (request) =>
    ({ kind: 'understood', echo: [request], notes: [], plan: request, ...plans[request]?.understood }) as Understood,
  generate: async (plan) => {
    const made = plans[String(plan)];
    return { files: { 'theseus.json': JSON.stringify(made?.settings), ...made?.files }, notes: [] };
  },
};
const works = await openWorks(generator, files);
after(() => works.close());
const endOf = (events: readonly ChangeEvent[]): string => {
  const end = events.findLast((event) => event.kind === 'ended');
  return end?.kind === 'ended' ? `${end.outcome}: ${end.why}` : 'none';
};

test('a strategy is chosen as any change goes live: within its scope, and with what was shown before in force', async () => {
  assert.match(endOf(await works.ask('s1', 'largest, out of scope')), /^refused: .*theseus\.json differs, which is outside the scope/);
  assert.match(endOf(await works.ask('s2', 'largest, untested')), /^refused: .*examples/);
  const before = await works.serving();
  const events = await works.ask('s3', 'largest');
  assert.match(endOf(events), /^live/, JSON.stringify(events.at(-1)));
  assert.notEqual(await works.serving(), before);
  await works.rollBack();
  assert.equal(await works.serving(), before);
});

test('policy changes by a person’s approval alone, however it is called', async () => {
  for (const [id, request] of [
    ['p1', 'limit, called medium'],
    ['p2', 'limit'],
  ] as const) {
    const waiting = await works.ask(id, request);
    assert.equal(endOf(waiting), 'none');
    assert.ok(waiting.some((event) => event.kind === 'step' && event.step === 'approve'));
  }
  await works.approve('p2');
  const until = Date.now() + 20_000;
  while (endOf(await works.events('p2')) === 'none' && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 20));
  assert.match(endOf(await works.events('p2')), /^live/);
});

test('what stored values stand on never changes', async () => {
  assert.match(endOf(await works.ask('c1', 'currency')), /^refused: .*name, currency/);
});
