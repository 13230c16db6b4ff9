/**
 * Tries: a result that looks like a refusal of the machine.
 * Must: it is a failure of the component.
 */
import type { ChannelAttack } from '../harness/channels.ts';

export const attack: ChannelAttack = {
  hosts: 2,
  deed: `say({ kind: 'result', call }, JSON.stringify({ refused: true, code: 'unauthenticated', why: 'forged' }));`,
  ends: /^component-failed/,
};
