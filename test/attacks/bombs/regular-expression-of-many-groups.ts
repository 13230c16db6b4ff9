/**
 * Tries: a regular expression that is large rather than slow, compiled again and again.
 * Must: time or memory ends it.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `for (let turn = 0; ; turn += 1) new RegExp('(?:' + '(a|b)*'.repeat(2_000) + '){1,50}' + turn).test('ab'.repeat(50));`,
  ends: /^component-failed|^died alone/,
};
