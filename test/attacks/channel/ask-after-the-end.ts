/**
 * Tries: to ask on for a call that has ended.
 * Must: what comes after the end is not heard.
 */
import type { ChannelAttack } from '../harness/channels.ts';

export const attack: ChannelAttack = {
  hosts: 2,
  deed: `say({ kind: 'result', call }, '"own"'); for (let at = 0; at < 500; at += 1) say({ kind: 'ask', call, ask: at, capability: 'product.delete' }, '"late"');`,
  watch: ({ asks }) => {
    if (asks.some((ask) => ask.input === 'late')) throw new Error('a call that had ended asked on');
  },
};
