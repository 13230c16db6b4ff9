/**
 * Tries: to kill itself, as somebody outside would.
 * Must: every other call is answered; it may not go on for ever.
 */
import type { ChannelAttack } from '../harness/channels.ts';

export const attack: ChannelAttack = {
  hosts: 1,
  deed: `process.kill(process.pid, 'SIGKILL');`,
  ends: /^died/,
};
