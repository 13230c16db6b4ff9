/**
 * Tries: to find a maker of code behind the functions that the host hands in.
 * Must: they are functions of the realm, whose constructor makes nothing.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `for (const given of [log, emit, random, data.product.get, data.product.create, call, fetch]) {
  deed(given?.constructor);
  deed(Object.getPrototypeOf(given ?? (() => {})).constructor);
  try { deed(Reflect.construct(given.constructor, ['return process'])); } catch {}
}`,
};
