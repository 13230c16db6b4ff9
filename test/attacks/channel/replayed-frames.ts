/**
 * Tries: to send everything that was ever said once more.
 * Must: an ask that is said twice is counted twice; nothing else comes of it.
 */
import type { ChannelAttack } from '../harness/channels.ts';

export const attack: ChannelAttack = {
  hosts: 2,
  deed: `for (let turn = 0; turn < 40; turn += 1) { say({ kind: 'ask', call, ask: 1, capability: 'product.get' }, '"own"'); say({ kind: 'loaded', digest: 'hostile' }); say({ kind: 'pong', beat: 1 }); }`,
};
