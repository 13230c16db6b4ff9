/**
 * Tries: a result and asks nested so deep that whoever parses them ends the stack.
 * Must: they are measured before they are parsed.
 */
import type { ChannelAttack } from '../harness/channels.ts';

export const attack: ChannelAttack = {
  hosts: 2,
  deed: `say({ kind: 'ask', call, ask: 1, capability: 'product.create' }, '['.repeat(50_000) + ']'.repeat(50_000)); say({ kind: 'result', call }, '['.repeat(50_000) + ']'.repeat(50_000));`,
  ends: /^component-failed/,
};
