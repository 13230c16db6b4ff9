import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChangeEvent, Spent } from './resources.ts';
import { budgetText, moneyText, shareSpent, spendingOf, tokensText } from './spending.ts';

const spent = (members: Partial<Spent>): ChangeEvent =>
  ({
    change: 'c',
    seq: 1,
    at: 1,
    kind: 'spent',
    spent: {
      phase: 'generate',
      provider: 'openai',
      model: 'm',
      tokens: { input: 1_000, cached: 0, output: 200, reasoning: 0 },
      usd: 0.01,
      prices: 'a list',
      energyWh: null,
      wallMs: 5,
      ...members,
    },
  }) as unknown as ChangeEvent;

test('calls are added up by phase and model', () => {
  const { total, lines } = spendingOf([spent({}), spent({}), spent({ phase: 'understand' }), spent({ model: 'other' })]);
  assert.deepEqual(
    lines.map(({ phase, model, calls }) => `${phase} ${model} ${calls}`),
    ['generate m 2', 'understand m 1', 'generate other 1'],
  );
  assert.equal(moneyText(total), '$0.04');
  assert.equal(tokensText(total), '4,000 in, 800 out');
});

test('what is unknown is said, alone and beside what is known, and is never nothing', () => {
  const unknown = spendingOf([spent({ usd: null, tokens: null })]).total;
  assert.deepEqual([moneyText(unknown), tokensText(unknown)], ['unknown', 'unknown']);
  const some = spendingOf([spent({}), spent({ usd: null, tokens: null })]).total;
  assert.equal(moneyText(some), '$0.01, and unknown for 1 of 2 calls');
  assert.equal(tokensText(some), '1,000 in, 200 out, and unknown for 1 of 2 calls');
  assert.equal(moneyText(spendingOf([]).total), 'nothing');
  assert.equal(moneyText(spendingOf([spent({ usd: 0 })]).total), '$0.00');
});

test('the share of a budget is that of the limit which is nearer, and none where a figure is missing', () => {
  const { total } = spendingOf([spent({})]);
  assert.equal(shareSpent(total, { usd: 1, tokens: 2_400 }), 0.5);
  assert.equal(shareSpent(total, { usd: 0.001 }), 1);
  assert.equal(shareSpent(total, {}), null);
  assert.equal(shareSpent(spendingOf([spent({ usd: null })]).total, { usd: 1 }), null);
  assert.deepEqual([budgetText({ usd: 2, tokens: 100 }), budgetText({})], ['$2.00 and 100 tokens', 'unbounded']);
});
