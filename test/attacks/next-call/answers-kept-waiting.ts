/**
 * Tries: an ask whose answer comes only when its call has ended: to take the answer of another call.
 * Must: each answer goes to its own call, or nowhere.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `if (input.turn === 1) { const late = data.product.get('first'); late.then((row) => { try { globalThis.kept = row; } catch {} }); return null; }
const row0 = await data.product.get('second');
return row0.asked === 'second' ? null : take('an answer went astray');`,
  turns: 2,
  asks: /^(log|product\.get)$/,
  perform: async (_, asked) => ({ asked }),
};
