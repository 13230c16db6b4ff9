/** All candidates of this corpus: those that are faulty, and the right ones that they were made from. */
import { lendingAndDepot } from './asks/lending-and-depot.ts';
import { manyRows } from './asks/many-rows.ts';
import { payrollAsks } from './asks/payroll.ts';
import { shopActions } from './asks/shop-actions.ts';
import { shopRules } from './asks/shop-discount.ts';
import { bases } from './bases/bases.ts';
import type { Ask, Candidate, FaultyCandidate } from './support/ask.ts';
import { shown, tests } from './support/texts.ts';

export type { BaseName, Candidate, FaultyCandidate, Way } from './support/ask.ts';
export { bases };

export const asks: readonly Ask[] = [...shopRules, ...shopActions, ...lendingAndDepot, ...payrollAsks, ...manyRows];

const asked = ({ request, scope, base, acceptance }: Ask): Omit<Candidate, 'id' | 'files'> => ({
  request,
  scope,
  base,
  ...(acceptance === undefined ? {} : { acceptance }),
});
export const faultyByHand: readonly FaultyCandidate[] = asks.flatMap((ask) =>
  ask.faults.map(({ id, way, why, files, witness }) => ({
    id: `${ask.id}/${id}`,
    ...asked(ask),
    way,
    why,
    files,
    ...(witness === undefined ? {} : { witness: { path: ask.beside, text: tests(shown(`${ask.id} ${id}`, ...witness)) } }),
  })),
);
export const goodByHand: readonly Candidate[] = asks.map((ask) => ({ id: ask.id, ...asked(ask), files: ask.right }));
