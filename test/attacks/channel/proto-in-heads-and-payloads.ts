/**
 * Tries: members called __proto__ in heads and payloads, to alter objects of the machine.
 * Must: objects of the machine stay as they are.
 */
import type { ChannelAttack } from '../harness/channels.ts';

export const attack: ChannelAttack = {
  hosts: 2,
  deed: `raw('{"kind":"ask","call":' + call + ',"ask":1,"capability":"product.get","__proto__":{"strange":1}}\\t{"__proto__":{"strange":1},"constructor":{"prototype":{"strange":1}}}\\n'); say({ kind: 'failed', call }, '{"message":"x","__proto__":{"strange":1}}');`,
};
