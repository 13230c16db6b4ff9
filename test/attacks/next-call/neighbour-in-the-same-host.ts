/**
 * Tries: to alter what the neighbour sees, by anything that two components of one host might share.
 * Must: the neighbour has an isolate of its own. (It is asked after each attack, and must answer right.)
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `const keeper = input.secret;
for (const change of [() => { Object.prototype.strange = 1; }, () => { Array.prototype.map = () => ['strange']; }, () => { JSON.stringify = () => '"strange"'; }, () => { globalThis.keeper = keeper; }, () => { String.prototype.toString = () => 'strange'; }, () => { Promise.prototype.then = () => 'strange'; }]) try { change(); } catch {}`,
};
