/**
 * Tries: to ask with the rights of calls that run in another host.
 * Must: such an ask reaches no broker.
 */
import type { ChannelAttack } from '../harness/channels.ts';

export const attack: ChannelAttack = {
  hosts: 2,
  deed: `for (let other = 1; other < 200; other += 1) if (other !== call) say({ kind: 'ask', call: other, ask: 1, capability: 'product.delete' }, '"forged"');`,
};
