/**
 * Tries: to end the stack again and again, catching each time at every depth.
 * Must: it is stopped by its time.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `const sink = () => { try { sink(); } catch { sink(); } };
sink();`,
  ends: /^component-failed|^died alone/,
};
