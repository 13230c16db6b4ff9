/**
 * Tries: to write half a frame and end.
 * Must: the half is dropped; every other call is answered.
 */
import type { ChannelAttack } from '../harness/channels.ts';

export const attack: ChannelAttack = {
  hosts: 1,
  deed: `process.stdout.write('{"kind":"result","call":' + call, () => process.abort());`,
  ends: /^died/,
};
