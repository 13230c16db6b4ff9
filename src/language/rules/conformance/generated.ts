/** Generated expressions over the specimen system, in the form that the parser gives them; and generated rows with the values that matter. */
import type { BinaryOperator, DatePart, Expression, Period, PermanentId, Rounding, ValueType } from '#kernel';
import fc from 'fast-check';
import { booleanType, dateType, joined, numberType, optionally, rowType } from '../value-type.ts';
import { trickyTexts } from './rows.ts';
import { orderId, specimenNames } from './specimens.ts';

type Arb = fc.Arbitrary<Expression>;
interface Rows {
  readonly rows: readonly Expression[];
  readonly nesting: number;
}

/** Made only when it is drawn: the tree of all expressions is far too large. */
const lazy = (make: () => Arb): Arb => fc.constant(0).chain(make);
const pick = <Value>(...values: readonly Value[]): fc.Arbitrary<Value> => fc.constantFrom(...values);
const constant = (type: ValueType, value: boolean | number | string): Expression => ({ node: 'constant', type, value });
const roundings = pick<Rounding>('half-up', 'half-even', 'down', 'up');
const scaleOf = (at: Expression): number => (at.type.kind === 'number' ? at.type.scale : 0);
const isMoney = (at: Expression): boolean => at.type.kind === 'number' && at.type.money;
const noValue = constant(booleanType, false);

/** All members of the rows in scope that are of a kind, through references as well; absent ones where wanted. */
function fieldsOf(scope: Rows, wanted: (type: ValueType) => boolean, optional: boolean): readonly Expression[] {
  const found: Expression[] = [];
  const visit = (row: Expression, depth: number): void => {
    if (row.type.kind !== 'row') return;
    for (const member of specimenNames.members(row.type.of)) {
      if (member.kind !== 'field') continue;
      const type = optionally(member.type, member.type.optional || row.type.optional);
      const read: Expression = { node: 'field', of: row, field: member.name, id: member.id, type };
      if (wanted(type) && type.optional === optional && type.kind !== 'list') found.push(read);
      if (type.kind === 'reference' && depth > 0)
        visit({ node: 'follow', of: read, to: type.to, type: optionally(rowType(type.to), type.optional) }, depth - 1);
    }
  };
  for (const row of scope.rows) visit(row, 2);
  return found;
}

function listsOf(scope: Rows): readonly Expression[] {
  return scope.rows.flatMap((row): readonly Expression[] => {
    if (row.type.kind !== 'row' || scope.nesting >= 2) return [];
    return specimenNames.members(row.type.of).flatMap((member): readonly Expression[] => {
      if (member.kind === 'related')
        return [
          { node: 'related', of: row, entity: member.entity, via: member.via, type: { kind: 'list', of: member.entity, optional: false } },
        ];
      return member.type.kind === 'list' ? [{ node: 'field', of: row, field: member.name, id: member.id, type: member.type }] : [];
    });
  });
}

const oneOf = (fields: readonly Expression[], ...others: readonly Arb[]): Arb =>
  fc.oneof(
    ...(fields.length > 0 ? [{ weight: 3, arbitrary: pick(...fields) }] : []),
    ...others.map((arbitrary) => ({ weight: 2, arbitrary })),
  );

