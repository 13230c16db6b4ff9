/**
 * Tries: new.target and super of functions that the host calls.
 * Must: nothing is called as a constructor, and no home object is the host's.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  before: `const target0 = new.target; `,
  body: `if (target0 !== undefined) { take('a new target'); deed(target0); }
const home = { look() { return super.constructor; } };
deed(home.look().constructor);`,
};
