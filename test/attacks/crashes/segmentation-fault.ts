/**
 * Tries: to end by a fault of memory.
 * Must: every other call is answered.
 */
import type { ChannelAttack } from '../harness/channels.ts';

export const attack: ChannelAttack = {
  hosts: 1,
  deed: `process.kill(process.pid, 'SIGSEGV');`,
  ends: /^died/,
};
