/**
 * Statements about rules whose truth is known, given to the prover: proved, refuted with a row that the running code refutes it
 * by, or unknown. A verdict against the truth is wrong, and there must be none. The time is that of one statement, warm.
 */
import { z3Solver } from '#adapters/z3-solver';
import { type Answer, prove } from '#gates';
import { p50p95 } from '../load/quantiles.ts';
import type { BenchOptions } from '../options.ts';
import { questionOf } from './questions.ts';
import { ruleCases } from './rules/every-rule-case.ts';
import type { RuleCase } from './rules/support/rule-case.ts';

export async function run({ seed, only, say }: BenchOptions): Promise<unknown> {
  const solver = z3Solver();
  const counts = { proved: 0, refuted: 0, unknown: 0, wrong: 0 };
  const times: number[] = [];
  const undecided: string[] = [];
  const wrong: string[] = [];
  try {
    await solver.warm();
    const cases = ruleCases.filter((one) => only === undefined || one.id.includes(only));
    for (const each of cases) {
      const question = questionOf(each);
      const began = performance.now();
      const answer = await prove(question, solver, { seed });
      const took = performance.now() - began;
      times.push(took);
      counts[answer.verdict] += 1;
      if (answer.verdict === 'unknown') undecided.push(each.id);
      if (isWrong(each, answer)) {
        counts.wrong += 1;
        wrong.push(each.id);
      }
      say(
        `${isWrong(each, answer) ? 'WRONG ' : ''}${answer.verdict} ${each.id} (${each.truth}) ${Math.round(took)} ms, ${answer.points} points ${answer.why ?? ''} ${answer.witness === undefined ? '' : JSON.stringify(answer.witness)}`,
      );
    }
    const decided = cases.filter((one) => one.truth !== 'undecided-allowed');
    return {
      seed,
      rules: cases.length,
      ...counts,
      ms: p50p95(times),
      /** Of the cases that a prover may be asked. */
      decidedOfAsked: `${decided.filter((one) => !undecided.includes(one.id)).length}/${decided.length}`,
      undecided,
      wrongCases: wrong,
    };
  } finally {
    await solver.close();
  }
}

/** What holds and is refuted, what fails and is proved; of what may stay open, the opposite of what it is. */
function isWrong({ truth, actually }: RuleCase, { verdict }: Answer): boolean {
  const holds = (truth === 'undecided-allowed' ? actually : truth) === 'holds';
  return (verdict === 'proved' && !holds) || (verdict === 'refuted' && holds);
}
