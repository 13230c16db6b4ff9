/** What is said, before it is bound to a row: names are words, the row is not known yet. */
import type { Aggregate, Arithmetic, Comparison, Literal } from '../request.ts';

/** Before binding: paths may begin with the name of the row itself, lists are words. */
export type RawFormula =
  | { readonly is: 'field'; readonly path: readonly string[] }
  | { readonly is: 'literal'; readonly literal: Literal }
  | { readonly is: 'today' }
  | { readonly is: 'arithmetic'; readonly op: Arithmetic; readonly left: RawFormula; readonly right: RawFormula }
  | { readonly is: 'percent'; readonly percent: string; readonly of: RawFormula }
  | {
      readonly is: 'aggregate';
      readonly op: Aggregate;
      readonly over: RawRows;
      readonly value?: RawFormula;
      readonly dates?: true;
      /** Of the one amount that the rows have. */ readonly amount?: true;
    }
  | { readonly is: 'shift'; readonly of: RawFormula; readonly amount: number; readonly unit: 'days' | 'months' }
  | { readonly is: 'days'; readonly from: RawFormula; readonly to: RawFormula };
/** `name` is a list field or an entity. */
export interface RawRows {
  readonly name: string;
  readonly where: readonly RawCondition[];
}

/** A word that says a state: a choice's label or a yes/no field. `of` are the choice fields that have it. */
export interface StateWord {
  readonly word: string;
  readonly flag?: { readonly field: string; readonly value: boolean };
}
export type RawCondition =
  | { readonly raw: 'state'; readonly among: readonly StateWord[]; readonly not: boolean }
  | { readonly raw: 'of'; readonly entity: string; readonly where: readonly RawCondition[] }
  | { readonly raw: 'amount'; readonly by: Comparison; readonly right: Literal; readonly span?: readonly [number, number] }
  | { readonly raw: 'compare'; readonly left: RawFormula; readonly by: Comparison; readonly right: RawFormula }
  | {
      readonly raw: 'is';
      readonly path: readonly string[];
      readonly values: readonly Literal[];
      readonly not: boolean;
      /** Only of a choice. */ readonly state?: true;
    }
  | { readonly raw: 'present'; readonly path: readonly string[]; readonly value: boolean }
  | {
      readonly raw: 'period';
      readonly by: { readonly participle: string } | { readonly path: readonly string[] } | { /** The one date. */ readonly only: true };
      readonly period: Period;
    };
export interface Period {
  readonly from?: RawFormula;
  readonly to?: RawFormula;
  readonly after?: RawFormula;
  readonly before?: RawFormula;
}
