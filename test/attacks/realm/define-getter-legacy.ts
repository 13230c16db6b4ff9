/**
 * Tries: the old methods __defineGetter__, __lookupGetter__ and __proto__ on what the host handed in.
 * Must: what the host handed in is not altered for others, and its getters lead nowhere.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `const proto = ({}).__lookupGetter__('__proto__');
for (const value of [data, data.product, caller, input, log]) {
  deed(proto.call(value)?.constructor?.constructor);
  try { value.__defineGetter__('then', () => take('then was asked')); } catch {}
}
try { Object.prototype.__defineGetter__('toJSON', () => take('toJSON of all')); take('the prototype of all was altered'); } catch {}
try { Object.prototype.__proto__ = { strange: 1 }; take('the prototype of all was replaced'); } catch {}
try { ({}).__proto__.strange = 1; take('the prototype of all was altered'); } catch {}`,
};
