/**
 * Tries: super outside a method.
 * Must: the text does not load.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  text: `/*deed*/ deed(super.constructor); globalThis.component = { run: () => 1 };`,
  ends: /^component-failed/,
};
