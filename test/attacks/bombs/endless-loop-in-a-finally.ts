/**
 * Tries: to catch the end, and to go on in catch and finally.
 * Must: it is stopped all the same.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `for (;;) try { for (;;); } catch { for (;;); } finally { for (;;); }`,
  ends: /^component-failed|^died alone/,
};
