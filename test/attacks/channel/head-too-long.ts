/**
 * Tries: a head of a megabyte.
 * Must: it is not parsed; the host is ended.
 */
import type { ChannelAttack } from '../harness/channels.ts';

export const attack: ChannelAttack = {
  hosts: 2,
  deed: `say({ kind: 'x'.repeat(1_000_000), call });`,
  watch: ({ log }) => {
    if (!log.some((line) => line.includes('head is too long'))) throw new Error('the host was not ended for it');
  },
};
