/** Digests over text: what sources, contracts and generations are known by. Never over anything but canonical text. */
import { createHash } from 'node:crypto';
import { canonicalJson, digest, type Digest } from '#kernel';

/** The digest of the UTF-8 bytes of a text. */
export const digestOf = (text: string): Digest => digest(`sha256:${createHash('sha256').update(text, 'utf8').digest('hex')}`);

const known = new WeakMap<object, Digest>();

/** The digest of the canonical JSON of a value. Values are frozen records here, so an object is digested once. */
export function digestOfValue(value: object): Digest {
  const before = known.get(value);
  if (before !== undefined) return before;
  const made = digestOf(canonicalJson(value));
  known.set(value, made);
  return made;
}
