/**
 * Tries: a function that is called without a receiver and gets the global object instead.
 * Must: all code is strict, also as a callback of built-ins: there is no receiver.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `const self = function () { return this; };
const found = [self(), [1].map(self)[0], Reflect.apply(self, undefined, []), 'a'.replace(/a/, function () { return typeof this; }) === 'object', [2, 1].sort(function () { if (this !== undefined) take('this in sort'); return 0; }), Array.from([1], self)[0], new Map([[1, 1]]).forEach(function () { if (this !== undefined) take('this in forEach'); })];
for (const each of [found[0], found[1], found[2], found[3], found[5]]) if (typeof each === 'object' && each !== null) { take('a global object'); deed(each); }`,
};
