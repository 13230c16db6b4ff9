import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import pg from 'pg';
import { changeId, type Budgets, isRefusal } from '#kernel';
import { startThrowAwayServer } from '#store/server';
import { priceList } from './price-list.ts';
import { openSpending } from './spending.ts';

const server = await startThrowAwayServer();
after(() => server.stop());
let budgets: Budgets = { change: {}, day: {}, month: {} };
const spending = await openSpending({
  databaseUrl: server.url('workshop', 'theseus'),
  prices: priceList([{ provider: 'own', model: 'm', input: 10, cached: 1, output: 20 }]),
  policy: async () => ({ budgets, timeZone: 'Europe/Berlin' }),
});
after(() => spending.close());
const intended = (change: string, input: number, output: number, model = 'm'): Parameters<typeof spending.reserve>[0] => ({
  change: changeId(change),
  phase: 'generate',
  name: 'main',
  provider: 'own',
  model,
  tokens: { input, cached: 0, output, reasoning: 0 },
});

test('what is held back counts until it is known what was spent', async () => {
  budgets = { change: { tokens: 1_000 }, day: {}, month: {} };
  const first = await spending.reserve(intended('a', 400, 400));
  assert.ok(!isRefusal(first));
  const second = await spending.reserve(intended('a', 100, 200));
  assert.equal(isRefusal(second) && second.code, 'over-budget');
  const spent = await spending.settle(first, { input: 400, cached: 100, output: 50, reasoning: 0 }, 1_200);
  assert.equal(spent.usd, (300 * 10 + 100 * 1 + 50 * 20) / 1e6);
  assert.ok(spent.energyWh !== null && spent.energyWh.to > spent.energyWh.from);
  assert.ok(!isRefusal(await spending.reserve(intended('a', 100, 200))));
});

test('a call without figures of the provider counts as what was held back for it', async () => {
  budgets = { change: { usd: 0.01 }, day: {}, month: {} };
  const first = await spending.reserve(intended('b', 0, 400));
  assert.ok(!isRefusal(first));
  const spent = await spending.settle(first, null, 10);
  assert.deepEqual([spent.usd, spent.tokens, spent.energyWh], [null, null, null]);
  assert.equal(isRefusal(await spending.reserve(intended('b', 0, 200))), true);
});

test('of many calls at once no more are made than the budget has room for', async () => {
  budgets = { change: { tokens: 1_000 }, day: {}, month: {} };
  const made = await Promise.all(Array.from({ length: 20 }, () => spending.reserve(intended('c', 50, 50))));
  assert.equal(made.filter((one) => !isRefusal(one)).length, 10);
});

test('a day and a month hold over all changes', async () => {
  budgets = { change: {}, day: { tokens: 1 }, month: {} };
  assert.match(String(((await spending.reserve(intended('d', 1, 1))) as { why?: string }).why), /today may spend 1 tokens/);
  budgets = { change: {}, day: {}, month: { tokens: 1 } };
  assert.match(String(((await spending.reserve(intended('d', 1, 1))) as { why?: string }).why), /this month may spend/);
});

test('a model without a price is bounded by tokens, or not called', async () => {
  budgets = { change: { usd: 5 }, day: {}, month: {} };
  assert.equal(isRefusal(await spending.reserve(intended('e', 1, 1, 'nobody-knows'))), true);
  budgets = { change: { usd: 5, tokens: 10_000 }, day: {}, month: {} };
  const made = await spending.reserve(intended('e', 1, 1, 'nobody-knows'));
  assert.ok(!isRefusal(made));
  assert.equal((await spending.settle(made, { input: 1, cached: 0, output: 1, reasoning: 0 }, 5)).usd, null);
});

test('the shipped table knows hosted models with their cached input, and says nothing of a model that it does not know', () => {
  const table = priceList();
  assert.equal(table.usd({ input: 1_000_000, cached: 800_000, output: 0, reasoning: 0 }, 'openai', 'gpt-5'), 0.35);
  assert.equal(table.usd({ input: 1, cached: 0, output: 1, reasoning: 0 }, 'openai', 'gpt-of-nobody'), null);
  assert.equal(table.usd({ input: 1, cached: 0, output: 1, reasoning: 0 }, 'my-own-server', 'gpt-5'), null);
});

test('what was spent can be read by the kernel and altered by nobody but the workshop', async () => {
  const kernel = new pg.Client({ connectionString: server.url('kernel', 'theseus') });
  await kernel.connect();
  assert.ok(((await kernel.query('select 1 from theseus.spending')).rowCount ?? 0) > 0);
  await assert.rejects(kernel.query('update theseus.spending set usd = 0'), /permission denied/);
  await assert.rejects(kernel.query('delete from theseus.spending'), /permission denied/);
  await kernel.end();
});
