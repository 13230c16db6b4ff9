/**
 * Tries: memory outside the heap of the isolate: typed arrays, filled so that it is truly used.
 * Must: it ends, alone.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `const all = []; for (;;) all.push(new Uint8Array(1e6).fill(1));`,
  ends: /^component-failed|^died alone/,
};
