/**
 * Tries: to read nothing any more, so that what is sent to it piles up in the machine.
 * Must: it is ended by its heartbeat or its deadline.
 */
import type { ChannelAttack } from '../harness/channels.ts';

export const attack: ChannelAttack = {
  hosts: 2,
  deed: `process.stdin.pause(); process.stdin.removeAllListeners('data');`,
  ends: /./,
};
