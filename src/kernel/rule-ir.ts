/**
 * The rule IR: what rules, guards, derived fields, invariants and view columns are compiled to. Total and bounded by
 * construction. Names are those of the generation that it was read in; choice constants are permanent ids.
 * Numbers are exact: an integer has scale 0, money the scale of the currency, a decimal its own; a fixed-point value is
 * the whole number value x 10^scale. Dates are whole days since 1970-01-01, instants and durations whole milliseconds.
 * Every back end means the same by a node: numbers that meet are aligned to the larger scale; a result outside the safe
 * integers is a Fault('overflow'). Truth is two-valued. An absent value makes arithmetic absent, equals only an absent one,
 * is never less or greater, and is false as a condition; a division by zero is absent; smaller, larger and aggregates leave
 * absent values out.
 */
import { type PermanentId, permanentId } from './brand.ts';

export type ScalarType =
  | { readonly kind: 'boolean' }
  | { readonly kind: 'number'; readonly scale: number; readonly money: boolean }
  | { readonly kind: 'text' }
  | { readonly kind: 'date' }
  | { readonly kind: 'instant' }
  | { readonly kind: 'duration' }
  /** `field` is the id of the choice field whose choices these are. */
  | { readonly kind: 'choice'; readonly field: PermanentId }
  | { readonly kind: 'reference'; readonly to: PermanentId };
/** A row of an entity, or an item of a list (`of` is then the list's itemId). */
export interface RowType {
  readonly kind: 'row';
  readonly of: PermanentId;
}
/** The row that stands for who asks, in access rules and defaults alone: input `caller`, with texts `id` and `name`. No entity has this id. */
export const callerRow: PermanentId = permanentId('x_caller');
export const callerMembers = ['id', 'name'] as const;
export type CallerMember = (typeof callerMembers)[number];
/**
 * The row that stands for the strategies of a rule: input `strategy`. A field of it is a variation point; its id is that of the rule,
 * and it stands as `point#default`. No entity has this id, and none is left once a model is linked.
 */
export const strategyRow: PermanentId = permanentId('x_strategy');
export interface ListType {
  readonly kind: 'list';
  readonly of: PermanentId;
}
export type ValueType = (ScalarType | RowType | ListType) & { readonly optional: boolean };

/** Ties of half-up go away from zero, of half-even to the even neighbour; down goes towards zero, up away from it. */
export type Rounding = 'half-up' | 'half-even' | 'down' | 'up';

export type DatePart = 'year' | 'quarter' | 'month' | 'day' | 'weekday';
export type Period = 'month' | 'quarter' | 'year';

export type Expression =
  /** `value`: boolean, text, whole number (scaled, days or milliseconds), choice id, or null. */
  | { readonly node: 'constant'; readonly type: ValueType; readonly value: null | boolean | number | string }
  /** A parameter of the rule, the row it is about, an item inside an aggregate, or a `let`. */
  | { readonly node: 'input'; readonly name: string; readonly type: ValueType }
  /** A field of a row; where the field is a reference and a further field is read from it, `of` is a `follow`. */
  | { readonly node: 'field'; readonly of: Expression; readonly field: string; readonly id: PermanentId; readonly type: ValueType }
  /** The row that a reference field points to. */
  | { readonly node: 'follow'; readonly of: Expression; readonly to: PermanentId; readonly type: ValueType }
  /** The rows of `entity` whose reference field `via` points to row `of`. */
  | { readonly node: 'related'; readonly of: Expression; readonly entity: PermanentId; readonly via: PermanentId; readonly type: ValueType }
  | { readonly node: 'not'; readonly of: Expression; readonly type: ValueType }
  | { readonly node: 'negate'; readonly of: Expression; readonly type: ValueType }
  | {
      readonly node: 'binary';
      readonly op: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly type: ValueType;
    }
  | {
      readonly node: 'divide';
      readonly left: Expression;
      readonly right: Expression;
      readonly scale: number;
      readonly rounding: Rounding;
      readonly type: ValueType;
    }
  | { readonly node: 'round'; readonly of: Expression; readonly scale: number; readonly rounding: Rounding; readonly type: ValueType }
  | {
      readonly node: 'condition';
      readonly when: Expression;
      readonly then: Expression;
      readonly otherwise: Expression;
      readonly type: ValueType;
    }
  | { readonly node: 'absent'; readonly of: Expression; readonly type: ValueType }
  | { readonly node: 'coalesce'; readonly of: Expression; readonly otherwise: Expression; readonly type: ValueType }
  /** `unit` months clamp to the last day of the month. `of` is a date. */
  | {
      readonly node: 'addToDate';
      readonly of: Expression;
      readonly amount: Expression;
      readonly unit: 'days' | 'months';
      readonly type: ValueType;
    }
  /** Whole days from `left` to `right`. */
  | { readonly node: 'daysBetween'; readonly left: Expression; readonly right: Expression; readonly type: ValueType }
  /** Of a date; the days of the week are 1, Monday, to 7, Sunday. */
  | { readonly node: 'partOfDate'; readonly of: Expression; readonly part: DatePart; readonly type: ValueType }
  /** The first or the last day of the month, quarter or year that the date lies in. */
  | {
      readonly node: 'edgeOfPeriod';
      readonly of: Expression;
      readonly edge: 'first' | 'last';
      readonly period: Period;
      readonly type: ValueType;
    }
  /**
   * Whole months or years from `left` to `right`, less than 0 where `right` is earlier: a month is over when the day of the month comes again,
   * and where it has no such day, with the first of the next. So who was born on 29 February is a year older on 1 March.
   */
  | {
      readonly node: 'periodsBetween';
      readonly left: Expression;
      readonly right: Expression;
      readonly unit: 'months' | 'years';
      readonly type: ValueType;
    }
  /** Today in the system's time zone, from the call's own clock. */
  | { readonly node: 'today'; readonly type: ValueType }
  | { readonly node: 'let'; readonly name: string; readonly value: Expression; readonly body: Expression; readonly type: ValueType }
  /** Over a list: `item` names the element in `where` and `value`. The sum of none is 0; smallest, largest and average of none are absent. */
  | {
      readonly node: 'aggregate';
      readonly op: 'sum' | 'count' | 'average' | 'smallest' | 'largest' | 'some' | 'every';
      readonly over: Expression;
      readonly item: string;
      readonly where?: Expression;
      readonly value?: Expression;
      /** Of an average, to the scale of its type; absent: half-up. */
      readonly rounding?: Rounding;
      readonly type: ValueType;
    };

export type BinaryOperator =
  | 'add'
  | 'subtract'
  | 'multiply'
  | 'smaller'
  | 'larger'
  | 'equal'
  | 'notEqual'
  | 'less'
  | 'lessOrEqual'
  | 'greater'
  | 'greaterOrEqual'
  | 'and'
  | 'or';
