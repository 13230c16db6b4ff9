/**
 * Tries: a text that returns before it defines anything, or defines something that cannot be called.
 * Must: its calls fail and say that no run is defined.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  text: `return { run: () => 1 };`,
  ends: /^component-failed.*defines no run/,
};
