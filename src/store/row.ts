/** A row as all parts of the product hold it: the plain form of the values, by field name. Absent is null. */
export type PlainValue = null | boolean | number | string | readonly PlainRow[] | { readonly [key: string]: unknown };
export interface PlainRow {
  readonly id: string;
  /** Grows by one with each write; items of lists have none. */
  readonly version?: number;
  readonly [field: string]: unknown;
}
export type PlainValues = { readonly [field: string]: unknown };
