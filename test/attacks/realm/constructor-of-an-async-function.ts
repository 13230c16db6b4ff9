/**
 * Tries: the hidden constructor of async functions, which no global names.
 * Must: it is gone like the one of plain functions.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `deed((async () => {}).constructor);
deed(Object.getPrototypeOf(async function () {}).constructor);`,
};
