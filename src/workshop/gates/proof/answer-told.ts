/** What a proof answered, as every finding of the gate says it. */
import type { Finding } from '#kernel';
import { asJson } from '../gate.ts';
import type { Answer } from './prove.ts';

export const provedBound = (answer: Answer): string =>
  `for every row that has what its fields promise; translation and running code agreed on ${answer.points} rows`;

export const unknownFinding = (name: string, answer: Answer): Finding => ({
  statement: `${name}: ${answer.why ?? 'it was neither proved nor refuted'}`,
  verdict: 'unknown',
  shownBy: 'not-shown',
  ...(answer.upTo === undefined ? {} : { bound: `lists of up to ${answer.upTo} items` }),
  ...(answer.witness === undefined ? {} : { witness: asJson(answer.witness) }),
});
