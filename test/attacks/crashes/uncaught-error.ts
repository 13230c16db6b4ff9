/**
 * Tries: to throw where nobody catches.
 * Must: every other call is answered.
 */
import type { ChannelAttack } from '../harness/channels.ts';

export const attack: ChannelAttack = {
  hosts: 1,
  deed: `setImmediate(() => { throw new Error('uncaught'); });`,
  ends: /^died/,
};
