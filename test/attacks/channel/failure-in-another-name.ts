/**
 * Tries: a failure that names another component, a place and members of its own.
 * Must: the machine names the component whose call it was.
 */
import type { ChannelAttack } from '../harness/channels.ts';

export const attack: ChannelAttack = {
  hosts: 2,
  deed: `say({ kind: 'failed', call }, JSON.stringify({ message: 'x', component: 'operation/innocent', line: 'a', column: {}, stack: 'at /etc' }));`,
  ends: /^component-failed: operation\/hostile/,
};
