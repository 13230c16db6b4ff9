/**
 * Tries: to stamp a private member on a built-in, which freezing does not hinder, and to read it at the next call.
 * Must: the private name of the next call is another one.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  before: `class Base { constructor(object) { return object; } }
class Stamp extends Base { #mark; constructor(object, mark) { super(object); this.#mark = mark; } static read(object) { return #mark in object ? object.#mark : null; } }`,
  body: `const found = [Object.prototype, Math, Array, JSON, sum].map((each) => Stamp.read(each)).filter((each) => each !== null);
for (const each of [Object.prototype, Math, Array, JSON, sum]) try { new Stamp(each, input.secret); } catch {}
return found;`,
  turns: 2,
};
