/** Forging, replaying and flooding messages, by a host that was broken. */
import { attackChannels } from './harness/attack-channels.ts';

await attackChannels('channel', {
  hosts: 2,
  deed: `say({ kind: 'result', call }, '"forged for its own call"');`,
  seen: /forged for its own call/,
});
