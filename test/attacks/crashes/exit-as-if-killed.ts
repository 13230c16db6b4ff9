/**
 * Tries: to end with the code of a process that somebody else killed.
 * Must: every other call is answered; it may not go on for ever.
 */
import type { ChannelAttack } from '../harness/channels.ts';

export const attack: ChannelAttack = {
  hosts: 1,
  deed: `process.exit(137);`,
  ends: /^died/,
};
