/**
 * Tries: numbers that are none: fractions, texts, infinities, objects, negative ones.
 * Must: they meet no call.
 */
import type { ChannelAttack } from '../harness/channels.ts';

export const attack: ChannelAttack = {
  hosts: 2,
  deed: `for (const odd of [1.5, -1, '1', null, {}, [1], 1e308, true]) { say({ kind: 'result', call: odd }, '"forged"'); say({ kind: 'ask', call, ask: odd, capability: odd }, 'null'); say({ kind: 'load-failed', digest: odd }, 'null'); }`,
};
