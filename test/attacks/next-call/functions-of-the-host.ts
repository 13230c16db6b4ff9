/**
 * Tries: to leave the secret of one call on whatever the host hands to a component.
 * Must: it is made for each call, or frozen.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `const holders = [data, data.product, data.product.get, log, emit, random, today, caller, input].flatMap((each) => { const chain = []; for (let holder = each; holder !== null && holder !== undefined; holder = Object.getPrototypeOf(holder)) chain.push(holder); return chain; }).flatMap((each) => [each, each.prototype, each.constructor, each.constructor?.prototype]).filter((each) => each !== undefined && each !== null);
const found = holders.map((holder) => Reflect.get(holder, 'kept')).filter((each) => typeof each === 'string');
for (const holder of holders) { try { holder.kept = input.secret; } catch {} try { Object.defineProperty(holder, 'kept', { value: input.secret }); } catch {} }
return found;`,
  turns: 2,
};
