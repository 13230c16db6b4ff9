/**
 * Tries: to end the process by abort, while others are in flight.
 * Must: every other call runs again and is answered; the guilty one is known.
 */
import type { ChannelAttack } from '../harness/channels.ts';

export const attack: ChannelAttack = {
  hosts: 1,
  deed: `process.abort();`,
  ends: /^died/,
};