/** A number of any scale that is there. */
function numbers(scope: Rows, money: boolean, depth: number): Arb {
  const wanted = (type: ValueType): boolean => type.kind === 'number' && type.money === money;
  const literal = money
    ? fc.oneof(pick(0, 1, 50, 99, 100, 12345), fc.integer({ min: 0, max: 200000 })).map((value) => constant(numberType(2, true), value))
    : fc
        .oneof(
          pick([0, 0], [1, 0], [2, 0], [5, 1], [25, 2], [125, 3], [-3, 0], [1, 3]),
          fc.integer({ min: 0, max: 500 }).map((value) => [value, 0]),
        )
        .map(([value = 0, scale = 0]) => constant(numberType(scale), value));
  const fields = fieldsOf(scope, wanted, false);
  if (depth <= 0) return oneOf(fields, literal);
  const number = lazy(() => numbers(scope, money, depth - 1));
  const plain = lazy(() => numbers(scope, false, depth - 1));
  const optional = lazy(() => optionalNumbers(scope, money, depth - 1));
  const capped = (at: Expression): Expression =>
    scaleOf(at) > 6 ? { node: 'round', of: at, scale: 2, rounding: 'half-up', type: numberType(2, isMoney(at)) } : at;
  const choices: Arb[] = [
    literal,
    fc
      .tuple(pick<BinaryOperator>('add', 'subtract', 'smaller', 'larger'), number, number)
      .map(([op, left, right]): Expression => ({ node: 'binary', op, left, right, type: joined(left.type, right.type) })),
    fc
      .tuple(number, plain)
      .map(([left, right]) =>
        capped({ node: 'binary', op: 'multiply', left, right, type: numberType(scaleOf(left) + scaleOf(right), isMoney(left)) }),
      ),
    number.map((of): Expression => (of.node === 'constant' ? of : { node: 'negate', of, type: of.type })),
    fc
      .tuple(number, fc.integer({ min: 0, max: 4 }), roundings)
      .map(([of, scale, rounding]): Expression => ({ node: 'round', of, scale, rounding, type: numberType(scale, isMoney(of)) })),
    fc.tuple(optional, number).map(([of, otherwise]): Expression => ({
      node: 'coalesce',
      of,
      otherwise,
      type: optionally(joined(of.type, otherwise.type), false),
    })),
    fc
      .tuple(
        lazy(() => conditions(scope, depth - 1)),
        number,
        number,
      )
      .map(([when, then, otherwise]): Expression => ({
        node: 'condition',
        when,
        then,
        otherwise,
        type: joined(then.type, otherwise.type),
      })),
    fc
      .tuple(number, fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 3 }), roundings)
      .map(([left, divisor, scale, rounding]): Expression => ({
        node: 'divide',
        left,
        right: constant(numberType(0), divisor),
        scale,
        rounding,
        type: numberType(scale, isMoney(left)),
      })),
    ...narrowedFields(scope, wanted, number),
    ...aggregates(scope, depth, money, 'sum'),
  ];
  if (!money) {
    const dates = lazy(() => datesOf(scope, depth - 1));
    choices.push(fc.tuple(dates, dates).map(([left, right]): Expression => ({ node: 'daysBetween', left, right, type: numberType(0) })));
    choices.push(
      fc
        .tuple(dates, dates, pick('months' as const, 'years' as const))
        .map(([left, right, unit]): Expression => ({ node: 'periodsBetween', left, right, unit, type: numberType(0) })),
      fc
        .tuple(dates, pick<DatePart>('year', 'quarter', 'month', 'day', 'weekday'))
        .map(([of, part]): Expression => ({ node: 'partOfDate', of, part, type: numberType(0) })),
    );
    choices.push(
      ...listsOf(scope).map((over) =>
        itemScope(scope, over, (item, inside) =>
          lazy(() => conditions(inside, depth - 1)).map((where): Expression => ({
            node: 'aggregate',
            op: 'count',
            over,
            item,
            where,
            type: numberType(0),
          })),
        ),
      ),
    );
  }
  return oneOf(fields, ...choices);
}

/** `x === undefined ? otherwise : x + x`, narrowed. */
function narrowedFields(scope: Rows, wanted: (type: ValueType) => boolean, otherwise: Arb): readonly Arb[] {
  return fieldsOf(scope, wanted, true)
    .filter((field) => field.node === 'field' && !field.of.type.optional)
    .slice(0, 3)
    .map((field) =>
      otherwise.map((value): Expression => {
        const there: Expression = { ...field, type: optionally(field.type, false) };
        return {
          node: 'condition',
          when: { node: 'absent', of: field, type: booleanType },
          then: value,
          otherwise: there,
          type: joined(value.type, there.type),
        };
      }),
    );
}

/** A constant divisor would never be absent. */
const computed = (at: Expression): Expression =>
  at.node === 'constant' ? { node: 'round', of: at, scale: 0, rounding: 'half-up', type: numberType(0) } : at;

function optionalNumbers(scope: Rows, money: boolean, depth: number): Arb {
  const fields = fieldsOf(scope, (type) => type.kind === 'number' && type.money === money, true);
  const number = lazy(() => numbers(scope, money, Math.max(0, depth - 1)));
  const plain = lazy(() => numbers(scope, false, Math.max(0, depth - 1)));
  return oneOf(
    fields,
    fc.tuple(number, plain.map(computed), fc.integer({ min: 0, max: 3 }), roundings).map(([left, right, scale, rounding]): Expression => ({
      node: 'divide',
      left,
      right,
      scale,
      rounding,
      type: optionally(numberType(scale, isMoney(left))),
    })),
    ...aggregates(scope, depth, money, 'average', 'smallest', 'largest'),
  );
}

function itemScope(scope: Rows, over: Expression, build: (item: string, inside: Rows) => Arb): Arb {
  const of = over.type.kind === 'list' ? over.type.of : orderId;
  const item = `${specimenNames.rowName(of)}Item${scope.nesting === 0 ? '' : scope.nesting}`;
  const row: Expression = { node: 'input', name: item, type: rowType(of) };
  return lazy(() => build(item, { rows: [...scope.rows, row], nesting: scope.nesting + 1 }));
}

