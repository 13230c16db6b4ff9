/** A change that the built-in sentences do not understand, written by a model that is played from a recording, through a whole running system. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type Rehearsal, startRehearsal } from '../../examples/rehearsal/server.ts';
import { startThrowAwaySystem, type ThrowAwaySystem } from '../../scripts/throw-away-system.ts';

const key = 'sk-the-key-of-the-rehearsal-0123456789';
const request =
  'Every product may name the supplier that brings it; of a supplier we know its name and an email that only owners and managers see. Refuse to place an order for a product whose supplier is blocked.';
const folder = mkdtempSync(join(tmpdir(), 'theseus-models-'));
const lines: string[] = [];
let rehearsal: Rehearsal;
let system: ThrowAwaySystem;
before(async () => {
  rehearsal = await startRehearsal({ folder, replay: join(import.meta.dirname, '../../examples/rehearsal/recorded') });
  const model = { name: 'hand', provider: 'openai-compatible', model: 'rehearsal', url: rehearsal.url, key: { env: 'HAND_KEY' } };
  system = await startThrowAwaySystem({
    models: JSON.stringify({ models: [model] }),
    modelVariables: { HAND_KEY: key },
    log: (line) => void lines.push(line),
  });
});
after(async () => {
  await system.stop();
  await rehearsal.close();
  rmSync(folder, { recursive: true, force: true });
});

test('a model writes three components, mends what the gates refuse, and the change is live', async () => {
  const change = await system.ask(request);
  assert.equal(change.outcome, 'live', JSON.stringify(change['why']));
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.endsWith('-prompt.md')),
    ['001-prompt.md', '002-prompt.md', '003-prompt.md'],
  );
  const { json: supplier } = await system.call('POST', '/api/suppliers', { name: 'Acme', email: 'acme@example.com', blocked: true });
  const product = { sku: 'X-1', name: 'Thing', price: { amount: '1.00', currency: 'EUR' }, stock: 5, supplier: supplier['id'] };
  const { json: made } = await system.call('POST', '/api/products', product);
  const { json: customers } = await system.call('GET', '/api/customers?limit=1');
  const order = { customer: customers.items?.[0]?.['id'], lines: [{ product: made['id'], quantity: 1 }] };
  assert.equal((await system.call('POST', '/api/orders/place', order)).status, 409);
  const clerk = await system.keyFor(['clerk']);
  assert.equal((await system.call('GET', `/api/suppliers/${String(supplier['id'])}`, undefined, { key: clerk })).json['email'], null);
});

test('each call is in the record with what it used, hidden examples were in no prompt, and the key is nowhere', async () => {
  const { json } = await system.call('GET', '/_theseus/changes?limit=1');
  const change = await system.call('GET', `/_theseus/changes/${String(json.items?.[0]?.['id'])}`);
  const text = JSON.stringify(change.json);
  assert.equal(text.match(/"kind":"spent"/g)?.length, 3);
  assert.match(text, /"kind":"routed"/);
  const prompts = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  const written = prompts.filter((prompt) => prompt.startsWith('# system\n\nYou write the code'));
  assert.equal(written.length, 2);
  const names = [
    ...readFileSync(join(folder, '001-answer.md'), 'utf8').matchAll(/"component": "operation\/placeOrder", "name": "([^"]+)"/g),
  ];
  assert.equal(names.length, 3);
  for (const prompt of written) assert.equal(names.filter(([, name = '']) => prompt.includes(name)).length, 2);
  for (const where of [text, ...lines, ...prompts]) assert.ok(!where.includes(key));
});

test('where a model cannot be reached, that is what is told, and nothing changes', async () => {
  await rehearsal.close();
  const change = await system.ask('Please let every invoice be argued about with the patience of a saint.');
  assert.equal(change.outcome, 'refused');
  assert.match(String(change['why']), /cannot be reached \(ECONNREFUSED\)/);
});
