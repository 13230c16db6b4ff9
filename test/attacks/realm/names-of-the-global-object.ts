/**
 * Tries: to find the true global object behind the name that stands for it, and what it holds.
 * Must: the name leads to an empty object of this call.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `for (let holder = globalThis; holder !== null && holder !== undefined; holder = Object.getPrototypeOf(holder)) {
  for (const name of Reflect.ownKeys(holder)) if (holder === globalThis && name !== 'component') take(String(name));
  deed(holder);
}`,
};
