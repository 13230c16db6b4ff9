/**
 * Tries: the hidden constructors of generators, by their functions and by what they make.
 * Must: both are gone.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `deed((function* () {}).constructor);
deed(Object.getPrototypeOf(function* () {}).constructor);
deed((function* () {})().constructor);
deed(Object.getPrototypeOf(Object.getPrototypeOf((function* () {})())).constructor);`,
};
