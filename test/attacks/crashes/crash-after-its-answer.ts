/**
 * Tries: to answer well, and end the process a moment later.
 * Must: the answer counts, and every other call is answered.
 */
import type { ChannelAttack } from '../harness/channels.ts';

export const attack: ChannelAttack = {
  hosts: 1,
  deed: `say({ kind: 'result', call }, '"own"'); setTimeout(() => process.abort(), 5);`,
  ends: /^"own"$/,
};
