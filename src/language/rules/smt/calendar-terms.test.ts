/** How many days months are is worked out at the ends of months alone: that must be what every day says. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addMonths } from '../calendar.ts';
import { shiftsOf } from './calendar-terms.ts';

const byEachDay = (months: number, from: number, to: number): { readonly least: number; readonly most: number } => {
  let [least, most] = [Infinity, -Infinity];
  for (let day = from; day <= to; day++) {
    least = Math.min(least, addMonths(day, months) - day);
    most = Math.max(most, addMonths(day, months) - day);
  }
  return { least, most };
};

test('the fewest and the most days of so many months are those that the days themselves say', () => {
  for (const months of [1, -1, 3, 11, 12, -13, 216])
    for (const [from, to] of [
      [20_468, 20_468],
      [19_783, 19_790],
      [19_750, 20_200],
      [-25_567, 20_454],
    ] as const)
      assert.deepEqual(shiftsOf(months, { low: BigInt(from), high: BigInt(to) }), byEachDay(months, from, to), `${months} ${from} ${to}`);
  assert.deepEqual(shiftsOf(1, { low: null, high: null }), { least: 28, most: 31 });
  assert.deepEqual(shiftsOf(216, { low: null, high: null }), { least: 6573, most: 6575 });
});
