import assert from 'node:assert/strict';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, beforeEach, test } from 'node:test';
import pg from 'pg';
import { type Budgets, isRefusal, type Refusal } from '#kernel';
import type { Embeddings, Vector } from '#ports';
import { startThrowAwayServer } from '#store/server';
import { type EmbeddingsEntry, keptVectors, openEmbeddings, spaceOf } from './embeddings.ts';
import { redactor } from './language-models.ts';
import { priceList } from './price-list.ts';
import { openSpending } from './spending.ts';

const secret = 'own-key-0123456789';
type Answer = (texts: readonly string[], response: ServerResponse) => void;
/** Three numbers of each text, and a token a character. */
const right: Answer = (texts, response) =>
  send(response, {
    data: texts.map((text, index) => ({ index, embedding: [text.length, text.charCodeAt(0), 1] })),
    usage: { prompt_tokens: texts.join('').length },
  });
const send = (response: ServerResponse, body: unknown, status = 200): void =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
let answer: Answer = right;
const asked: { readonly texts: readonly string[]; readonly authorization: string | undefined }[] = [];
const endpoint = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => void parts.push(part));
  request.on('end', () => {
    const { input } = JSON.parse(Buffer.concat(parts).toString()) as { readonly input: readonly string[] };
    asked.push({ texts: input, authorization: request.headers.authorization });
    answer(input, response);
  });
});
await new Promise<void>((done) => void endpoint.listen(0, '127.0.0.1', done));
const url = `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}/v1`;
const server = await startThrowAwayServer();
const databaseUrl = server.url('workshop', 'theseus');
let budgets: Budgets = { change: {}, day: {}, month: {} };
const spending = await openSpending({
  databaseUrl,
  prices: priceList([{ provider: 'openai-compatible', model: 'm', input: 2, output: 0 }]),
  policy: async () => ({ budgets, timeZone: 'UTC' }),
});
const rows = new pg.Pool({ connectionString: databaseUrl, max: 1 });
rows.on('error', () => {});
const closing: (() => Promise<unknown>)[] = [];
after(async () => {
  for (const close of closing) await close();
  await spending.close();
  await rows.end();
  endpoint.closeAllConnections();
  endpoint.close();
  await server.stop();
});
beforeEach(async () => {
  answer = right;
  asked.length = 0;
  budgets = { change: {}, day: {}, month: {} };
  await rows.query('delete from theseus.vectors');
});

let clock = 0;
const open = (more: Partial<EmbeddingsEntry> = {}): Embeddings => {
  const entry: EmbeddingsEntry = { model: 'm', url, totalMs: 5_000, key: { env: 'MY_KEY' }, ...more };
  const kept = keptVectors(databaseUrl, spaceOf(entry));
  closing.push(kept.close);
  return openEmbeddings(entry, { key: secret, redact: redactor([secret]), spending, kept, now: () => clock });
};
const vectorsIn = (given: readonly Vector[] | Refusal): readonly (readonly number[])[] =>
  isRefusal(given) ? assert.fail(given.why) : given.map((vector) => Array.from(vector));
const refusalIn = (given: readonly Vector[] | Refusal): Refusal => (isRefusal(given) ? given : assert.fail('it was not refused'));

test('a text is sent once, also after a restart, and what it cost stands in the ledger', async () => {
  assert.deepEqual(vectorsIn(await open().embed(['abc', 'de', 'abc'], 'once')), [
    [3, 97, 1],
    [2, 100, 1],
    [3, 97, 1],
  ]);
  assert.deepEqual(vectorsIn(await open().embed(['f', 'abc'], 'once')), [
    [1, 102, 1],
    [3, 97, 1],
  ]);
  assert.deepEqual(
    asked.map(({ texts }) => texts),
    [['abc', 'de'], ['f']],
  );
  assert.equal(asked[0]?.authorization, `Bearer ${secret}`);
  const spent = await rows.query(
    "select phase, name, tokens->>'input' as input, usd from theseus.spending where change = 'once' order by at",
  );
  assert.deepEqual(
    spent.rows.map((row: { readonly [name: string]: unknown }) => [row['phase'], row['name'], row['input'], Number(row['usd'])]),
    [
      ['retrieve', 'embeddings', '5', 0.00001],
      ['retrieve', 'embeddings', '1', 0.000002],
    ],
  );
});

test('many texts go in several calls, long ones are cut, and secrets are taken out', async () => {
  await open().embed(
    [`the key is ${secret} and ghp_0123456789abcdefghij`, 'x'.repeat(10_000), ...Array.from({ length: 98 }, (_, at) => `${at}`)],
    'many',
  );
  assert.deepEqual(
    asked.map(({ texts }) => texts.length),
    [64, 36],
  );
  assert.equal(asked[0]?.texts[0], 'the key is [secret] and [secret]');
  assert.equal(asked[0]?.texts[1]?.length, 4_000);
});

