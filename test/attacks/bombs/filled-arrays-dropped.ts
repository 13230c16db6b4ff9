/**
 * Tries: filled arrays that nobody keeps: a loop without a place where it could be interrupted.
 * Must: it ends, alone.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `for (;;) new Array(1000).fill(1.5);`,
  ends: /^component-failed|^died alone/,
};
