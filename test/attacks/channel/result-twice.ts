/**
 * Tries: to end a call twice, with two answers.
 * Must: the first one counts.
 */
import type { ChannelAttack } from '../harness/channels.ts';

export const attack: ChannelAttack = {
  hosts: 2,
  deed: `say({ kind: 'result', call }, '"own"'); say({ kind: 'result', call }, '"second"'); say({ kind: 'failed', call }, '{"message":"third"}');`,
  ends: /^"own"$/,
};
