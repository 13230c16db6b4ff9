/** The rows of a system as types. A system's own declaration file fills the interfaces; without one they are empty. */

/** Rows in formulas, by entity: references lead to rows, numbers are numbers. */
export interface Rows {}
/** Rows in operations, by entity: the plain form. */
export interface StoredRows {}
/** What a new row is made of, by entity. */
export interface FreshRows {}
/** Shapes that entities name, by `article.card`: what a value of that shape is. */
export interface Shapes {}
/** Names of the operations. */
export interface Operations {}

export type EntityName = keyof Rows & string;
/** A row as formulas see it. */
export type Row<Entity extends EntityName> = Rows[Entity];
/** A row as operations see it: money in whole minor units, decimals as text, dates as "2026-01-31", references as ids; absent is null. */
export type Stored<Entity extends string> = Entity extends keyof StoredRows
  ? StoredRows[Entity]
  : { readonly id: RowId; readonly version: number };
export type Fresh<Entity extends string> = Entity extends keyof FreshRows ? FreshRows[Entity] : object;
/** Some fields of a row; null clears one that is not required. */
export type Patch<Entity extends string> = { readonly [Field in keyof Fresh<Entity>]?: Fresh<Entity>[Field] | undefined };

export type RowId = string;
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

declare const local: unique symbol;
/** A date in formulas: compared with < and ===, moved by addDays and addMonths; never text. */
export interface LocalDate {
  readonly [local]: true;
}

/** A list in formulas: items of a row, or the rows that refer to it. */
export interface ListOf<Item> {
  readonly [index: number]: Item;
  readonly length: number;
  [Symbol.iterator](): IterableIterator<Item>;
  some(holds: (item: Item) => boolean): boolean;
  every(holds: (item: Item) => boolean): boolean;
  filter(holds: (item: Item) => boolean): ListOf<Item>;
  /** A sum, `(total, item) => total + item.points`, or the most or the least of them, `(most, item) => Math.max(most, item.points)`. */
  reduce(step: (before: number, item: Item) => number, first: number): number;
  /** What of each item counts, in `Math.max(0, ...list.map((item) => item.points))`. */
  map(value: (item: Item) => number): readonly number[];
}
/** Who asks, as access rules know it. */
export interface Asker {
  readonly id: string;
  readonly name: string;
}