function aggregates(
  scope: Rows,
  depth: number,
  money: boolean,
  ...ops: readonly ('sum' | 'average' | 'smallest' | 'largest')[]
): readonly Arb[] {
  if (depth <= 0) return [];
  return listsOf(scope).flatMap((over) =>
    ops.map((op) =>
      itemScope(scope, over, (item, inside) => {
        const parts = fc.tuple(
          lazy(() => numbers(inside, money, depth - 2)),
          fc.option(
            lazy(() => conditions(inside, depth - 2)),
            { nil: undefined },
          ),
          roundings,
        );
        return parts.map(([value, where, rounding]): Expression => {
          const node = { node: 'aggregate', op, over, item, ...(where ? { where } : {}), value } as const;
          if (op === 'sum') return { ...node, type: value.type };
          if (op !== 'average') return { ...node, type: optionally(value.type) };
          return {
            ...node,
            ...(rounding === 'half-up' ? {} : { rounding }),
            type: optionally(numberType(money ? 2 : Math.max(2, scaleOf(value)), money)),
          };
        });
      }),
    ),
  );
}

function datesOf(scope: Rows, depth: number): Arb {
  const literal = pick(0, 10956, 20088, 20119, 19782, 20148).map((value) => constant(dateType, value));
  const fields = fieldsOf(scope, (type) => type.kind === 'date', false);
  const optional = fieldsOf(scope, (type) => type.kind === 'date', true);
  const now: Expression = { node: 'today', type: dateType };
  if (depth <= 0) return oneOf(fields, literal, pick(now));
  const dates = lazy(() => datesOf(scope, depth - 1));
  const amounts = fc.oneof(
    pick(-13, -1, 0, 1, 11, 30, 365).map((value) => constant(numberType(0), value)),
    pick(...fieldsOf(scope, (type) => type.kind === 'number' && !type.money && type.scale === 0, false), constant(numberType(0), 2)),
  );
  return oneOf(
    fields,
    literal,
    fc
      .tuple(dates, amounts, pick('days' as const, 'months' as const))
      .map(([of, amount, unit]): Expression => ({ node: 'addToDate', of, amount, unit, type: dateType })),
    fc
      .tuple(dates, pick('first' as const, 'last' as const), pick<Period>('month', 'quarter', 'year'))
      .map(([of, edge, period]): Expression => ({ node: 'edgeOfPeriod', of, edge, period, type: dateType })),
    fc
      .tuple(
        optional.length > 0 ? pick(...optional) : pick<Expression>({ node: 'constant', type: optionally(dateType), value: null }),
        dates,
      )
      .map(([of, otherwise]): Expression => ({ node: 'coalesce', of, otherwise, type: dateType })),
    fc
      .tuple(pick<BinaryOperator>('smaller', 'larger'), dates, dates)
      .map(([op, left, right]): Expression => ({ node: 'binary', op, left, right, type: dateType })),
  );
}

/** A yes or no that is there. */
export function conditions(scope: Rows, depth: number): Arb {
  const fields = fieldsOf(scope, (type) => type.kind === 'boolean', false);
  const asked = fieldsOf(scope, (type) => type.kind === 'boolean', true).map((of): Expression => ({
    node: 'coalesce',
    of,
    otherwise: noValue,
    type: booleanType,
  }));
  const simple: Arb[] = [pick(...asked, constant(booleanType, true)), choicesOf(scope), texts(scope), references(scope), absences(scope)];
  if (depth <= 0) return oneOf(fields, ...simple);
  const condition = lazy(() => conditions(scope, depth - 1));
  const compare = pick<BinaryOperator>('less', 'lessOrEqual', 'greater', 'greaterOrEqual', 'equal', 'notEqual');
  const compared = (values: Arb): Arb =>
    fc.tuple(compare, values, values).map(([op, left, right]): Expression => ({ node: 'binary', op, left, right, type: booleanType }));
  const equality = pick<BinaryOperator>('equal', 'notEqual');
  const moments = fieldsOf(scope, (type) => type.kind === 'instant', false);
  return oneOf(
    fields,
    ...simple,
    fc
      .tuple(pick<BinaryOperator>('and', 'or'), condition, condition)
      .map(([op, left, right]): Expression => ({ node: 'binary', op, left, right, type: booleanType })),
    condition.map((of): Expression => ({ node: 'not', of, type: booleanType })),
    compared(lazy(() => numbers(scope, true, depth - 1))),
    compared(lazy(() => numbers(scope, false, depth - 1))),
    compared(lazy(() => datesOf(scope, depth - 1))),
    ...(moments.length > 0 ? [compared(pick(...moments))] : []),
    fc
      .tuple(
        equality,
        lazy(() => optionalNumbers(scope, true, depth - 1)),
        lazy(() => numbers(scope, true, depth - 1)),
      )
      .map(([op, left, right]): Expression => ({ node: 'binary', op, left, right, type: booleanType })),
    fc
      .tuple(condition, condition, condition)
      .map(([when, then, otherwise]): Expression => ({ node: 'condition', when, then, otherwise, type: booleanType })),
    ...listsOf(scope).map((over) =>
      itemScope(scope, over, (item, inside) =>
        fc
          .tuple(
            pick('some' as const, 'every' as const),
            lazy(() => conditions(inside, depth - 2)),
            fc.option(
              lazy(() => conditions(inside, depth - 2)),
              { nil: undefined },
            ),
          )
          .map(([op, value, where]): Expression => ({
            node: 'aggregate',
            op,
            over,
            item,
            ...(where ? { where } : {}),
            value,
            type: booleanType,
          })),
      ),
    ),
  );
}

