/**
 * Tries: the error of the realm itself, when a call asks too often.
 * Must: it leads nowhere.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `for (let turn = 0; turn < 20; turn += 1) try { await data.product.get(turn); } catch (error) { deed(error.constructor.constructor); deed(error.stack?.constructor?.constructor); }`,
  caps: { capabilityCalls: 3 },
  asks: /^(log|product\.get)$/,
};
