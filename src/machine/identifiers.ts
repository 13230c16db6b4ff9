/** Ids from the machine alone, never from a database default: UUIDv7 of a given moment (RFC 9562, section 5.7). */
import { randomBytes } from 'node:crypto';

export function uuidv7(milliseconds: number, random: (bytes: number) => Uint8Array = randomBytes): string {
  const tail = random(10);
  const hex = [...tail].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const time = milliseconds.toString(16).padStart(12, '0');
  const variant = ((tail[2] ?? 0) & 0x3f | 0x80).toString(16).padStart(2, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex.slice(1, 4)}-${variant}${hex.slice(6, 8)}-${hex.slice(8, 20)}`;
}
