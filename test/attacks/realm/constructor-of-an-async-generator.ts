/**
 * Tries: the hidden constructor of async generators.
 * Must: it is gone.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `deed((async function* () {}).constructor);
deed(Object.getPrototypeOf(async function* () {}).constructor);
deed(Object.getPrototypeOf((async function* () {})()).constructor);`,
};
