/** Statements that once stayed open, or took seconds: what shows them now is kept. Time is given, so that a busy machine says nothing. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { z3Solver } from '#adapters/z3-solver';
import { prove } from '#gates';
import { questionOf } from './questions.ts';
import { ruleCases } from './rules/every-rule-case.ts';

const solver = z3Solver({ threads: 1 });
after(() => solver.close());

for (const [id, verdict] of [
  ['published-discount-sequential', 'proved'],
  ['published-age-by-birthday', 'proved'],
  ['published-month-add-monotone', 'proved'],
  ['published-quarters-89', 'proved'],
  ['published-month-there-and-back', 'refuted'],
  ['published-shipping-table-rows-find', 'refuted'],
  ['published-shipping-nested-record', 'proved'],
] as const)
  test(`${id} is ${verdict}`, async () => {
    const one = ruleCases.find((each) => each.id === id);
    assert.ok(one !== undefined);
    const answer = await prove(questionOf(one), solver, { milliseconds: 30_000, seed: 1 });
    assert.equal(answer.verdict, verdict, answer.why ?? '');
  });
