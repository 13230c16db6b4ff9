/**
 * Tries: refusal codes that are names of inherited members.
 * Must: an unknown code is a failure of the component.
 */
import type { ChannelAttack } from '../harness/channels.ts';

export const attack: ChannelAttack = {
  hosts: 2,
  deed: `say({ kind: 'refused', call }, JSON.stringify({ code: 'constructor', why: 'forged' }));`,
  ends: /^component-failed/,
};
