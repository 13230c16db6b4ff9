/**
 * Tries: payloads that are no JSON at each place where one is read.
 * Must: each is refused; none throws in the machine.
 */
import type { ChannelAttack } from '../harness/channels.ts';

export const attack: ChannelAttack = {
  hosts: 2,
  deed: `for (const kind of ['ask', 'result', 'refused', 'failed']) say({ kind, call, ask: 1, capability: 'product.get' }, '{"a":');`,
};
