/**
 * Tries: a promise chain that goes on after the answer, with the secret of its call, looking for a way into the next call.
 * Must: it may go on, but finds no thing that both calls hold; its asks are dead.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `const mine = input.secret;
if (input.turn === 1) (async () => { for (let turn = 0; turn < 5_000; turn += 1) { await null; try { globalThis.kept = mine; } catch {} if (turn % 500 === 0) { data.product.get(mine).catch(() => {}); log(mine); } } })();
let found = null;
if (input.turn === 2) for (let turn = 0; turn < 2_000 && found === null; turn += 1) { await null; found = globalThis.kept ?? null; }
return found;`,
  turns: 2,
  asks: /^(log|product\.get)$/,
  watch: ({ asks }) => {
    if (asks.filter((ask) => ask.capability === 'product.get').length > 1) throw new Error('a call that had ended asked on');
  },
};
