import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startThrowAwaySystem, type ThrowAwaySystem } from '../../scripts/throw-away-system.ts';

let system: ThrowAwaySystem;
before(async () => {
  system = await startThrowAwaySystem({ log: (line) => void (process.env['THESEUS_LOG'] && process.stderr.write(`${line}\n`)) });
});
after(() => system.stop());

const firstInvoice = async (): Promise<Record<string, unknown>> =>
  (await system.call('GET', '/api/invoices?limit=1&sort=number')).json.items?.[0] ?? {};
const daysLater = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

test('a due date is asked for, appears everywhere while requests flow, and is taken back', async (t) => {
  const statuses: number[] = [];
  let flowing = true;
  t.after(() => {
    flowing = false;
  });
  const flow = Promise.all(
    Array.from({ length: 4 }, async () => {
      while (flowing) statuses.push((await system.call('GET', '/api/invoices?limit=3')).status);
    }),
  );
  assert.ok(!('dueDate' in (await firstInvoice())));

  const change = await system.ask('Add a due date to invoices, 30 days after the issue date');
  assert.equal(change.outcome, 'live', JSON.stringify(change));
  const invoice = await firstInvoice();
  assert.equal(invoice['dueDate'], daysLater(String(invoice['issueDate']), 30));
  assert.ok(JSON.stringify((await system.call('GET', '/openapi.json')).json).includes('"dueDate"'));
  const refused = await system.call('PATCH', `/api/invoices/${String(invoice['id'])}`, { dueDate: '2030-01-01' });
  assert.equal(refused.status, 422);

  const detail = (await system.call('GET', `/_theseus/changes/${String(change['id'])}`)).json;
  assert.ok(JSON.stringify(detail['evidence']).includes('"examples"'), 'the evidence is there');
  const [generation] = (await system.call('GET', '/_theseus/generations')).json.items ?? [];
  assert.equal(generation?.['change'], change['id'], 'the lineage leads back to the request');

  const back = await system.call('POST', '/_theseus/rollback', {});
  assert.equal(back.status, 200, JSON.stringify(back.json));
  assert.ok(!('dueDate' in (await firstInvoice())));
  flowing = false;
  await flow;
  assert.ok(statuses.length > 20);
  assert.deepEqual([...new Set(statuses)], [200]);
});

test('what was asked for already is nothing to do, and nonsense names the words', async () => {
  const [before] = (await system.call('GET', '/_theseus/generations')).json.items ?? [];
  assert.equal((await system.ask('The sku of a product is required')).outcome, 'nothing-to-do');
  const nonsense = await system.ask('Frobnicate the quux of invoices');
  assert.equal(nonsense.outcome, 'refused');
  assert.match(JSON.stringify(nonsense), /[Ff]robnicate/);
  const [now] = (await system.call('GET', '/_theseus/generations')).json.items ?? [];
  assert.equal(now?.['id'], before?.['id']);
});

test('several changes asked for at once are queued and all become live', async () => {
  const outcomes = await Promise.all(
    ['Add a note to customers', 'Add a phone to customers', 'Add a colour to products'].map((sentence) => system.ask(sentence)),
  );
  assert.deepEqual(
    outcomes.map((outcome) => outcome.outcome),
    ['live', 'live', 'live'],
    JSON.stringify(outcomes.map((outcome) => outcome['why'])),
  );
  const customer = (await system.call('GET', '/api/customers?limit=1')).json.items?.[0] ?? {};
  assert.ok('note' in customer && 'phone' in customer);
});

test('a freeze stops all change, and an unfreeze lets it go on', async () => {
  assert.equal((await system.call('POST', '/_theseus/freeze', { why: 'year end' })).status, 204);
  const frozen = await system.ask('Add a fax number to customers');
  assert.equal(frozen.outcome, 'refused', JSON.stringify(frozen));
  assert.equal((await system.call('POST', '/_theseus/unfreeze', {})).status, 204);
  assert.equal((await system.ask('Add a nickname name to customers')).outcome === 'failed', false);
});

test('only who may ask may ask, only who may roll back may roll back', async () => {
  const clerk = await system.keyFor(['clerk']);
  assert.equal((await system.call('POST', '/_theseus/changes', { request: 'Add a note to orders' }, { key: clerk })).status, 403);
  assert.equal((await system.call('POST', '/_theseus/rollback', {}, { key: clerk })).status, 403);
  assert.equal((await system.call('GET', '/api/orders', undefined, { key: 'key_wrong' })).status, 401);
});
