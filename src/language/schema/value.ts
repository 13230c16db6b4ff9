/**
 * The plain form of values: what the store, the machine, the hosts and operations work with. Text and choice labels are
 * strings, money whole minor units, decimals text of fixed scale, dates "2026-01-31", instants and durations milliseconds,
 * references row ids, lists arrays of items with `id`; absent is null.
 */
export type Plain = null | boolean | number | string | readonly PlainItem[] | JsonValue;
export type PlainItem = { readonly id?: string; readonly [field: string]: Plain | undefined };
export type PlainValues = { readonly [field: string]: Plain | undefined };
/** What a `json` field holds. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** Untrusted input that is not allowed, by place: `''` is the value itself, `lines[0].quantity` a member. A value, never thrown. */
export interface FieldError {
  readonly invalid: true;
  readonly messages: { readonly [path: string]: string };
}
export const fieldError = (messages: { readonly [path: string]: string }): FieldError => ({ invalid: true, messages });
export const isFieldError = (value: unknown): value is FieldError =>
  typeof value === 'object' && value !== null && 'invalid' in value && value.invalid === true && 'messages' in value;
