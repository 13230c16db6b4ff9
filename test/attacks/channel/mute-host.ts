/**
 * Tries: to say nothing any more, and hear on.
 * Must: it is ended by its heartbeat or its deadline.
 */
import type { ChannelAttack } from '../harness/channels.ts';

export const attack: ChannelAttack = {
  hosts: 2,
  deed: `process.stdout.write = () => true;`,
  ends: /./,
};
