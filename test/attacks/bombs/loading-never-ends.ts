/**
 * Tries: to load for ever: the loop stands outside run.
 * Must: it is stopped as any other code.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  text: `for (;;);`,
  ends: /^component-failed|^died alone/,
};
