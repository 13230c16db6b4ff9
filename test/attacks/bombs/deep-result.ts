/**
 * Tries: a result nested so deep that whoever walks it ends its stack.
 * Must: it is measured before it is parsed.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `let all = []; for (let level = 0; level < 3_000; level += 1) all = [all]; return all;`,
  ends: /^component-failed/,
};
