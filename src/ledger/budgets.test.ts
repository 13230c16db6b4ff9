import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Budgets } from '#kernel';
import { type Amount, withinBudgets } from './budgets.ts';

const none: Amount = { usd: 0, tokens: 0 };
const unused = { change: none, day: none, month: none };
const budgets: Budgets = { change: { usd: 1, tokens: 1_000 }, day: { usd: 2 }, month: {} };

test('a call that stays within every budget is made, up to the last token and cent', () => {
  assert.equal(withinBudgets(budgets, unused, { usd: 1, tokens: 1_000 }), null);
});

test('a call that would pass one budget is refused, and the refusal names it, what is left and what the call may cost', () => {
  const refused = withinBudgets(budgets, { ...unused, change: { usd: 0.95, tokens: 0 } }, { usd: 0.1, tokens: 10 });
  assert.equal(refused?.code, 'over-budget');
  assert.match(refused?.why ?? '', /0\.10 US dollars \(10 tokens\).*this change may spend 1\.00 US dollars and 1000 tokens.*0\.95/);
  assert.equal(withinBudgets(budgets, { ...unused, change: { usd: 0, tokens: 995 } }, { usd: 0, tokens: 10 })?.code, 'over-budget');
  assert.equal(withinBudgets(budgets, { ...unused, day: { usd: 1.95, tokens: 0 } }, { usd: 0.1, tokens: 10 })?.code, 'over-budget');
});

test('a call whose price is unknown is bounded by tokens, and refused where money alone bounds it', () => {
  assert.equal(withinBudgets({ ...budgets, day: { tokens: 5_000 } }, unused, { usd: null, tokens: 10 }), null);
  assert.match(withinBudgets(budgets, unused, { usd: null, tokens: 10 })?.why ?? '', /what this model costs is unknown/);
});

test('a budget of nothing lets nothing through', () => {
  assert.equal(withinBudgets({ ...budgets, month: { tokens: 0 } }, unused, { usd: 0, tokens: 1 })?.code, 'over-budget');
});
