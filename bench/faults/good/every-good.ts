/** All good candidates: made from tables, and the right changes of the asks by hand. */
import { goodByHand } from '../hand/every-candidate.ts';
import { countings, edits, operations, views } from './actions-and-views.ts';
import { computedFields, newFields } from './fields.ts';
import type { GoodCandidate } from './make.ts';
import { approvals, discounts, limitsKept } from './rules.ts';

export type { GoodCandidate } from './make.ts';
export const goodCandidates: readonly GoodCandidate[] = [
  ...newFields,
  ...computedFields,
  ...discounts,
  ...approvals,
  ...limitsKept,
  ...operations,
  ...countings,
  ...views,
  ...edits,
  ...goodByHand.map((one) => ({ ...one, id: `by-hand/${one.id}`, kind: 'by-hand' })),
];
