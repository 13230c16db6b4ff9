/**
 * Tries: messages that ask for nothing, as fast as they can be written.
 * Must: the machine goes on answering others.
 */
import type { ChannelAttack } from '../harness/channels.ts';

export const attack: ChannelAttack = {
  hosts: 2,
  deed: `for (let turn = 0; turn < 60_000; turn += 1) say({ kind: 'pong', beat: turn }); say({ kind: 'result', call }, '"own"');`,
};
