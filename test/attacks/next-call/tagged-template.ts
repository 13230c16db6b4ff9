/**
 * Tries: the object of a tagged template is one and the same for all calls: to hang a secret on it, also by private names
 * on frozen things.
 * Must: nothing hangs on it at the next call.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  before: `const site = (strings) => strings;
class Base { constructor(object) { return object; } }
class Stamp extends Base { #mark; constructor(object, mark) { super(object); this.#mark = mark; } static read(object) { return #mark in object ? object.#mark : null; } }`,
  body: `const object = (() => site\`here\`)();
const was = Stamp.read(object);
try { new Stamp(object, input.secret); } catch {}
try { object.kept = input.secret; } catch {}
return [was, object.kept ?? null];`,
  turns: 2,
};
