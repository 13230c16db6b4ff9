/**
 * Permanent ids and field numbers for what is born. Deterministic: the same change that names the same thing mints the
 * same id, so that a resumed run writes the same text. An id that is taken is never given again.
 */
import { createHash } from 'node:crypto';
import { permanentId, type EntityContract, type Field, type PermanentId } from '#kernel';

export type IdPrefix = 'e' | 'f' | 'c' | 'o' | 'r' | 'v' | 'n' | 'j' | 'w' | 't';

const LETTERS = 'abcdefghjkmnpqrstvwxyz23456789';

/** `seedText` names the change and the thing ("ch_7 customer.phone"); `taken` holds every id of the system, retired ones too. */
export function mintId(prefix: IdPrefix, seedText: string, taken: { has(id: string): boolean }): PermanentId {
  for (let round = 0; ; round++) {
    const bytes = createHash('sha256').update(`${prefix}\n${round}\n${seedText}`, 'utf8').digest();
    const letters = Array.from(bytes.subarray(0, 6), (byte) => LETTERS[byte % LETTERS.length]).join('');
    const id = `${prefix}_${letters}`;
    if (!taken.has(id)) return permanentId(id);
  }
}

/** The next Protobuf number of an entity or list: above every one that was ever given. 19000 to 19999 are Protobuf's own. */
export function nextNumber(fields: readonly Field[], retired: EntityContract['retired'] = []): number {
  const next = Math.max(0, ...fields.map((field) => field.no), ...retired.map((field) => field.no)) + 1;
  return next >= 19_000 && next <= 19_999 ? 20_000 : next;
}
