/** Methods: `.some` and `.every` of a list, `.includes`, `.find` and `.reduce`, what `Math` has; and what to write for those that formulas have under another name. */
import type { Expression } from '#kernel';
import { booleanType } from '../value-type.ts';
import { argumentsOf } from './arguments.ts';
import { asCondition } from './conditions.ts';
import { overList } from './lists.ts';
import type { Parsing, Place } from './parsing.ts';
import { parseReduce } from './reduce.ts';
import { ofSeveral, outermostOf } from './several.ts';
import type { Syntax } from './syntax.ts';
import { identifierName, partOf, stop, unwrapped } from './syntax.ts';
import { askedOfTable } from './table-sums.ts';
import { dataAt, valueOfData } from './tables.ts';

/** `list.some(f)`, `list.every(f)`, after any number of `.filter(f)`. */
export function askList(parsing: Parsing, at: Syntax, callee: Syntax, place: Place): Expression {
  const op = callee['computed'] === true ? undefined : identifierName(partOf(callee, 'property'));
  if (op !== 'some' && op !== 'every') {
    if (op === 'filter')
      return stop(
        at,
        'A filtered list can only be counted, summed or asked: write `count(list.filter(...))`, `sum(list.filter(...), ...)` or `list.filter(...).some(...)`.',
      );
    if (op === 'includes') {
      const [value] = argumentsOf(at, 1, 'Write `[a, b].includes(value)`.');
      const found = askedOfTable(parsing, at, 'includes', partOf(callee, 'object'), value, place);
      return found ?? stop(at, 'Of a list write `list.some((item) => item.x === value)`.');
    }
    if (op === 'find') {
      const data = dataAt(parsing, at, place);
      if (data !== undefined) return valueOfData(parsing, at, data, place);
      return stop(
        at,
        'Of a list write `list.some((item) => ...)`, or `smallest(list.filter(...), (item) => item.x)`; `find` is of tables.',
      );
    }
    const reduced = op === 'reduce' ? parseReduce(parsing, at, callee, place) : undefined;
    if (reduced !== undefined) return reduced;
    const outermost = outermostOf(parsing, at, place);
    if (outermost !== undefined) return ofSeveral(parsing, at, place, outermost);
    const instead = insteadOf(callee, op);
    if (instead !== undefined) return stop(at, instead);
    if (op === 'map' || op === 'reduce' || op === 'forEach')
      return stop(at, 'Write `sum(list, (item) => ...)`, `count(list)`, `list.some(...)` or `list.every(...)`.');
    return stop(at, `\`.${op ?? '?'}(...)\` cannot be called in a formula.`);
  }
  const [test] = argumentsOf(at, 1, `Write \`list.${op}((item) => ...)\`.`);
  const ofTable = askedOfTable(parsing, at, op, partOf(callee, 'object'), test, place);
  if (ofTable !== undefined) return ofTable;
  return overList(parsing, partOf(callee, 'object'), place, test ?? at, (over, item, where, value, valueAt) => {
    if (value === undefined || value.type.kind !== 'boolean') return stop(valueAt, `\`.${op}\` needs a condition.`);
    return { node: 'aggregate', op, over, item: item.name, ...(where ? { where } : {}), value: asCondition(value), type: booleanType };
  });
}

/** What JavaScript has for it, and formulas have under another name. */
function insteadOf(callee: Syntax, op: string | undefined): string | undefined {
  const object = unwrapped(partOf(callee, 'object'));
  const own = op === undefined ? undefined : identifierName(object) === 'Math' ? insteadOfMath[op] : insteadOfMethod[op];
  return own ?? (identifierName(object) === 'Math' ? 'Formulas have min, max, round and divide from theseus/sdk.' : undefined);
}
const rounded = (rounding: string): string =>
  `Write \`round(value, { scale: 0, rounding: '${rounding}' })\`, of a quotient \`divide(a, b, { scale: 0, rounding: '${rounding}' })\`.`;
const insteadOfMath: { readonly [name: string]: string } = {
  round: rounded('half-up'),
  floor: `${rounded('down')} That is towards zero.`,
  trunc: rounded('down'),
  ceil: `${rounded('up')} That is away from zero.`,
  abs: 'Write `max(a, -a)`.',
  pow: 'There are no powers in formulas: write the multiplication.',
};
const insteadOfMethod: { readonly [name: string]: string } = {
  toFixed: "Write `round(value, { scale: 2, rounding: 'half-up' })`: numbers of formulas are exact.",
  getTime: 'Compare dates as they are, or count `daysBetween(from, to)`.',
  getFullYear: 'Write `yearOf(day)` from theseus/sdk.',
  getUTCFullYear: 'Write `yearOf(day)` from theseus/sdk.',
  getMonth: 'Write `monthOf(day)` from theseus/sdk: 1 is January.',
  getUTCMonth: 'Write `monthOf(day)` from theseus/sdk: 1 is January.',
  getDate: 'Write `dayOf(day)` from theseus/sdk, of a last day `dayOf(endOfMonth(day))`.',
  getUTCDate: 'Write `dayOf(day)` from theseus/sdk, of a last day `dayOf(endOfMonth(day))`.',
  getDay: 'Write `weekdayOf(day)` from theseus/sdk: 1 is Monday, 7 is Sunday.',
  getUTCDay: 'Write `weekdayOf(day)` from theseus/sdk: 1 is Monday, 7 is Sunday.',
  now: 'Write `today()` from theseus/sdk.',
  startsWith: 'Texts are compared whole, with `===`.',
  toLowerCase: 'Texts are compared whole, with `===`.',
};
