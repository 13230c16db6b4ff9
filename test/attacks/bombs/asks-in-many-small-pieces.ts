/**
 * Tries: to send no ask that is large, and a great deal in all.
 * Must: the sizes of all asks of a call are added up.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `for (let at = 0; at < 90; at += 1) await data.product.create({ text: 'x'.repeat(10_000) });`,
  asks: /^(log|product\.create)$/,
  ends: /^too-large/,
  watch: ({ asks }) => {
    if (JSON.stringify(asks).length > 130_000) throw new Error('more came through than the contract allows');
  },
};
