/**
 * Tries: to loop in the thread that answers the heartbeat.
 * Must: it is ended from outside; every other call is answered.
 */
import type { ChannelAttack } from '../harness/channels.ts';

export const attack: ChannelAttack = {
  hosts: 1,
  deed: `for (;;);`,
  ends: /^died|^component-failed|^deadline/,
};
