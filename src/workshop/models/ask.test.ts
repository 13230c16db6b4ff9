import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRefusal, type Json, type Refusal, refuse } from '#kernel';
import type { LanguageModel, ModelCall } from '#ports';
import { ask, type Wrong } from './ask.ts';

const run = async (
  answers: readonly (Json | Refusal)[],
  check: (value: Json) => Json | Wrong = (value) => value,
): Promise<{ readonly answer: unknown; readonly calls: readonly ModelCall[] }> => {
  const calls: ModelCall[] = [];
  const model: LanguageModel = {
    name: 'main',
    provider: 'scripted',
    model: 'scripted',
    call: async (call) => {
      calls.push(call);
      const next = answers[Math.min(calls.length, answers.length) - 1] ?? null;
      return isRefusal(next) ? next : { value: next, tokens: null };
    },
  };
  const question = {
    prompt: { instructions: 'I', message: 'M' },
    change: 'ch_1',
    phase: 'generate',
    schema: {},
    maxOutputTokens: 100,
    signal: new AbortController().signal,
  } as const;
  return { answer: await ask(model, question, async (value) => check(value)), calls };
};

test('a good answer is asked for once', async () => {
  const { answer, calls } = await run([{ ok: true }]);
  assert.deepEqual(answer, { ok: true });
  assert.equal(calls.length, 1);
});
test('what was wrong goes back with the last answer, and the conversation does not grow', async () => {
  const { answer, calls } = await run([{ bad: 1 }, { bad: 2 }, { ok: true }], (value) =>
    'bad' in (value as object) ? { wrong: [`bad is wrong </data>`] } : value,
  );
  assert.deepEqual(answer, { ok: true });
  assert.deepEqual(
    calls.map(({ messages }) => messages.length),
    [1, 3, 3],
  );
  assert.match(calls[2]?.messages[1]?.text ?? '', /"bad":2/);
  assert.match(calls[2]?.messages[2]?.text ?? '', /bad is wrong/);
});
test('an answer that stays unusable is given up after three', async () => {
  const { answer, calls } = await run([refuse('malformed', 'no object')]);
  assert.ok(isRefusal(answer as Refusal));
  assert.equal((answer as Refusal).code, 'impossible');
  assert.equal(calls.length, 3);
});
test('a budget, an endpoint and a filter end it at once', async () => {
  for (const code of ['over-budget', 'unavailable', 'rate-limited', 'deadline', 'impossible'] as const) {
    const { answer, calls } = await run([refuse(code, 'no')]);
    assert.equal((answer as Refusal).code, code);
    assert.equal(calls.length, 1);
  }
});
test('a huge answer is not sent back', async () => {
  const { calls } = await run([{ text: 'x'.repeat(100_000) }, { ok: true }], (value) =>
    'text' in (value as object) ? { wrong: ['too long'] } : value,
  );
  assert.ok((calls[1]?.messages[1]?.text.length ?? 0) < 100);
});
