/**
 * Tries: a BigInt that is squared: one operation takes for ever.
 * Must: the process ends.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `let x = 3n; for (;;) x = x * x;`,
  ends: /^component-failed|^died alone/,
};
