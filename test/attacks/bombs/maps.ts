/**
 * Tries: a map that grows: memory in one piece, asked for again and again.
 * Must: it ends, alone.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `const map = new Map(); for (let at = 0; ; at += 1) map.set(at, {});`,
  ends: /^component-failed|^died alone/,
};
