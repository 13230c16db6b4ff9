/**
 * Tries: to find a maker of code behind the values that the host hands in.
 * Must: they are values of the realm, and lead nowhere.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `for (const value of [input, caller, caller.roles, data, globalThis]) deed(value?.constructor?.constructor);
for (const value of [input, caller, data]) deed(Object.getPrototypeOf(value)?.constructor?.constructor);`,
};
