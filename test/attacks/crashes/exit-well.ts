/**
 * Tries: to end the process as if all were well.
 * Must: every other call is answered; who ends it alone is guilty.
 */
import type { ChannelAttack } from '../harness/channels.ts';

export const attack: ChannelAttack = {
  hosts: 1,
  deed: `process.exit(0);`,
  ends: /^died/,
};
