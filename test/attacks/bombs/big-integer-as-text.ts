/**
 * Tries: one operation of the engine that takes minutes: a power of ten as text.
 * Must: the process ends.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `return String(7n ** 5_000_000n).length;`,
  ends: /^component-failed|^died alone/,
};
