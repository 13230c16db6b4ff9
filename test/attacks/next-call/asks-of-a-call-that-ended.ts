/**
 * Tries: to keep the capabilities of one call and use them when the next call runs, with the next caller's rights.
 * Must: they are dead for good.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `if (input.turn === 1) {
  const kept = data;
  (async () => { for (let turn = 0; turn < 3_000; turn += 1) { await null; kept.product.update('x', { by: 'the dead' }).then(() => take('a dead ask was answered'), () => {}); } })();
}
for (let turn = 0; turn < 1_000; turn += 1) await null;`,
  turns: 2,
  asks: /^(log|product\.update)$/,
  watch: ({ asks }) => {
    if (asks.filter((ask) => ask.capability === 'product.update').length > 101) throw new Error('a dead call asked on');
  },
};
