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
export const min = <Value extends Ordered>(_a: Value, ..._others: readonly Value[]): Value => onlyInFormulas('min');
export const max = <Value extends Ordered>(_a: Value, ..._others: readonly Value[]): Value => onlyInFormulas('max');
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
/** Twelve months each: 29 February becomes 28 February where there is no other. */
export const addYears = <Day extends LocalDate | string>(_date: Day, _years: number): Day extends LocalDate ? LocalDate : string =>
  onlyInFormulas('addYears');
/** Whole days from the first to the second. */
export const daysBetween = <Day extends LocalDate | string>(_from: Day, _to: Day): number => onlyInFormulas('daysBetween');
/** Whole months from the first to the second: a month is over when the day of the month comes again; less than 0 where the second is earlier. */
export const monthsBetween = <Day extends LocalDate | string>(_from: Day, _to: Day): number => onlyInFormulas('monthsBetween');
/** Whole years: the age on a date. Who was born on 29 February is a year older on 1 March. */
export const yearsBetween = <Day extends LocalDate | string>(_from: Day, _to: Day): number => onlyInFormulas('yearsBetween');
export const yearOf = (_date: LocalDate | string): number => onlyInFormulas('yearOf');
/** From 1 to 4. */
export const quarterOf = (_date: LocalDate | string): number => onlyInFormulas('quarterOf');
/** From 1, January, to 12. */
export const monthOf = (_date: LocalDate | string): number => onlyInFormulas('monthOf');
/** The day of the month, from 1. */
export const dayOf = (_date: LocalDate | string): number => onlyInFormulas('dayOf');
/** From 1, Monday, to 7, Sunday. */
export const weekdayOf = (_date: LocalDate | string): number => onlyInFormulas('weekdayOf');
/** The first day of the month that the date lies in. */
export const startOfMonth = <Day extends LocalDate | string>(_date: Day): Day extends LocalDate ? LocalDate : string =>
  onlyInFormulas('startOfMonth');
/** The last day of the month that the date lies in. */
export const endOfMonth = <Day extends LocalDate | string>(_date: Day): Day extends LocalDate ? LocalDate : string =>
  onlyInFormulas('endOfMonth');
/** The first day of the quarter that the date lies in. */
export const startOfQuarter = <Day extends LocalDate | string>(_date: Day): Day extends LocalDate ? LocalDate : string =>
  onlyInFormulas('startOfQuarter');
/** The last day of the quarter that the date lies in. */
export const endOfQuarter = <Day extends LocalDate | string>(_date: Day): Day extends LocalDate ? LocalDate : string =>
  onlyInFormulas('endOfQuarter');
/** The first of January of its year. */
export const startOfYear = <Day extends LocalDate | string>(_date: Day): Day extends LocalDate ? LocalDate : string =>
  onlyInFormulas('startOfYear');
/** The last of December of its year. */
export const endOfYear = <Day extends LocalDate | string>(_date: Day): Day extends LocalDate ? LocalDate : string =>
  onlyInFormulas('endOfYear');
