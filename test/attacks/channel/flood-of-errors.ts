/**
 * Tries: to fill log and memory by the stream of errors.
 * Must: a little of it is kept.
 */
import type { ChannelAttack } from '../harness/channels.ts';

export const attack: ChannelAttack = {
  hosts: 2,
  deed: `for (let turn = 0; turn < 200; turn += 1) process.stderr.write('x'.repeat(500_000)); say({ kind: 'result', call }, '"own"');`,
};
