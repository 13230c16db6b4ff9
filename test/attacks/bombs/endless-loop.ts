/**
 * Tries: to never end.
 * Must: it is stopped after its share of the processor, and fails alone.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `for (;;);`,
  ends: /^component-failed|^died alone/,
};
