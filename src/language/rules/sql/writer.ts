/** Writes expressions as SQL. One case a node; rows and their joins are `rows.ts`' concern, aggregates `aggregates.ts`'. */
import type { Expression } from '#kernel';
import { Fault } from '#kernel';
import { scaleOf } from '../value-type.ts';
import { nodesOf } from '../walk.ts';
import { aggregateSql } from './aggregates.ts';
import { constantsAs } from './constants.ts';
import type { SqlNames, SqlOptions } from './names.ts';
import { edgeOfPeriodSql, partOfDateSql, periodsBetweenSql } from './dates.ts';
import { divided, lowered, raised } from './numbers.ts';
import type { Bound, Environment, Frame, Writing } from './rows.ts';
import { fieldSql, resolved } from './rows.ts';

export function sqlWriter(
  names: SqlNames,
  options: SqlOptions,
): {
  value: (expression: Expression) => string;
  filter: (expression: Expression) => string;
  joins: readonly string[];
  params: readonly (number | string)[];
} {
  const constants = constantsAs(options.constants ?? 'parameters', options.firstParameter);
  const grouped = options.aggregates === 'grouped';
  const outer: Frame = { joins: [], known: new Map(), joinable: options.references === 'join' || grouped, grouped };
  let aliases = 0;
  const writing: Writing = {
    names,
    constants,
    alias: () => `${options.aliases ?? 'x'}${(aliases += 1)}`,
    value: (at, environment) => valueSql(writing, at, environment),
    truth: (at, environment) => truthSql(writing, at, environment),
    filter: (at, environment) => filterSql(writing, at, environment),
  };
  const environment: Environment = new Map(
    Object.entries(names.inputs).map(([name, text]): [string, Bound] => [name, { kind: 'outside', text, frame: outer }]),
  );
  const result = (at: Expression): string => {
    const text = valueSql(writing, at, environment);
    if (options.results !== 'plain' || at.type.kind !== 'number' || at.type.money || at.type.scale === 0) return text;
    return `round(${text}::numeric * 0.${'0'.repeat(at.type.scale - 1)}1, ${at.type.scale})`;
  };
  return { value: result, filter: (at) => filterSql(writing, at, environment), joins: outer.joins, params: constants.params };
}

function valueSql(writing: Writing, at: Expression, environment: Environment): string {
  const value = (part: Expression): string => writing.value(part, environment);
  const aligned = (part: Expression, scale: number): string =>
    raised(value(part), part.type.kind === 'number' ? scale - part.type.scale : 0);
  switch (at.node) {
    case 'constant':
      return writing.constants.write(at.type, at.value);
    case 'input': {
      const { at: meant, environment: there, bound } = resolved(at, environment);
      if (meant.node !== 'input') return writing.value(meant, there);
      if (bound?.kind === 'text' || bound?.kind === 'outside') return bound.text;
      throw new Fault('bug', `the SQL of a rule has no value for its input ${at.name}`);
    }
    case 'field':
      return fieldSql(writing, at, environment);
    case 'follow':
    case 'related':
      throw new Fault('bug', 'a row or a list is no value in SQL');
    case 'not':
      return `(NOT ${writing.truth(at.of, environment)})`;
    case 'absent':
      return `(${value(at.of)} IS NULL)`;
    case 'negate':
      return `(- ${value(at.of)})`;
    case 'today':
      return 'sql' in writing.names.today ? writing.names.today.sql : writing.constants.write(at.type, writing.names.today.days);
    case 'binary':
      return binarySql(writing, at, environment);
    case 'divide':
      return divided(value(at.left), value(at.right), at.scale + scaleOf(at.right.type) - scaleOf(at.left.type), at.rounding);
    case 'round': {
      const places = at.scale - scaleOf(at.of.type);
      return places >= 0 ? raised(value(at.of), places) : lowered(value(at.of), -places, at.rounding);
    }
    case 'condition': {
      const scale = scaleOf(at.type);
      return `(CASE WHEN ${writing.filter(at.when, environment)} THEN ${aligned(at.then, scale)} ELSE ${aligned(at.otherwise, scale)} END)`;
    }
    case 'coalesce':
      return `coalesce(${aligned(at.of, scaleOf(at.type))}, ${aligned(at.otherwise, scaleOf(at.type))})`;
    case 'addToDate':
      return at.unit === 'days'
        ? `(${value(at.of)} + (${value(at.amount)})::integer)`
        : `(${value(at.of)} + make_interval(months => (${value(at.amount)})::integer))::date`;
    case 'daysBetween':
      return `(${value(at.right)} - ${value(at.left)})::bigint`;
    case 'partOfDate':
      return partOfDateSql(value(at.of), at.part);
    case 'edgeOfPeriod':
      return edgeOfPeriodSql(value(at.of), at.edge, at.period);
    case 'periodsBetween':
      return periodsBetweenSql(value(at.left), value(at.right), at.unit);
    case 'let':
      return letSql(writing, at, environment);
    case 'aggregate':
      return aggregateSql(writing, at, environment);
  }
}

const operators = {
  add: '+',
  subtract: '-',
  multiply: '*',
  less: '<',
  lessOrEqual: '<=',
  greater: '>',
  greaterOrEqual: '>=',
} as const;

