/**
 * Tries: to fill the memory of the machine with a line that never ends.
 * Must: the host is ended when the line is longer than any may be.
 */
import type { ChannelAttack } from '../harness/channels.ts';

export const attack: ChannelAttack = {
  hosts: 2,
  deed: `const piece = 'x'.repeat(1_000_000); for (let turn = 0; turn < 200; turn += 1) raw(piece);`,
  watch: ({ log }) => {
    if (!log.some((line) => line.includes('broke the channel'))) throw new Error('the host was not ended for it');
  },
};
