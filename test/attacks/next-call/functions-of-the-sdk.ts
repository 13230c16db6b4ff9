/**
 * Tries: to leave the secret of one call on the functions of the SDK and on what hangs on them.
 * Must: they are frozen, with all that can be reached from them.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `const names = { money, date, decimal, quantity, refuse, sum, count, average, smallest, largest, min, max, percentOf, divide, round, addDays, addMonths, addYears, daysBetween, monthsBetween, yearsBetween, yearOf, weekdayOf, startOfMonth, endOfYear, operation, text, integer };
const holders = Object.values(names).flatMap((each) => [each, ...Reflect.ownKeys(each).map((name) => Reflect.getOwnPropertyDescriptor(each, name)?.value)]).filter((each) => (typeof each === 'object' || typeof each === 'function') && each !== null);
const found = holders.map((holder) => holder.kept).filter((each) => each !== undefined);
for (const holder of holders) { try { holder.kept = input.secret; } catch {} if (!Object.isFrozen(holder)) take('something that all calls share is not frozen'); }
return found;`,
  turns: 2,
};
