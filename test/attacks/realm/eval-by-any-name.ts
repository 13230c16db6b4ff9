/**
 * Tries: code from text by eval, direct, indirect, or found again.
 * Must: there is no eval to be found.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `for (const find of [() => eval, () => globalThis.eval, () => (0, eval), () => Reflect.get(globalThis, 'eval'), () => Object.getPrototypeOf(globalThis)?.eval]) try { const found = find(); if (typeof found === 'function') { take('eval'); deed((text) => () => found(text.replace('return ', ''))); } } catch {}`,
};
