/**
 * Tries: an endless chain of promises: the loop of events is never reached, no single piece is long.
 * Must: it is stopped by its time of processor.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `for (;;) await null;`,
  ends: /^component-failed|^died alone/,
};
