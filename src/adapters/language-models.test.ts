import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRefusal, type Refusal } from '#kernel';
import type { ModelAnswer, ModelCall } from '#ports';
import { countedSpending } from '../../bench/models/counted-spending.ts';
import { type Behaviour, type Endpoint, scriptedEndpoint } from '../../bench/models/scripted-endpoint.ts';
import { type ModelEntry, openModels } from './language-models.ts';

const key = 'sk-very-secret-key-0123456789';
const schema = { type: 'object', properties: { word: { type: 'string' } }, required: ['word'], additionalProperties: false };
const good = '{"word":"yes"}';

interface Run {
  readonly answer: ModelAnswer | Refusal;
  readonly endpoint: Endpoint;
  readonly spending: ReturnType<typeof countedSpending>;
  readonly pauses: readonly number[];
}
async function run(
  behaviours: readonly Behaviour[],
  more: { readonly entry?: Partial<ModelEntry>; readonly call?: Partial<ModelCall>; readonly budget?: number } = {},
): Promise<Run> {
  const endpoint = await scriptedEndpoint((_, turn) => behaviours[Math.min(turn, behaviours.length) - 1] ?? { say: good });
  const spending = countedSpending(more.budget);
  const pauses: number[] = [];
  const [model] = openModels(
    {
      hiddenShare: 0,
      candidates: 1,
      models: [
        {
          name: 'main',
          provider: 'openai-compatible',
          model: 'scripted',
          url: endpoint.url,
          key: { env: 'MAIN_KEY' },
          maxOutputTokens: 1_000,
          structured: 'text',
          totalMs: 20_000,
          stallMs: 10_000,
          ...more.entry,
        },
      ],
    },
    { MAIN_KEY: key },
    spending,
    { now: () => performance.now(), pause: async (ms) => void pauses.push(ms) },
  );
  assert.ok(model);
  try {
    const answer = await model.call({
      change: 'ch_1',
      phase: 'generate',
      instructions: 'Answer in JSON.',
      messages: [{ role: 'user', text: 'Say yes.' }],
      schema,
      maxOutputTokens: 500,
      signal: new AbortController().signal,
      ...more.call,
    });
    return { answer, endpoint, spending, pauses };
  } finally {
    await endpoint.close();
  }
}
const refused = ({ answer }: Run, code: Refusal['code'], words: RegExp): void => {
  assert.ok(isRefusal(answer), JSON.stringify(answer));
  assert.equal(answer.code, code, answer.why);
  assert.match(answer.why, words);
  assert.ok(!JSON.stringify(answer).includes(key), 'no key is told');
};

test('a whole answer is its value and the tokens that the provider told of', async () => {
  const { answer, endpoint, spending } = await run([{ say: good, usage: { input: 1_000, output: 20 } }]);
  assert.deepEqual(answer, { value: { word: 'yes' }, tokens: { input: 1_000, cached: 0, output: 20, reasoning: 0 } });
  assert.equal(endpoint.asked[0]?.authorization, `Bearer ${key}`);
  assert.deepEqual(endpoint.asked[0]?.body['stream_options'], { include_usage: true });
  assert.equal(endpoint.asked[0]?.body['tools'], undefined);
  assert.equal(spending.spent(), 1_020);
  assert.equal(spending.held(), 0);
});

for (const [name, text] of [
  ['in a fence', '```json\n{"word":"yes"}\n```'],
  ['in prose', 'Sure! Here it is:\n\n{"word":"yes"}\n\nI hope that {it} helps.'],
  ['after thoughts', '<think>{"word":"no"} or so</think>\n{"word":"yes"}'],
] as const)
  test(`an object ${name} is found`, async () => {
    const { answer } = await run([{ say: text }]);
    assert.ok(!isRefusal(answer));
    assert.deepEqual(answer.value, { word: 'yes' });
  });

test('an answer that is not valid by the schema is refused with what is wrong, and was paid for', async () => {
  const wrong = await run([{ say: '{"word":1,"more":true}', usage: { input: 10, output: 5 } }]);
  refused(wrong, 'invalid', /"more".*\/word must be string/s);
  assert.equal(wrong.spending.spent(), 15);
});
test('an answer without an object is refused', async () => {
  refused(await run([{ say: 'I would rather talk about the weather.' }]), 'malformed', /one JSON object/);
  refused(await run([{ say: '' }]), 'malformed', /answered nothing/);
});
test('an endpoint that knows no streams is understood, and held to the same', async () => {
  const whole = await run([{ whole: good }]);
  assert.deepEqual(whole.answer, { value: { word: 'yes' }, tokens: { input: 10, cached: 0, output: 5, reasoning: 0 } });
  refused(await run([{ whole: good, finish: 'length' }]), 'too-large', /cut off/);
  refused(await run([{ whole: '' }]), 'malformed', /answered nothing/);
});
test('an answer that was cut off by its cap is refused, though it reads', async () => {
  refused(await run([{ say: good, finish: 'length' }]), 'too-large', /cut off/);
});
test('a filtered answer is refused', async () =>
  refused(await run([{ say: good, finish: 'content_filter' }]), 'impossible', /refused to answer/));
test('calls of tools that nobody offered are no answer', async () =>
  refused(await run([{ tool: { name: 'shell', arguments: '{"run":"env"}' } }]), 'malformed', /answered nothing/));