const equal = (left: Expression, right: Expression, op: 'equal' | 'notEqual'): Expression => ({
  node: 'binary',
  op,
  left,
  right,
  type: booleanType,
});
const eitherWay = pick('equal' as const, 'notEqual' as const);

function choicesOf(scope: Rows): Arb {
  const fields = [...fieldsOf(scope, (type) => type.kind === 'choice', true), ...fieldsOf(scope, (type) => type.kind === 'choice', false)];
  if (fields.length === 0) return pick(constant(booleanType, false));
  return fc.tuple(pick(...fields), fc.nat(), eitherWay).map(([field, index, op]) => {
    const choices = field.type.kind === 'choice' ? specimenNames.choices(field.type.field) : [];
    const choice = choices[index % choices.length];
    return choice === undefined ? constant(booleanType, true) : equal(field, constant(optionally(field.type, false), choice.id), op);
  });
}

function texts(scope: Rows): Arb {
  const fields = [...fieldsOf(scope, (type) => type.kind === 'text', true), ...fieldsOf(scope, (type) => type.kind === 'text', false)];
  if (fields.length === 0) return pick(constant(booleanType, false));
  const literal = fc.oneof(
    pick(...trickyTexts),
    fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0') && text.isWellFormed()),
  );
  const right = fc.oneof(
    pick(...fields),
    literal.map((text) => constant({ kind: 'text', optional: false }, text)),
  );
  return fc.tuple(pick(...fields), right, eitherWay).map(([left, other, op]) => equal(left, other, op));
}

function references(scope: Rows): Arb {
  const fields = [
    ...fieldsOf(scope, (type) => type.kind === 'reference', true),
    ...fieldsOf(scope, (type) => type.kind === 'reference', false),
  ];
  const pairs = fields.flatMap((left) =>
    fields
      .filter((right) => right.type.kind === 'reference' && left.type.kind === 'reference' && right.type.to === left.type.to)
      .map((right) => equal(left, right, 'equal')),
  );
  return pairs.length === 0 ? pick(constant(booleanType, true)) : pick(...pairs);
}

function absences(scope: Rows): Arb {
  const fields = fieldsOf(scope, () => true, true);
  if (fields.length === 0) return pick(constant(booleanType, false));
  return fc.tuple(pick(...fields), fc.boolean()).map(([of, given]): Expression => {
    const absent: Expression = { node: 'absent', of, type: booleanType };
    return given ? { node: 'not', of: absent, type: booleanType } : absent;
  });
}

const start = (of: PermanentId): Rows => ({ rows: [{ node: 'input', name: 'row', type: rowType(of) }], nesting: 0 });

/** Whole expressions about one order, one customer. */
export const anyNumber = (of: PermanentId, depth: number): Arb =>
  fc.boolean().chain((money) =>
    fc.oneof(
      lazy(() => numbers(start(of), money, depth)),
      lazy(() => optionalNumbers(start(of), money, depth)),
    ),
  );
export const anyCondition = (of: PermanentId, depth: number): Arb => lazy(() => conditions(start(of), depth));
export const anyDate = (of: PermanentId, depth: number): Arb => lazy(() => datesOf(start(of), depth));
export const anyExpression = (of: PermanentId, depth: number): Arb =>
  fc.oneof(anyNumber(of, depth), anyCondition(of, depth), anyDate(of, depth));
