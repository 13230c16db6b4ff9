/**
 * Tries: to answer calls that run in another host, by guessing their numbers.
 * Must: a frame counts only for a call of the host that sent it.
 */
import type { ChannelAttack } from '../harness/channels.ts';

export const attack: ChannelAttack = {
  hosts: 2,
  deed: `for (let other = 1; other < 200; other += 1) if (other !== call) say({ kind: 'result', call: other }, '"forged"');`,
};
