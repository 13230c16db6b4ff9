/**
 * Tries: to eat the memory of the process itself, outside every isolate.
 * Must: it is ended from outside; every other call is answered.
 */
import type { ChannelAttack } from '../harness/channels.ts';

export const attack: ChannelAttack = {
  hosts: 1,
  deed: `const all = []; const eat = () => { for (let turn = 0; turn < 20; turn += 1) all.push(Buffer.alloc(1e6, 1)); setImmediate(eat); }; eat();`,
  ends: /^died|^"own"/,
};
