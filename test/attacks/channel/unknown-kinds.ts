/**
 * Tries: kinds that are names of inherited members.
 * Must: none of them means anything.
 */
import type { ChannelAttack } from '../harness/channels.ts';

export const attack: ChannelAttack = {
  hosts: 2,
  deed: `for (const kind of ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'call', 'load', 'answer', 'cancel']) say({ kind, call }, '{"strange":1}');`,
};
