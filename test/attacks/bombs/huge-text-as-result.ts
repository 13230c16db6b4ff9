/**
 * Tries: to drown the machine in one answer.
 * Must: it is measured inside, and refused.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `return 'x'.repeat(400_000_000);`,
  ends: /^component-failed|^died alone/,
};
