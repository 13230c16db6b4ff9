/**
 * Tries: a text that ends the block that it stands in, and goes on behind it.
 * Must: it is still in the function, in strict code, and reaches no more than before.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  text: `} /*deed*/ var self = (function () { return this; })(); if (self !== undefined) take('not strict'); deed(self); globalThis.component = { run: ({ log }) => { tell = log; return { loot }; } }; {`,
};
