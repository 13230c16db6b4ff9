/**
 * Tries: a refusal whose evidence is nested without end.
 * Must: it is measured before it is parsed.
 */
import type { ChannelAttack } from '../harness/channels.ts';

export const attack: ChannelAttack = {
  hosts: 2,
  deed: `say({ kind: 'refused', call }, '{"code":"conflict","why":"x","evidence":' + '['.repeat(30_000) + ']'.repeat(30_000) + '}');`,
};
