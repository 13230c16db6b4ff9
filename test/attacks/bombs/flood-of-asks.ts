/**
 * Tries: thousands of asks at once, none of them awaited.
 * Must: no more reach the broker than the contract allows.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `for (let at = 0; at < 100_000; at += 1) data.product.get(at).catch(() => {});`,
  asks: /^(log|product\.get)$/,
  watch: ({ asks }) => {
    if (asks.length > 101) throw new Error(`${asks.length} asks came through`);
  },
};
