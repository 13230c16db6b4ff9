/** Lists: `sum`, `average`, `smallest`, `largest` of a list, `.some` and `.every`, each after any number of `.filter`. */
import type { Expression, Rounding, ValueType } from '#kernel';
import { booleanType, isOrdered, nameOfType, numberType, optionally } from '../value-type.ts';
import { options } from './literals.ts';
import { argumentsOf, filtersOf } from './arguments.ts';
import { asCondition } from './conditions.ts';
import type { Parsing, Place } from './parsing.ts';
import { binding, knowing, limits, needPresent, presentWhen } from './parsing.ts';
import type { Syntax } from './syntax.ts';
import { identifierName, listOf, partOf, stop, unwrapped } from './syntax.ts';
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
  min: 'Write `min(a, b)` from theseus/sdk; of three `min(a, min(b, c))`, of a list `smallest(list, (item) => ...)`.',
  max: 'Write `max(a, b)` from theseus/sdk; of three `max(a, max(b, c))`, of a list `largest(list, (item) => ...)`.',
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

export function aggregate(parsing: Parsing, at: Syntax, place: Place, op: 'sum' | 'average' | 'smallest' | 'largest'): Expression {
  const given = argumentsOf(at, op === 'average' ? [2, 3] : 2, `Write \`${op}(list, (item) => item.value)\`.`);
  const ofTable = op === 'average' ? undefined : askedOfTable(parsing, at, op, given[0] ?? at, given[1], place);
  if (ofTable !== undefined) return ofTable;
  return overList(parsing, given[0] ?? at, place, given[1] ?? at, (over, item, where, found, valueAt) => {
    if (found === undefined) return stop(at, `Write \`${op}(list, (item) => item.value)\`.`);
    const value = needPresent(found, valueAt);
    const node = { node: 'aggregate', op, over, item: item.name, ...(where ? { where } : {}), value } as const;
    if (op === 'smallest' || op === 'largest')
      return isOrdered(value.type)
        ? { ...node, type: optionally(value.type) }
        : stop(valueAt, `${nameOfType(value.type)} has no order.`.replace(/^a/, 'A'));
    if (value.type.kind !== 'number') return stop(valueAt, `Only numbers can be summed; this is ${nameOfType(value.type)}.`);
    if (op === 'sum') return { ...node, type: value.type };
    const usual = {
      scale: value.type.money ? parsing.scope.currencyDigits : Math.max(2, value.type.scale),
      rounding: 'half-up' as Rounding,
    };
    const { scale, rounding } = given.length === 3 ? options(at, 2) : usual;
    return { ...node, ...(rounding === 'half-up' ? {} : { rounding }), type: optionally(numberType(scale, value.type.money)) };
  });
}

type Build = (
  over: Expression,
  item: { readonly name: string },
  where: Expression | undefined,
  value: Expression | undefined,
  valueAt: Syntax,
) => Expression;

/** Reads the list with its filters, and `value` for each item. */
export function overList(parsing: Parsing, listAt: Syntax, place: Place, valueAt: Syntax | undefined, build: Build): Expression {
  if (place.nesting >= limits.nesting) return stop(listAt, `Lists may be nested ${limits.nesting} deep at most.`);
  const { list, filters } = filtersOf(listAt);
  const over = parsing.parse(list, place);
  if (over.type.kind !== 'list') return stop(list, `This is no list, but ${nameOfType(over.type)}.`);
  const type: ValueType = { kind: 'row', of: over.type.of, optional: false };
  const arrows = valueAt === undefined ? filters : [...filters, valueAt];
  const source = itemName(arrows) ?? 'item';
  const { name, inside } = binding(place, source, type);
  let where: Expression | undefined;
  let within: Place = { ...inside, nesting: place.nesting + 1 };
  for (const filter of filters) {
    const condition = parsing.body(filter, forItem(filter, within, source), booleanType);
    if (condition.type.kind !== 'boolean') return stop(filter, '`.filter` needs a condition.');
    const test = asCondition(condition);
    where = where === undefined ? test : { node: 'binary', op: 'and', left: where, right: test, type: booleanType };
    within = knowing(within, presentWhen(test, true));
  }
  const value = valueAt === undefined ? undefined : parsing.body(valueAt, forItem(valueAt, within, source));
  return build(over, { name }, where, value, valueAt ?? listAt);
}

const itemName = (arrows: readonly Syntax[]): string | undefined => {
  const last = arrows.at(-1);
  return last?.type === 'ArrowFunctionExpression' ? identifierName(listOf(last, 'params')[0] ?? last) : undefined;
};

/** Each function may call the item by a name of its own. */
function forItem(arrow: Syntax, place: Place, source: string): Place {
  if (arrow.type !== 'ArrowFunctionExpression') return stop(arrow, 'Write a function here: `(item) => ...`.');
  const [parameter, second] = listOf(arrow, 'params');
  const name = parameter === undefined ? undefined : identifierName(parameter);
  if (name === undefined || second !== undefined) return stop(arrow, 'The function takes one named item: `(item) => ...`.');
  const item = place.names.get(source);
  return item === undefined || name === source
    ? place
    : { ...place, names: new Map(place.names).set(name, item), taken: new Set([...place.taken, name]) };
}
