/** A model of meanings through a whole running system: what it is sent, what it costs, and a change that goes on without it when it fails. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { type Endpoint, scriptedEndpoint } from '../../bench/models/scripted-endpoint.ts';
import { startThrowAwaySystem, type ThrowAwaySystem } from '../../scripts/throw-away-system.ts';

interface Told {
  readonly kind: string;
  readonly without?: readonly string[];
  readonly pieces?: readonly { readonly source: string }[];
  readonly spent?: {
    readonly phase: string;
    readonly model: string;
    readonly tokens: { readonly input: number } | null;
    readonly usd: number;
  };
}
const kept = { create: 'customer', with: { name: 'Ada', shoeSize: 40 }, then: { shoeSize: 40 } };
const understood = {
  kind: 'understood',
  components: ['entity/customer'],
  examples: [{ component: 'entity/customer', name: 'a shoe size is kept', steps: [kept] }],
  members: ['entity/customer#field/shoeSize'],
  statements: ['A customer may have a shoe size.'],
};
const key = 'embeddings-key-0123456789';
const question = 'Footwear dimensions of whoever buys should be remembered, thank you kindly.';
const marked = 'Zebedee Quillfeather';
const sent: string[] = [];
const lines: string[] = [];
let down = false;
const meanings = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => void parts.push(part));
  request.on('end', () => {
    const { input } = JSON.parse(Buffer.concat(parts).toString()) as { readonly input: readonly string[] };
    sent.push(...input);
    response.writeHead(down ? 503 : 200, { 'content-type': 'application/json' });
    const data = input.map((text) => ({ embedding: /^entity\/customer|Footwear/.test(text) ? [1, 0] : [0, 1] }));
    response.end(JSON.stringify(down ? { error: { message: `busy, ${key}` } } : { data, usage: { prompt_tokens: input.length } }));
  });
});
let model: Endpoint;
let system: ThrowAwaySystem;
before(async () => {
  await new Promise<void>((done) => void meanings.listen(0, '127.0.0.1', done));
  model = await scriptedEndpoint((asked) => ({
    say: JSON.stringify(
      asked.messages.some(({ content }) => content.includes('shoe size is kept'))
        ? { kind: 'give-up', why: 'enough was seen' }
        : understood,
    ),
  }));
  system = await startThrowAwaySystem({
    models: JSON.stringify({
      models: [{ name: 'hand', provider: 'openai-compatible', model: 'scripted', url: model.url, price: { input: 1, output: 1 } }],
      embeddings: {
        model: 'two-meanings',
        url: `http://127.0.0.1:${(meanings.address() as AddressInfo).port}/v1`,
        key: { env: 'MEANINGS_KEY' },
        price: { input: 2 },
      },
    }),
    modelVariables: { MEANINGS_KEY: key },
    log: (line) => void lines.push(line),
  });
  await system.call('POST', '/api/customers', { name: marked, email: 'zebedee@example.com' });
});
after(async () => {
  await system.stop();
  await model.close();
  meanings.closeAllConnections();
  meanings.close();
});

async function eventsOf(request: string): Promise<readonly Told[]> {
  await system.ask(request);
  const { json } = await system.call('GET', '/_theseus/changes?limit=1');
  const change = await system.call('GET', `/_theseus/changes/${String(json.items?.[0]?.['id'])}`);
  return (change.json as { readonly events?: readonly Told[] }).events ?? [];
}
const spentOn = (events: readonly Told[]): readonly NonNullable<Told['spent']>[] =>
  events.flatMap(({ spent }) => (spent?.model === 'two-meanings' ? [spent] : []));

test('each text is sent once, the question too, and what it cost is told in its phase', async () => {
  const events = await eventsOf(question);
  const retrieved = events.find(({ kind }) => kind === 'retrieved');
  assert.equal(retrieved?.without, undefined);
  assert.ok(retrieved?.pieces?.some(({ source }) => source === 'component/entity/customer'));
  assert.equal(sent.filter((text) => text === question).length, 1);
  assert.equal(new Set(sent).size, sent.length);
  assert.ok(sent.length > 5);
  for (const text of sent) assert.doesNotMatch(text, /Zebedee|zebedee@|rows now/);
  const spent = spentOn(events);
  assert.deepEqual([...new Set(spent.map(({ phase }) => phase))], ['retrieve']);
  assert.equal(
    spent.reduce((sum, { tokens }) => sum + (tokens?.input ?? Number.NaN), 0),
    sent.length,
  );
  assert.ok(Math.abs(spent.reduce((sum, { usd }) => sum + usd, 0) - (sent.length * 2) / 1e6) < 1e-12);
});

test('a model of meanings that fails is told in the record, without its key, and the change goes on', async () => {
  down = true;
  const events = await eventsOf(`${question} Once more.`);
  const retrieved = events.find(({ kind }) => kind === 'retrieved');
  assert.match(retrieved?.without?.join() ?? '', /^meanings: .*failed \(503\)/);
  assert.ok(events.some(({ kind }) => kind === 'understood'));
  assert.equal(`${JSON.stringify(events)}${lines.join()}`.includes(key), false);
  assert.ok(lines.some((line) => /retrieval goes on without meanings/.test(line)));
});
