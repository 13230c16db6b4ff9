/**
 * Tries: to fill the outbox with events.
 * Must: an event counts as an ask.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `for (let at = 0; at < 10_000; at += 1) emit('flood', { at }).catch(() => {});`,
  asks: /^(log|emit\.flood)$/,
  watch: ({ asks }) => {
    if (asks.length > 101) throw new Error(`${asks.length} events came through`);
  },
};
