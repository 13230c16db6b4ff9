/**
 * Tries: to leave the secret of one call on the function that stands where constructors of functions were.
 * Must: it is frozen with all that hangs on it.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `const holders = [() => {}, async () => {}, function* () {}, async function* () {}].flatMap((kind) => { const made = Object.getPrototypeOf(kind).constructor; return [made, made.prototype, Object.getPrototypeOf(kind), Object.getPrototypeOf(kind).prototype]; }).filter(Boolean);
const found = holders.map((holder) => holder.kept).filter((each) => each !== undefined);
for (const holder of holders) { try { holder.kept = input.secret; } catch {} if (!Object.isFrozen(holder)) take('something that all calls share is not frozen'); }
return found;`,
  turns: 2,
};
