/**
 * Tries: a result that is small here and huge as text: an array of four thousand million holes.
 * Must: it fails, and nothing of the kind reaches the machine.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `const all = []; all.length = 4_294_967_295; return all;`,
  ends: /^component-failed|^died alone/,
};
