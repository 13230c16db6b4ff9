/**
 * Tries: a result whose parts are shared: small here, and doubled at each level as text.
 * Must: it fails, and the machine does not grow.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `let all = ['x']; for (let level = 0; level < 40; level += 1) all = [all, all]; return all;`,
  ends: /^component-failed|^died alone/,
};
