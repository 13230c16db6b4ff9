/**
 * Tries: a regular expression whose time doubles with each letter.
 * Must: it is stopped by its time.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `return /^(a+)+$/.test('a'.repeat(40) + 'b');`,
  ends: /^component-failed|^died alone/,
};
