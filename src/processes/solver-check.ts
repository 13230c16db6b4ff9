/** Whether the solver of proofs answers here. Without it all runs, and what would be proved is not shown. */
import type { DoctorCheck } from '#cli';

export async function solverCheck(): Promise<DoctorCheck> {
  const { z3Solver } = await import('#adapters/z3-solver');
  const solver = z3Solver({ threads: 1 });
  try {
    const { verdict, why } = await solver.solve('(declare-const x Int)(assert (< x x))', { milliseconds: 5_000, effort: 1_000_000 });
    if (verdict === 'unsat') return { name: 'solver of proofs', state: 'ok', found: solver.name };
    return {
      name: 'solver of proofs',
      state: 'warn',
      found: why ?? `it said ${verdict}`,
      advice: 'Without it all runs, and nothing is proved: install the packages again (npm ci).',
    };
  } finally {
    await solver.close();
  }
}
