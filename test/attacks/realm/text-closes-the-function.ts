/**
 * Tries: a text that ends the function that it stands in, does its deed outside, and opens another.
 * Must: the text is taken only as a whole function body; it does not load.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  text: `} }); /*deed*/ deed(globalThis); (function () { {`,
  ends: /^component-failed/,
};
