/**
 * Tries: to stop the process without ending it.
 * Must: the heartbeat ends it; every other call is answered.
 */
import type { ChannelAttack } from '../harness/channels.ts';

export const attack: ChannelAttack = {
  hosts: 1,
  deed: `process.kill(process.pid, 'SIGSTOP');`,
  ends: /^died|^component-failed|^deadline/,
};
