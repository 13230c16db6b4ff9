/** Questions to all rows of a table that stands in a formula: `sum`, `count`, `smallest`, `largest`, `.some`, `.every`, `.includes`. */
import type { Expression } from '#kernel';
import { booleanType, isOrdered, joined, nameOfType, numberType, optionally, sameKind } from '../value-type.ts';
import { filtersOf } from './arguments.ts';
import { asCondition, conditionOf, mixed } from './conditions.ts';
import type { Parsing, Place } from './parsing.ts';
import { binding, needPresent, standingFor } from './parsing.ts';
import type { Syntax } from './syntax.ts';
import { stop } from './syntax.ts';
import { type Counted, dataAt, ofRow, overTable } from './tables.ts';

type Asked = 'sum' | 'count' | 'smallest' | 'largest' | 'some' | 'every' | 'includes';

/** Undefined where `listAt` is no table. `given` is the function of one row, or of `includes` the value that is looked for. */
export function askedOfTable(
  parsing: Parsing,
  at: Syntax,
  op: Asked,
  listAt: Syntax,
  given: Syntax | undefined,
  place: Place,
): Expression | undefined {
  const { list, filters } = filtersOf(listAt);
  const data = dataAt(parsing, list, place);
  if (data === undefined) return undefined;
  return overTable(parsing, at, data, place, filters, (rows, inside) => {
    const value = ({ row }: Counted): Expression => (given === undefined ? one : ofRow(parsing, given, row, inside));
    switch (op) {
      case 'count':
      case 'sum':
        return rows
          .map((row) => addend(at, row, needPresent(value(row), given ?? at)))
          .reduce((left, right) => added(at, left, right), nothing);
      case 'smallest':
      case 'largest':
        return outermost(at, op, rows, value, inside);
      case 'some':
      case 'every':
        return rows
          .map((row) => held(op, row, condition(value(row), given ?? at)))
          .reduce((left, right) => either(op === 'some' ? 'or' : 'and', left, right), yesOrNo(op === 'every'));
      case 'includes':
        return rows
          .map(({ row, when }) => {
            const right = given ?? at;
            const { start, end } = right;
            // the row has a name that no source can write
            const left: Syntax = { type: 'Identifier', start, end, name: 'row ' };
            const same = parsing.parse(
              { type: 'BinaryExpression', start, end, operator: '===', left, right },
              standingFor(inside, 'row ', row),
            );
            return held('some', { row, ...(when === undefined ? {} : { when }) }, same);
          })
          .reduce((left, right) => either('or', left, right), yesOrNo(false));
    }
  });
}

const constant = (value: number): Expression => ({ node: 'constant', type: numberType(0), value });
const one = constant(1);
const nothing = constant(0);
const yesOrNo = (value: boolean): Expression => ({ node: 'constant', type: booleanType, value });
const isNothing = (at: Expression): boolean => at.node === 'constant' && at.value === 0;

function addend(at: Syntax, { when }: Counted, value: Expression): Expression {
  if (value.type.kind !== 'number') return stop(at, `Only numbers can be summed; this is ${nameOfType(value.type)}.`);
  return when === undefined ? value : conditionOf(at, when, value, { node: 'constant', type: value.type, value: 0 });
}
function added(at: Syntax, left: Expression, right: Expression): Expression {
  if (isNothing(left) && left === nothing) return right;
  if (!sameKind(left.type, right.type)) return stop(at, mixed(left.type, right.type));
  return { node: 'binary', op: 'add', left, right, type: joined(left.type, right.type) };
}

function condition(value: Expression, at: Syntax): Expression {
  return value.type.kind === 'boolean' ? asCondition(value) : stop(at, 'A condition is needed here: `(row) => ...`.');
}
const not = (of: Expression): Expression => ({ node: 'not', of, type: booleanType });
/** Of a row that does not count: it is no one of `some`, and does not speak against `every`. */
const held = (op: 'some' | 'every', { when }: Counted, value: Expression): Expression =>
  when === undefined ? value : op === 'some' ? either('and', when, value) : either('or', not(when), value);
function either(op: 'and' | 'or', left: Expression, right: Expression): Expression {
  if (left.node === 'constant') return left.value === (op === 'or') ? left : right;
  return { node: 'binary', op, left, right, type: booleanType };
}

/** Absent where no row counts. */
function outermost(
  at: Syntax,
  op: 'smallest' | 'largest',
  rows: readonly Counted[],
  value: (row: Counted) => Expression,
  place: Place,
): Expression {
  const [first, ...rest] = rows;
  if (first === undefined) return stop(at, 'A table without rows has no smallest and no largest.');
  const own = needPresent(value(first), at);
  if (!isOrdered(own.type)) return stop(at, `${nameOfType(own.type)} has no order.`.replace(/^a/, 'A'));
  const absent: Expression = { node: 'constant', type: optionally(own.type), value: null };
  if (rest.length === 0) return first.when === undefined ? own : conditionOf(at, first.when, own, absent);
  const others = outermost(at, op, rest, value, place);
  if (!sameKind(own.type, others.type)) return stop(at, mixed(own.type, others.type));
  const { name } = binding(place, op, others.type);
  const known: Expression = { node: 'input', name, type: others.type };
  const type = { ...joined(own.type, others.type), optional: false };
  const compared: Expression = others.type.optional ? { node: 'coalesce', of: known, otherwise: own, type } : known;
  const found: Expression = { node: 'binary', op: op === 'smallest' ? 'smaller' : 'larger', left: own, right: compared, type };
  const body = first.when === undefined ? found : conditionOf(at, first.when, found, known);
  return { node: 'let', name, value: others, body, type: body.type };
}
