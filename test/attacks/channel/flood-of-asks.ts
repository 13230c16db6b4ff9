/**
 * Tries: more asks than any contract allows, by a host that does not count.
 * Must: the machine counts for itself.
 */
import type { ChannelAttack } from '../harness/channels.ts';

export const attack: ChannelAttack = {
  hosts: 2,
  deed: `for (let at = 0; at < 20_000; at += 1) say({ kind: 'ask', call, ask: at, capability: 'product.get' }, '"own"');`,
  ends: /^component-failed|^died/,
};
