/**
 * Tries: a result whose members are called __proto__ and constructor, to alter objects of the machine.
 * Must: the machine's objects stay as they are.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  text: `globalThis.component = { run: () => JSON.parse('{"__proto__":{"strange":1},"constructor":{"prototype":{"strange":1}},"a":{"__proto__":{"strange":2}}}') };`,
  watch: () => {
    if ('strange' in {}) throw new Error('a prototype of the machine was altered');
  },
};
