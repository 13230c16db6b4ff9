/**
 * Tries: to end calls of another host: failed, refused, cancelled, lost, stuck.
 * Must: none of them hears it.
 */
import type { ChannelAttack } from '../harness/channels.ts';

export const attack: ChannelAttack = {
  hosts: 2,
  deed: `for (const kind of ['failed', 'refused', 'cancelled', 'lost']) for (let other = 1; other < 200; other += 1) if (other !== call) say({ kind, call: other }, '{"code":"conflict","why":"forged","message":"forged"}');`,
};
