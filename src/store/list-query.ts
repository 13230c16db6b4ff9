/** What a list is asked for. Everything in it may come from a stranger: names are looked up, values are parameters. */
export type FilterOperator = 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge' | 'in';
export const filterOperators: readonly FilterOperator[] = ['eq', 'ne', 'lt', 'le', 'gt', 'ge', 'in'];

export interface Filter {
  readonly field: string;
  readonly op: FilterOperator;
  /** Plain form, or text as it stands in a URL ("12.50", "2026-01-31", "open"; for `in` with commas between); null is absent. */
  readonly value: unknown;
}
export interface ListQuery {
  readonly filters?: readonly Filter[];
  /** `name` or `-name`; several with commas between. Rows are in the order of their making where nothing is said. */
  readonly sort?: string;
  readonly cursor?: string;
  /** 1 to 500; 50 where nothing is said. */
  readonly limit?: number;
  /** Words, each of which must stand in one of the row's texts. */
  readonly q?: string;
}
/** Which rows are meant, without order and pages. */
export type RowsAsked = Pick<ListQuery, 'filters' | 'q'>;
export interface Page {
  readonly items: readonly { readonly [field: string]: unknown }[];
  readonly next: string | null;
}
export const defaultLimit = 50;
export const mostRows = 500;
