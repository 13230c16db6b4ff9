/**
 * Tries: to leave the secret of one call in the variables of the module, and in closures made there.
 * Must: each call has a module of its own.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  before: `let kept = []; const keep = ((list) => (value) => { list.push(value); return list; })([]); class Holder { static all = []; #own; constructor(own) { this.#own = own; Holder.all.push(this); } get own() { return this.#own; } }`,
  body: `kept.push(input.secret);
new Holder(input.secret);
return [kept, keep(input.secret), Holder.all.map((holder) => holder.own)];`,
  turns: 3,
  ends: /"said":\[\["given-to-turn-\d-alone"\],\["given-to-turn-\d-alone"\],\["given-to-turn-\d-alone"\]\]/,
};
