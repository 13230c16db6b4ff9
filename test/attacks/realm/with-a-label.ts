/**
 * Tries: statements that only careless code may have: with, labels that look like members, octal numbers.
 * Must: the text is strict code; it does not load.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  text: `/*deed*/ globalThis.component = { run: () => { with ({}) { deed(this); } } };`,
  ends: /^component-failed/,
};
