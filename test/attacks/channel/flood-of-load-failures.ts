/**
 * Tries: to fill the log with components that are said not to load.
 * Must: the log stays small.
 */
import type { ChannelAttack } from '../harness/channels.ts';

export const attack: ChannelAttack = {
  hosts: 2,
  deed: `for (let turn = 0; turn < 20_000; turn += 1) say({ kind: 'load-failed', digest: 'hostile' }, JSON.stringify({ message: 'x'.repeat(400) })); say({ kind: 'result', call }, '"own"');`,
};
