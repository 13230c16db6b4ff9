/** The id of the call that a delivery runs as, over all its tries: made of its key, so that journal, outbox and randomness are the same again. */
import { createHash } from 'node:crypto';

/** A UUID of version 8 (own content): the first bytes of the SHA-256 of the key. */
export function callOf(key: string): string {
  const bytes = createHash('sha256').update(`delivery ${key}`, 'utf8').digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
