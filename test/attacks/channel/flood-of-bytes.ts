/**
 * Tries: few asks, each as large as may be.
 * Must: the machine adds up for itself.
 */
import type { ChannelAttack } from '../harness/channels.ts';

export const attack: ChannelAttack = {
  hosts: 2,
  deed: `for (let at = 0; at < 30; at += 1) say({ kind: 'ask', call, ask: at, capability: 'product.create' }, '"' + 'x'.repeat(60_000) + '"');`,
  ends: /^component-failed|^died/,
  watch: ({ asks }) => {
    if (asks.filter((ask) => ask.capability === 'product.create').length > 4) throw new Error('more came through than the contract allows');
  },
};