/** A reference that meets who asks: not every caller is a row, and an index of the reference serves where it is one. */
function withCaller(at: Extract<Expression, { node: 'binary' }>, [left, right]: readonly [string, string]): readonly [string, string] {
  if (at.left.type.kind === 'reference' && at.right.type.kind === 'text') return [left, rowOf(right)];
  return at.right.type.kind === 'reference' && at.left.type.kind === 'text' ? [rowOf(left), right] : [left, right];
}
const rowOf = (text: string): string => `(CASE WHEN ${text} ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN (${text})::uuid END)`;

function binarySql(writing: Writing, at: Extract<Expression, { node: 'binary' }>, environment: Environment): string {
  if (at.op === 'and' || at.op === 'or') {
    return `(${writing.truth(at.left, environment)} ${at.op === 'and' ? 'AND' : 'OR'} ${writing.truth(at.right, environment)})`;
  }
  const [left, right] = withCaller(at, sides(writing, at, environment));
  switch (at.op) {
    case 'add':
    case 'subtract':
    case 'multiply':
      return `(${left} ${operators[at.op]} ${right})`;
    case 'smaller':
      return `least(${left}, ${right})`;
    case 'larger':
      return `greatest(${left}, ${right})`;
    case 'equal':
      return `(${left} IS NOT DISTINCT FROM ${right})`;
    case 'notEqual':
      return `(${left} IS DISTINCT FROM ${right})`;
    case 'less':
    case 'lessOrEqual':
    case 'greater':
    case 'greaterOrEqual':
      return `coalesce(${left} ${operators[at.op]} ${right}, false)`;
  }
}

function sides(writing: Writing, at: Extract<Expression, { node: 'binary' }>, environment: Environment): readonly [string, string] {
  const scale = at.op === 'multiply' ? 0 : Math.max(scaleOf(at.left.type), scaleOf(at.right.type));
  const side = (part: Expression): string =>
    raised(
      writing.value(part, environment),
      Math.max(0, at.op === 'multiply' || part.type.kind !== 'number' ? 0 : scale - part.type.scale),
    );
  return [side(at.left), side(at.right)];
}

const neverNull = (at: Expression): boolean =>
  at.node === 'not' ||
  at.node === 'absent' ||
  (at.node === 'binary' && at.type.kind === 'boolean') ||
  (at.node === 'aggregate' && (at.op === 'some' || at.op === 'every')) ||
  (at.node === 'constant' && at.value !== null);

/** A condition that is true or false, never NULL. */
function truthSql(writing: Writing, at: Expression, environment: Environment): string {
  const text = writing.value(at, environment);
  return neverNull(at) || (at.node === 'coalesce' && neverNull(at.otherwise)) ? text : `coalesce(${text}, false)`;
}

/** A condition where NULL counts as false: `and`, `or` and comparisons may then stay as an index can serve them. */
function filterSql(writing: Writing, at: Expression, environment: Environment): string {
  if (at.node === 'coalesce' && at.otherwise.node === 'constant' && at.otherwise.value === false)
    return filterSql(writing, at.of, environment);
  if (at.node !== 'binary') return writing.value(at, environment);
  switch (at.op) {
    case 'and':
    case 'or':
      return `(${filterSql(writing, at.left, environment)} ${at.op === 'and' ? 'AND' : 'OR'} ${filterSql(writing, at.right, environment)})`;
    case 'less':
    case 'lessOrEqual':
    case 'greater':
    case 'greaterOrEqual': {
      const [left, right] = sides(writing, at, environment);
      return `(${left} ${operators[at.op]} ${right})`;
    }
    case 'equal': {
      const known = [at.left, at.right].some((part) => part.node === 'constant' && part.value !== null);
      const [left, right] = withCaller(at, sides(writing, at, environment));
      return known ? `(${left} = ${right})` : `(${left} IS NOT DISTINCT FROM ${right})`;
    }
    default:
      return writing.value(at, environment);
  }
}

/** A value that is used once, or costs nothing, stands where it is used; else it is computed once. */
function letSql(writing: Writing, at: Extract<Expression, { node: 'let' }>, environment: Environment): string {
  const cheap =
    at.value.node === 'constant' ||
    at.value.node === 'input' ||
    at.value.node === 'today' ||
    (at.value.node === 'field' && at.value.of.node === 'input') ||
    at.value.type.kind === 'row' ||
    at.value.type.kind === 'reference';
  if (cheap || uses(at.body, at.name) < 2) {
    return writing.value(at.body, new Map(environment).set(at.name, { kind: 'expression', expression: at.value, environment }));
  }
  const alias = writing.alias();
  const value = writing.value(at.value, environment);
  const body = writing.value(at.body, new Map(environment).set(at.name, { kind: 'text', text: `${alias}.v` }));
  return `(SELECT ${body} FROM (SELECT ${value} AS v OFFSET 0) AS ${alias})`;
}

/** How often a name is read; inside an aggregate it is read for each item. */
function uses(at: Expression, name: string): number {
  let count = 0;
  for (const node of nodesOf(at)) {
    if (node.node === 'input' && node.name === name) count += 1;
    if (node.node === 'aggregate')
      for (const part of [node.where, node.value])
        if (part) for (const inner of nodesOf(part)) if (inner.node === 'input' && inner.name === name) count += 1;
  }
  return count;
}
