/** What is proved of random formulas is looked for on rows that had no part in the proof: none may speak against it. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { z3Solver } from '#adapters/z3-solver';
import { prove } from '#gates';
import fc from 'fast-check';
import { mutantsOf } from '../mutate.ts';
import { printFunction } from '../print.ts';
import { encodeQuestion, judge, type Question, sampler, worldAt } from '../smt.ts';
import { anyCondition, anyNumber } from './generated.ts';
import { orderId, specimenEntities, specimenNames } from './specimens.ts';

const seed = Number(process.env['RULES_SEED'] ?? 7);
const numRuns = Number(process.env['RULES_RUNS'] ?? 250) / 5;
const UNROLLED = 3;
const solver = z3Solver({ threads: 1 });
after(() => solver.close());
const system = { entities: specimenEntities, currencyDigits: 2, mostItems: 1_000 };

test('a mutant that is proved to be no other formula gives what the formula gives, for rows of another seed', async () => {
  await solver.warm();
  const verdicts = { proved: 0, refuted: 0, unknown: 0 };
  await fc.assert(
    fc.asyncProperty(fc.oneof(anyCondition(orderId, 2), anyNumber(orderId, 2)), fc.nat(), fc.integer(), async (before, which, points) => {
      const mutants = mutantsOf(before, specimenNames);
      const mutant = mutants[which % Math.max(1, mutants.length)];
      if (mutant === undefined) return;
      const question: Question = {
        system,
        before: system,
        about: orderId,
        given: [],
        claim: { kind: 'same', before, after: mutant.expression },
      };
      const answer = await prove(question, solver, { points: 10, milliseconds: 5_000 });
      verdicts[answer.verdict] += 1;
      assert.doesNotMatch(
        answer.why ?? '',
        /a defect of Theseus/,
        printFunction(before, specimenNames, { inputs: { row: 'row' }, parameters: () => '(row)' }),
      );
      if (answer.verdict !== 'proved') return;
      const encoded = encodeQuestion(question, UNROLLED);
      const samples = sampler(encoded, [before, mutant.expression], UNROLLED, points);
      for (let at = 0; at < 100; at++) {
        const world = worldAt(encoded, samples.next(), UNROLLED);
        if (!encoded.encoder.rows.facts().every((fact) => world.numbers.truth(fact))) continue;
        assert.ok(!judge(question, encoded, world).against, mutant.description);
      }
    }),
    { seed, numRuns, endOnFailure: true },
  );
  assert.ok(verdicts.proved > 0 && verdicts.refuted > numRuns / 4, JSON.stringify(verdicts));
});
