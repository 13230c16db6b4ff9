/**
 * Tries: a result as large as the channel lets through, above what the contract allows.
 * Must: it is refused, and not kept.
 */
import type { ChannelAttack } from '../harness/channels.ts';

export const attack: ChannelAttack = {
  hosts: 2,
  deed: `say({ kind: 'result', call }, '"' + 'x'.repeat(7_000_000) + '"');`,
  ends: /^component-failed/,
};
