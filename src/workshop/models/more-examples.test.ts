import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRefusal, type Json, type Refusal } from '#kernel';
import type { SystemModel } from '#model';
import type { LanguageModel, ModelCall } from '#ports';
import type { Question } from './ask.ts';
import { withMoreExamples } from './more-examples.ts';
import type { Work } from './work.ts';

const example = (name: string, component = 'operation/makeNote'): Json => ({
  component,
  name,
  steps: [{ call: 'makeNote', with: { text: name } }],
});
const understood = {
  kind: 'understood',
  statements: ['Notes are made.'],
  components: ['operation/makeNote'],
  members: [],
  examples: [example('one')],
  more: true,
} as unknown as Parameters<typeof withMoreExamples>[2];
const question: Question = {
  prompt: { instructions: 'I', message: 'M' },
  change: 'ch_1',
  phase: 'understand',
  schema: {},
  maxOutputTokens: 100,
  signal: new AbortController().signal,
};
const reading = {
  model: { entities: [], operations: [], reactions: [], jobs: [], views: [], rules: [], workflows: [], settings: { roles: [] } },
};

async function asked(
  answers: readonly Json[],
): Promise<{ readonly names: readonly string[] | Refusal; readonly calls: readonly ModelCall[] }> {
  const calls: ModelCall[] = [];
  const model: LanguageModel = {
    name: 'main',
    provider: 'scripted',
    model: 'scripted',
    call: async (call) => {
      calls.push(call);
      return { value: answers[Math.min(calls.length, answers.length) - 1] ?? null, tokens: null };
    },
  };
  const work = { model, reading: { ...reading, model: reading.model as unknown as SystemModel } } as unknown as Pick<
    Work,
    'model' | 'reading'
  >;
  const found = await withMoreExamples(work, question, understood);
  return { names: isRefusal(found) ? found : found.map(({ name }) => name), calls };
}

test('examples that were announced are asked for until the last part, and what was understood is shown with the names of those that are there', async () => {
  const { names, calls } = await asked([
    { kind: 'examples', examples: [example('two')], more: true },
    { kind: 'examples', examples: [example('three')] },
  ]);
  assert.deepEqual(names, ['one', 'two', 'three']);
  assert.equal(calls.length, 2);
  const said = calls[1]?.messages[0]?.text ?? '';
  assert.match(said, /^M\n/);
  assert.match(
    said,
    /"examples":\[\{"component":"operation\/makeNote","name":"one"\},\{"component":"operation\/makeNote","name":"two"\}\]/,
  );
  assert.match(said, /"const":"examples"/);
});

test('one that is there already, or stands beside what was not understood, goes back; where none are announced nobody is asked', async () => {
  const { names, calls } = await asked([
    { kind: 'examples', examples: [example('one'), example('two', 'operation/other')] },
    { kind: 'examples', examples: [example('two')] },
  ]);
  assert.deepEqual(names, ['one', 'two']);
  assert.match(calls[1]?.messages[2]?.text ?? '', /has the name of another/);
  assert.match(calls[1]?.messages[2]?.text ?? '', /components does not name/);
  const { more: _more, ...whole } = understood;
  const none = await withMoreExamples({} as Work, question, whole);
  assert.deepEqual(none, understood.examples);
});

test('a model that never comes to an end is stopped', async () => {
  let at = 0;
  const endless = Array.from({ length: 20 }, () => ({ kind: 'examples', examples: [example(`more ${++at}`)], more: true }));
  const { names, calls } = await asked(endless);
  assert.ok(isRefusal(names));
  assert.ok(calls.length < 12);
});
