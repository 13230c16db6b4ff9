/**
 * Tries: to leave the secret of one call on the prototypes that all values of a realm share.
 * Must: all are frozen.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `const holders = [Object, Array, String, Number, Boolean, BigInt, Symbol, Function = undefined, Promise, Map, Set, WeakMap, WeakSet, RegExp, Error, TypeError, ArrayBuffer, DataView, Uint8Array, Proxy, Iterator, AggregateError].filter((each) => each !== undefined).flatMap((each) => [each, each.prototype]).filter((each) => each !== undefined);
holders.push(Math, JSON, Reflect, Object.getPrototypeOf(Uint8Array), Object.getPrototypeOf(() => {}));
const found = holders.map((holder) => holder.kept).filter((each) => each !== undefined);
for (const holder of holders) { try { holder.kept = input.secret; } catch {} try { Object.defineProperty(holder, 'kept', { value: input.secret }); } catch {} try { Object.setPrototypeOf(holder, { kept: input.secret }); } catch {} }
return found;`,
  turns: 2,
};
