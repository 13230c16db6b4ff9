/** Functions of formulas. They have a meaning in formulas alone, where the system compiles them exactly. */
import { onlyInFormulas } from './only-in-formulas.ts';
import type { ListOf, LocalDate } from './rows.ts';

export type Rounding = 'half-up' | 'half-even' | 'down' | 'up';
export interface Precision {
  readonly scale: number;
  readonly rounding: Rounding;
}
type Ordered = number | LocalDate;
type Sure<Value> = Exclude<Value, undefined>;

/** 0 for no items. */
export const sum = <Item>(_list: ListOf<Item>, _value: (item: Item) => number | undefined): number => onlyInFormulas('sum');
export const count = <Item>(_list: ListOf<Item>): number => onlyInFormulas('count');
/** Absent for no items. */
export const average = <Item>(
  _list: ListOf<Item>,
  _value: (item: Item) => number | undefined,
  _precision?: Precision,
): number | undefined => onlyInFormulas('average');
export const smallest = <Item, Value extends Ordered | undefined>(
  _list: ListOf<Item>,
  _value: (item: Item) => Value,
): Sure<Value> | undefined => onlyInFormulas('smallest');
export const largest = <Item, Value extends Ordered | undefined>(
  _list: ListOf<Item>,
  _value: (item: Item) => Value,
): Sure<Value> | undefined => onlyInFormulas('largest');
export const min = <Value extends Ordered>(_a: Value, _b: Value): Value => onlyInFormulas('min');
export const max = <Value extends Ordered>(_a: Value, _b: Value): Value => onlyInFormulas('max');
/** Rounded half up: percentOf(amount, 10) is a tenth of it. */
export const percentOf = (_amount: number, _percent: number): number => onlyInFormulas('percentOf');
/** Absent where the divisor is 0; a literal divisor never is. */
export const divide = <const Divisor extends number>(
  _a: number,
  _b: Divisor,
  _precision: Precision,
): number extends Divisor ? number | undefined : number => onlyInFormulas('divide');
export const round = (_value: number, _precision: Precision): number => onlyInFormulas('round');
export const today = (): LocalDate => onlyInFormulas('today');

/** In formulas a date is a LocalDate, in operations text: each gives back what it takes. */
export const addDays = <Day extends LocalDate | string>(_date: Day, _days: number): Day extends LocalDate ? LocalDate : string =>
  onlyInFormulas('addDays');
/** Clamps to the last day of the month. */
export const addMonths = <Day extends LocalDate | string>(_date: Day, _months: number): Day extends LocalDate ? LocalDate : string =>
  onlyInFormulas('addMonths');
/** Whole days from the first to the second. */
export const daysBetween = <Day extends LocalDate | string>(_from: Day, _to: Day): number => onlyInFormulas('daysBetween');
