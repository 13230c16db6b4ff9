/**
 * Tries: to close its output and live on.
 * Must: it is ended, and its call fails.
 */
import type { ChannelAttack } from '../harness/channels.ts';

export const attack: ChannelAttack = {
  hosts: 2,
  deed: `process.stdout.end(); process.stdout.destroy();`,
  ends: /./,
};
