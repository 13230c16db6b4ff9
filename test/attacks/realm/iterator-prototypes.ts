/**
 * Tries: the prototypes of iterators, which only values lead to: overridden, they see what the host iterates.
 * Must: all of them are frozen.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `const own = [(function* () {})(), (async function* () {})()].map((each) => Object.getPrototypeOf(Object.getPrototypeOf(each)));
const prototypes = [[].values(), new Map().values(), new Set().values(), ''[Symbol.iterator](), 'a'.matchAll(/a/g), [].values().map((x) => x), Iterator.from({ next() {} })].map((each) => Object.getPrototypeOf(each));
for (const prototype of [...own, ...prototypes]) for (let holder = prototype; holder !== null; holder = Object.getPrototypeOf(holder)) {
  if (!Object.isFrozen(holder)) take('an iterator prototype is not frozen');
  try { holder.next = () => take('next'); if (holder.next.toString().includes('take')) take('next was overridden'); } catch {}
}`,
};
