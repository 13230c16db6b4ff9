/**
 * Tries: getters and setters of built-ins are functions too: their constructor.
 * Must: it makes nothing.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `const getters = [Map.prototype, Set.prototype, ArrayBuffer.prototype, RegExp.prototype, Symbol.prototype, Object.prototype]
  .flatMap((holder) => Reflect.ownKeys(holder).map((name) => Object.getOwnPropertyDescriptor(holder, name)))
  .flatMap(({ get, set }) => [get, set]);
for (const getter of getters) if (getter) { deed(getter.constructor); deed(getter.call?.constructor); }`,
};
