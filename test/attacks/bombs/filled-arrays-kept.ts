/**
 * Tries: filled arrays that are kept: a loop that passes the limits of an isolate.
 * Must: the process is watched from outside, and ends.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `const all = []; for (;;) all.push(new Array(1000).fill(1.5));`,
  ends: /^component-failed|^died alone/,
};
