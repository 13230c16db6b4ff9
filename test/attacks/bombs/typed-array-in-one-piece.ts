/**
 * Tries: all the memory there is, in one piece.
 * Must: it is refused or ends, alone.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `const all = []; for (let size = 2 ** 33; size > 2 ** 10; size /= 2) try { all.push(new Uint8Array(size).fill(1)); } catch {}
for (;;) all.push(new Uint8Array(2 ** 20).fill(1));`,
  ends: /^component-failed|^died alone/,
};
