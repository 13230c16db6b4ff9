/** What the SQL back end is told about the statement around an expression. Types only. */
import type { Expression, PermanentId } from '#kernel';

/** How the rows of an entity, or the items of a list, are read. All texts are SQL and already quoted. */
export interface SqlRelation {
  /** A table or view: `"e"."e_order"`. */
  readonly from: string;
  /** Column of the row id. */
  readonly id: string;
  /** Column of the parent's id; items of a list alone. */
  readonly parent?: string;
  /**
   * A stored field as its column holds it: whole numbers and money bigint or integer, decimals numeric, dates date,
   * choices text, references uuid.
   */
  readonly column: (field: PermanentId, alias: string) => string;
  /**
   * The formula of a live field, over the one input `row`; undefined where `column` answers it. With it the field is computed in
   * place, and its aggregates can be grouped like any other.
   */
  readonly formula?: (field: PermanentId) => Expression | undefined;
}

export interface SqlNames {
  /** Of a row: its alias in the statement around; of another input: SQL text. */
  readonly inputs: { readonly [name: string]: string };
  readonly relation: (of: PermanentId) => SqlRelation;
  /** Today, in whole days or as SQL of type date. */
  readonly today: { readonly days: number } | { readonly sql: string };
}

export interface SqlOptions {
  /** `parameters` for queries (the default), `literals` for definitions of views. */
  readonly constants?: 'parameters' | 'literals';
  readonly firstParameter?: number;
  /**
   * References of the rows of the statement around: `subquery` (the default) keeps the text self-contained; `join` reads
   * them by left joins that the caller puts after its FROM, one for each reference however often it is read.
   */
  readonly references?: 'subquery' | 'join';
  /**
   * Aggregates over the lists of the rows around: `correlated` (the default: best for few rows), or `grouped`: computed once for all
   * rows in a joined subquery (best for sorting and filtering by it over many rows, and never beside a filter that keeps few of them: the planner
   * may then compute it for all). Needs the joins after FROM as well.
   */
  readonly aggregates?: 'correlated' | 'grouped';
  /** `rule` (the default): decimals as whole scaled numbers. `plain`: as the columns hold them. */
  readonly results?: 'rule' | 'plain';
  /** Aliases made here are this and a number. */
  readonly aliases?: string;
}
