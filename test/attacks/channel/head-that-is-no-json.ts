/**
 * Tries: bytes that are no JSON, no UTF-8, no lines.
 * Must: the host is ended at the first.
 */
import type { ChannelAttack } from '../harness/channels.ts';

export const attack: ChannelAttack = {
  hosts: 2,
  deed: `process.stdout.write(Buffer.from([0xff, 0xfe, 0x00, 0x0a, 0xc3, 0x28, 0x0a])); raw('[]\\n'); raw('null\\n');`,
};
