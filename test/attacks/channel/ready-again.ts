/**
 * Tries: to say again that it is ready, and other things that were true once.
 * Must: a message of no known kind ends the host; innocents are not harmed.
 */
import type { ChannelAttack } from '../harness/channels.ts';

export const attack: ChannelAttack = {
  hosts: 2,
  deed: `say({ kind: 'ready' }); say({ kind: 'welcome' });`,
};
