/**
 * Tries: to eat memory while it loads.
 * Must: it ends, alone.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  text: `const all = []; for (;;) all.push(new Array(1000).fill(1.5));`,
  ends: /^component-failed|^died alone/,
};
