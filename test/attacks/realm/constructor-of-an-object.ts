/**
 * Tries: the oldest way out: the constructor of a constructor makes code from text, and that code has the host's globals.
 * Must: no code is made, so nothing is reached.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `deed(({}).constructor.constructor);
deed([].constructor.constructor);
deed((() => {}).constructor);
deed(Object.getPrototypeOf(class {}).constructor);`,
};
