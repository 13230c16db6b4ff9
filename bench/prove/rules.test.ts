/** The cases are well-formed and their truth stands up to the running code: each witness refutes, no sampled row refutes what holds. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Fault } from '#kernel';
import { ruleCases, type RuleCase } from './rules/every-rule-case.ts';
import { askCase, todayOf } from './rules/support/ask-case.ts';
import { constantsOf, sampleRow, seeded } from './rules/support/sample-rows.ts';

const SAMPLES = Number(process.env['SAMPLES'] ?? 150);
const truthOf = (one: RuleCase): 'holds' | 'fails' => (one.truth === 'undecided-allowed' ? (one.actually ?? 'holds') : one.truth);

test('there are at least seventy cases, about half with a fault, and each has a name of its own', () => {
  assert.ok(ruleCases.length >= 70, `${ruleCases.length}`);
  assert.equal(new Set(ruleCases.map((one) => one.id)).size, ruleCases.length);
  const faulty = ruleCases.filter((one) => truthOf(one) === 'fails').length;
  assert.ok(faulty >= ruleCases.length * 0.45 && faulty <= ruleCases.length * 0.6, `${faulty} of ${ruleCases.length}`);
  for (const one of ruleCases) assert.equal(one.actually !== undefined, one.truth === 'undecided-allowed', one.id);
});

for (const one of ruleCases) {
  test(`${one.id}: ${one.title}`, () => {
    const asked = askCase(one);
    const { statement, witness } = one;
    const truth = truthOf(one);
    const sought = statement.kind === 'satisfiable' ? truth === 'holds' : truth === 'fails';
    if (sought) {
      assert.ok(witness !== undefined, 'a witness is needed');
      assert.ok(asked.refutes(witness.row, todayOf(witness), witness.changed), 'the witness shows nothing');
      return;
    }
    assert.equal(witness, undefined, 'there can be no witness');
    const random = seeded(20_260_101);
    const constants = constantsOf(one);
    for (let count = 0; count < SAMPLES; count += 1) {
      const row = sampleRow(asked.model, asked.entity, constants, random);
      const today = todayOf(undefined) + Math.floor(random() * 400) - 200;
      let changed;
      if (statement.kind === 'monotone') {
        const other = sampleRow(asked.model, asked.entity, constants, random)[statement.in] as number;
        if (other < (row[statement.in] as number)) continue;
        changed = { [statement.in]: other };
      }
      try {
        assert.ok(!asked.refutes(row, today, changed), `refuted by ${JSON.stringify({ row, changed, today })}`);
      } catch (problem) {
        if (problem instanceof Fault) assert.fail(`${problem.message}: ${JSON.stringify(row)}`);
        throw problem;
      }
    }
  });
}
