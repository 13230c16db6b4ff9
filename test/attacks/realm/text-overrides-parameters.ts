/**
 * Tries: to declare the names that the host gives anew, so that its own functions are replaced.
 * Must: they are replaced for the component alone; refusing and ending stay the host's.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  before: `var refuse = () => 'mine', sum = () => 'mine', today = () => 'mine';`,
  body: `if (refuse('conflict', 'x') !== 'mine') take('strange');
return sum();`,
  ends: /"said":"mine"/,
};
