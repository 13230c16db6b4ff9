/** Crashing the host on purpose. The control: a host that lies to an innocent call of its own is seen to do so. */
import { attackChannels } from './harness/attack-channels.ts';

await attackChannels('crashes', {
  hosts: 1,
  deed: `hear((head) => { if (head.kind === 'call' && head.digest === 'innocent') say({ kind: 'result', call: head.call }, '"forged"'); });`,
  seen: /innocent call \d was answered "forged"/,
});
