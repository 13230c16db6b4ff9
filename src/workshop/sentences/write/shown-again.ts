/** A row of a view in an earlier example, after amounts of the rows that it shows became others. */
import type { JsonObject } from '#kernel';
import type { Draft } from '../expect.ts';
import { decimal, plus, textOf } from './numbers.ts';

export interface Moved {
  readonly draft: Draft;
  readonly from: string;
  readonly to: string;
}
/** More rows than this are not tried in all their sums. */
const MOST_ROWS = 8;

/** An amount of one of these rows, or the sum of some that belong to what the view is grouped by. */
export function shownAgain(expected: JsonObject, rows: readonly Moved[]): JsonObject {
  const names = Object.values(expected).filter((value) => typeof value === 'string');
  const own = rows.filter(({ draft }) => reaches(draft, names, 3));
  const among = (own.length === 0 ? rows : own).slice(0, MOST_ROWS);
  return Object.fromEntries(
    Object.entries(expected).map(([name, value]) => {
      if (typeof value !== 'string' || !/^-?\d+\.\d\d$/.test(value)) return [name, value];
      for (let chosen = 1; chosen < 2 ** among.length; chosen += 1) {
        const some = among.filter((_, at) => (chosen >> at) % 2 === 1);
        if ((own.length > 0 || some.length === 1) && sum(some.map(({ from }) => from)) === value)
          return [name, sum(some.map(({ to }) => to))];
      }
      return [name, value];
    }),
  );
}
const sum = (of: readonly string[]): string => of.reduce((total, each) => textOf(plus(decimal(total), decimal(each))), '0.00');
const reaches = (draft: Draft, names: readonly unknown[], deep: number): boolean =>
  deep > 0 && Object.values(draft.refs).some((other) => names.includes(other.name) || reaches(other, names, deep - 1));