for (const [name, wrong, words, tokens] of [
  ['fails', (_, response) => send(response, { error: { message: `no ${secret}` } }, 500), /failed \(500\)/, null],
  ['does not take the key', (_, response) => send(response, { error: { message: secret } }, 401), /does not accept the key.*MY_KEY/, '0'],
  ['breaks the connection', (_, response) => void response.destroy(), /cannot be reached/, null],
  ['is a page', (_, response) => void response.end('<html>'), /no answer of a model|in the middle/, null],
  [
    'gives too few',
    (_, response) => send(response, { data: [{ embedding: [1] }], usage: { prompt_tokens: 7 } }),
    /no vectors of one length/,
    '7',
  ],
  [
    'gives several lengths',
    (_, response) => send(response, { data: [{ embedding: [1] }, { embedding: [1, 2] }] }),
    /no vectors of one length/,
    null,
  ],
  ['gives empty ones', (_, response) => send(response, { data: [{ embedding: [] }, { embedding: [] }] }), /no vectors of one length/, null],
  [
    'gives numbers that are none',
    (_, response) => send(response, { data: [{ embedding: [1e300] }, { embedding: [1] }] }),
    /no vectors of one length/,
    null,
  ],
  [
    'gives words',
    (_, response) => send(response, { data: [{ embedding: 'one' }, { embedding: 'two' }] }),
    /no answer of a model|in the middle/,
    null,
  ],
  ['never stops', (_, response) => void response.end(`{"data":[${'[1],'.repeat(1_000_000)}`), /did not stop writing/, null],
] satisfies readonly (readonly [string, Answer, RegExp, string | null])[])
  test(`an endpoint that ${name} is a refusal without its key, settled, and is left alone for a while`, async () => {
    answer = wrong;
    const embeddings = open();
    const change = `it ${name}`;
    const refusal = refusalIn(await embeddings.embed(['one', 'two'], change));
    assert.match(refusal.why, words);
    assert.ok(!JSON.stringify(refusal).includes(secret));
    const spent = await rows.query("select settled_at, tokens->>'input' as input from theseus.spending where change = $1", [change]);
    assert.equal(spent.rowCount, 1);
    assert.notEqual(spent.rows[0].settled_at, null);
    assert.equal(spent.rows[0].input, tokens);
    answer = right;
    assert.equal(refusalIn(await embeddings.embed(['one'], change)).why, refusal.why);
    assert.equal(asked.length, 1);
    clock += 30_001;
    assert.equal(vectorsIn(await embeddings.embed(['one'], change)).length, 1);
  });

test('an endpoint that is down, or says nothing, is a refusal in time', async () => {
  assert.match(refusalIn(await open({ url: 'http://127.0.0.1:9/v1' }).embed(['one'], 'down')).why, /cannot be reached/);
  answer = () => {};
  const refusal = refusalIn(await open({ totalMs: 200 }).embed(['one'], 'slow'));
  assert.deepEqual([refusal.code, /within 0\.2 s/.test(refusal.why)], ['deadline', true]);
});

test('over the budget nothing is sent, and the next change is asked for again', async () => {
  budgets = { change: { tokens: 5 }, day: {}, month: {} };
  const embeddings = open();
  assert.equal(refusalIn(await embeddings.embed(['one'], 'dear')).code, 'over-budget');
  assert.equal(asked.length, 0);
  budgets = { change: {}, day: {}, month: {} };
  assert.equal(vectorsIn(await embeddings.embed(['one'], 'other')).length, 1);
});

test('vectors of another length than those kept are refused, and those kept are forgotten', async () => {
  const embeddings = open();
  await embeddings.embed(['one'], 'first');
  answer = (texts, response) => send(response, { data: texts.map(() => ({ embedding: [1, 2] })) });
  assert.match(refusalIn(await embeddings.embed(['one', 'two'], 'second')).why, /of 2 numbers for m, and of 3 before/);
  assert.deepEqual(vectorsIn(await embeddings.embed(['one', 'two'], 'third')), [
    [1, 2],
    [1, 2],
  ]);
});

test('so many are kept at most, those of another model apart, and no text among them', async () => {
  const few = keptVectors(databaseUrl, 'a', 2);
  const other = keptVectors(databaseUrl, 'b', 2);
  closing.push(few.close, other.close);
  await few.keep(new Map([['1', Float32Array.of(0.5, -1)]]));
  assert.equal((await other.find(['1'])).size, 0);
  await few.keep(new Map(['2', '3'].map((digest) => [digest, Float32Array.of(1)])));
  assert.deepEqual([...(await few.find(['1', '2', '3'])).keys()].sort(), ['2', '3']);
  await open().embed(['a text of the house'], 'kept');
  const all = await rows.query<{ kept: string }>('select vectors::text as kept from theseus.vectors');
  for (const { kept } of all.rows) assert.doesNotMatch(kept, /house/);
});
