/** Branded names: a digest, a permanent id and a moment cannot be mixed up. Casts to a brand stand here alone. */
declare const brand: unique symbol;
type Brand<Base, Name extends string> = Base & { readonly [brand]: Name };

/** `sha256:` and 64 hex digits, over the canonical text of what it names. */
export type Digest = Brand<string, 'Digest'>;
/** A permanent id: `e_`, `f_`, `c_` (choice), `o_`, `r_`, `v_`, `n_` (reaction), `j_`, `w_`, `t_` (transition) and 4 to 16 of [a-z0-9]. Given once, never reused. */
export type PermanentId = Brand<string, 'PermanentId'>;
/** UUIDv7 made by the broker. */
export type RowId = Brand<string, 'RowId'>;
export type ChangeId = Brand<string, 'ChangeId'>;
/** Milliseconds since 1970-01-01T00:00Z. */
export type Instant = Brand<number, 'Instant'>;

const DIGEST = /^sha256:[0-9a-f]{64}$/;
const PERMANENT_ID = /^[a-z]_[a-z0-9]{3,16}$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export const isDigest = (text: string): text is Digest => DIGEST.test(text);
export const isPermanentId = (text: string): text is PermanentId => PERMANENT_ID.test(text);
export const isRowId = (text: string): text is RowId => UUID.test(text);

/** Throws a TypeError on any other text; callers check untrusted text with `isDigest` first. */
export function digest(text: string): Digest {
  if (!isDigest(text)) throw new TypeError(`not a digest: ${text.slice(0, 80)}`);
  return text;
}
export function permanentId(text: string): PermanentId {
  if (!isPermanentId(text)) throw new TypeError(`not a permanent id: ${text.slice(0, 80)}`);
  return text;
}
export const rowId = (text: string): RowId => text as RowId;
export const changeId = (text: string): ChangeId => text as ChangeId;
export const instant = (milliseconds: number): Instant => milliseconds as Instant;
