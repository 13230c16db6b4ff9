/**
 * Tries: a result that never ends while it is turned into text.
 * Must: it is stopped.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `return { toJSON() { for (;;); } };`,
  ends: /^component-failed|^died alone/,
};