test('a stream that breaks is refused, and what was held back for it counts', async () => {
  const cut = await run([{ cut: '{"wo' }]);
  refused(cut, 'unavailable', /in the middle/);
  assert.ok(cut.spending.spent() > 500);
  assert.equal(cut.endpoint.asked.length, 1);
});
test('a stream that ends without an end is refused, though it reads', async () =>
  refused(await run([{ ends: good }]), 'unavailable', /without a whole answer|in the middle/));
test('an error inside a stream is refused', async () =>
  refused(await run([{ streamed: good, error: `overloaded for ${key}` }]), 'unavailable', /in the middle/));
test('a stream that stalls is refused', async () =>
  refused(await run([{ stall: good }], { entry: { stallMs: 150 } }), 'deadline', /said nothing for 0.2 s/));
test('an endpoint that does not answer is refused', async () =>
  refused(await run([{ hang: true }], { entry: { stallMs: 150 } }), 'deadline', /said nothing/));
test('a call may take no longer in all than its limit', async () =>
  refused(await run([{ hang: true }], { entry: { totalMs: 200 } }), 'deadline', /within 0.2 s|said nothing/));
test('a stream that never ends is cut off', async () =>
  refused(await run([{ endless: 'x'.repeat(10_000) }], { call: { maxOutputTokens: 256 } }), 'too-large', /did not stop/));
test('a page with status 200 is no answer', async () =>
  refused(await run([{ page: '<html>gateway</html>' }]), 'unavailable', /ended without|no answer/));

test('a wrong key, an unknown model and no credit are told at once, and cost nothing', async () => {
  const wrong = await run([{ status: 401, body: JSON.stringify({ error: { message: `Incorrect API key provided: ${key}` } }) }]);
  refused(wrong, 'unavailable', /does not accept the key .*variable MAIN_KEY.*Incorrect API key provided: \[secret\]/);
  assert.equal(wrong.endpoint.asked.length, 1);
  assert.equal(wrong.spending.spent(), 0);
  refused(await run([{ status: 404 }]), 'unavailable', /knows no model scripted/);
  refused(await run([{ status: 402 }]), 'unavailable', /no credit/);
  refused(await run([{ status: 400 }]), 'unavailable', /refused the call \(400\)/);
});
test('an endpoint that is down is told after three tries, and cost nothing', async () => {
  const gone = await scriptedEndpoint(() => ({ say: good }));
  await gone.close();
  const down = await run([], { entry: { url: gone.url } });
  refused(down, 'unavailable', /127\.0\.0\.1:\d+ cannot be reached \(ECONNREFUSED\)/);
  assert.equal(down.spending.reservations(), 3);
  assert.equal(down.spending.spent(), 0);
});
test('a rate limit is waited out as the provider says, each try with a reservation of its own', async () => {
  const { answer, pauses, spending } = await run([
    { status: 429, headers: { 'retry-after-ms': '120' } },
    { status: 429, headers: { 'retry-after': '2' } },
    { say: good },
  ]);
  assert.ok(!isRefusal(answer));
  assert.deepEqual(pauses, [120, 2_000]);
  assert.equal(spending.reservations(), 3);
});
test('a provider that wants an hour is given up', async () => {
  const late = await run([{ status: 429, headers: { 'retry-after': '3600' } }]);
  refused(late, 'rate-limited', /3600 s, which is too long/);
  assert.equal(late.endpoint.asked.length, 1);
});
test('a server that fails is asked three times, and what was held back counts, since it may have worked', async () => {
  const failing = await run([{ status: 503 }]);
  refused(failing, 'unavailable', /failed \(503\)/);
  assert.equal(failing.endpoint.asked.length, 3);
  assert.ok(failing.spending.spent() > 1_500);
  const mended = await run([{ status: 500 }, { say: good }]);
  assert.ok(!isRefusal(mended.answer));
});
test('a call that would break the budget is never made', async () => {
  const over = await run([{ say: good }], { budget: 100 });
  refused(over, 'over-budget', /100 tokens left/);
  assert.equal(over.endpoint.asked.length, 0);
});
test('a call that is stopped ends at once', async () => {
  const control = new AbortController();
  const stopped = run([{ hang: true }], { call: { signal: control.signal } });
  setImmediate(() => control.abort());
  refused(await stopped, 'unavailable', /stopped/);
});
test('secrets in what is asked do not leave', async () => {
  const { endpoint } = await run([{ say: good }], {
    call: {
      instructions: `Use ${key}.`,
      messages: [
        { role: 'user', text: `My key is ${encodeURIComponent(key)}, the database postgres://ada:hunter22@db/x, AKIAABCDEFGHIJKLMNOP` },
      ],
    },
  });
  const sent = JSON.stringify(endpoint.asked[0]?.body);
  for (const secret of [key, 'hunter22', 'AKIAABCDEFGHIJKLMNOP']) assert.ok(!sent.includes(secret), secret);
});
test('a provider may be told the form of the answer, loosely', async () => {
  const { endpoint, answer } = await run([{ say: good }], { entry: { structured: 'schema' } });
  assert.ok(!isRefusal(answer));
  const format = endpoint.asked[0]?.body['response_format'] as {
    readonly type: string;
    readonly json_schema: { readonly strict: boolean };
  };
  assert.equal(format.type, 'json_schema');
  assert.equal(format.json_schema.strict, false);
});
test('a key follows no redirect', async () => {
  const thief = await scriptedEndpoint(() => ({ say: good }));
  const robbed = await run([{ status: 307, headers: { location: `${thief.url}/chat/completions` } }]);
  refused(robbed, 'unavailable', /./);
  assert.equal(thief.asked.length, 0);
  await thief.close();
});
