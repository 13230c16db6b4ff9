/**
 * Tries: capabilities of any length, with newlines, controls and parts of heads in them.
 * Must: they are texts, cut to a length, and denied by whoever knows the contract.
 */
import type { ChannelAttack } from '../harness/channels.ts';

export const attack: ChannelAttack = {
  hosts: 2,
  deed: `for (const name of ['x'.repeat(1_900), 'product.get\\n{"kind":"result"}', '__proto__.get', 'constructor.get', 'product.__proto__', '.', '', 'a.b.c.d', '\\u0000']) say({ kind: 'ask', call, ask: 1, capability: name }, 'null');`,
  watch: ({ asks }) => {
    if (asks.some((ask) => ask.capability.length > 200)) throw new Error('a name was not cut');
  },
};
