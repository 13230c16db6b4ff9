/** Lists: `sum`, `average`, `smallest`, `largest` and `count` of a list, each after any number of `.filter`. */
import type { Expression, Rounding, ValueType } from '#kernel';
import { booleanType, isOrdered, nameOfType, numberType, optionally } from '../value-type.ts';
import { options } from './literals.ts';
import { argumentsOf, filtersOf } from './arguments.ts';
import { asCondition } from './conditions.ts';
import type { Parsing, Place } from './parsing.ts';
import { binding, knowing, limits, naming, needPresent, presentWhen } from './parsing.ts';
import { takenApart } from './patterns.ts';
import type { Syntax } from './syntax.ts';
import { identifierName, listOf, stop } from './syntax.ts';
import { askedOfTable } from './table-sums.ts';

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

export function countOf(parsing: Parsing, at: Syntax, listAt: Syntax, place: Place): Expression {
  const ofTable = askedOfTable(parsing, at, 'count', listAt, undefined, place);
  if (ofTable !== undefined) return ofTable;
  return overList(parsing, listAt, place, undefined, (over, item, where) => ({
    node: 'aggregate',
    op: 'count',
    over,
    item: item.name,
    ...(where ? { where } : {}),
    type: numberType(0),
  }));
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
  const item: Expression = { node: 'input', name, type };
  // Each function knows the names around it and its own, and not what another of them calls the item.
  let within: Place = { ...place, taken: inside.taken, nesting: place.nesting + 1 };
  for (const filter of filters) {
    const condition = parsing.body(filter, forItem(parsing, filter, within, item), booleanType);
    if (condition.type.kind !== 'boolean') return stop(filter, '`.filter` needs a condition.');
    const test = asCondition(condition);
    where = where === undefined ? test : { node: 'binary', op: 'and', left: where, right: test, type: booleanType };
    within = knowing(within, presentWhen(test, true));
  }
  const value = valueAt === undefined ? undefined : parsing.body(valueAt, forItem(parsing, valueAt, within, item));
  return build(over, { name }, where, value, valueAt ?? listAt);
}

const itemName = (arrows: readonly Syntax[]): string | undefined => {
  const last = arrows.at(-1);
  return last?.type === 'ArrowFunctionExpression' ? identifierName(listOf(last, 'params')[0] ?? last) : undefined;
};

/** Each function may call the item by a name of its own, or take it apart. */
function forItem(parsing: Parsing, arrow: Syntax, place: Place, item: Expression): Place {
  if (arrow.type !== 'ArrowFunctionExpression') return stop(arrow, 'Write a function here: `(item) => ...`.');
  const [parameter, second] = listOf(arrow, 'params');
  if (parameter === undefined || second !== undefined) return stop(arrow, 'The function takes one item: `(item) => ...`.');
  const name = identifierName(parameter);
  if (name !== undefined) return naming(place, name, item);
  if (parameter.type !== 'ObjectPattern') return stop(arrow, 'The function takes one named item: `(item) => ...`.');
  const { start, end } = parameter;
  // the item itself has a name that no source can write
  return takenApart(parsing, parameter, { type: 'Identifier', start, end, name: 'item ' }, naming(place, 'item ', item), true);
}
