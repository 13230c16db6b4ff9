/**
 * Tries: to be loaded a second time with other code, under the digest of the first.
 * Must: the first code stays; a digest has one code.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `return 1;`,
  turns: 2,
  ends: /"said":1/,
};
