/**
 * Aggregates in SQL: a correlated subquery, or, where the level asks for it and nothing but the item is read, a subquery grouped by
 * the row that it belongs to and joined once.
 */
import type { Expression } from '#kernel';
import { canonicalJson, Fault } from '#kernel';
import { scaleOf } from '../value-type.ts';
import { freeNames } from '../walk.ts';
import { divided } from './numbers.ts';
import type { Environment, Frame, Writing } from './rows.ts';
import { frameOf, resolved, rowIdSql } from './rows.ts';

type Aggregate = Extract<Expression, { node: 'aggregate' }>;

export function aggregateSql(writing: Writing, at: Aggregate, environment: Environment): string {
  const over = resolved(at.over, environment);
  const { row, from, parent } = sourceOf(writing, over.at);
  const owner = rowIdSql(writing, row, over.environment);
  const level = frameOf(row, over.environment);
  const readsItem = at.value === undefined || [...freeNames(at.value)].every((name) => name === at.item);
  const ownItemOnly = [at.where, at.value].every((part) => part === undefined || [...freeNames(part)].every((name) => name === at.item));
  if (level?.grouped === true && ownItemOnly) return readGrouped(at, grouped(writing, at, level, { from, parent, owner }));
  const { alias, body, conditions, value } = queryOf(writing, at, environment, from, false);
  const where = [`${parent(alias)} = ${owner}`, ...conditions].join(' AND ');
  if (at.op === 'some') return `EXISTS (SELECT 1 ${body} WHERE ${where})`;
  if (at.op === 'every') return `(NOT EXISTS (SELECT 1 ${body} WHERE ${where}))`;
  if (value === undefined || readsItem) return `(${selectOf(writing, at, value, `${body} WHERE ${where}`)})`;
  // An aggregate over columns of the statement around alone would be taken for one of that statement.
  const inner = writing.alias();
  return `(${selectOf(writing, at, `${inner}.v`, `FROM (SELECT ${value} AS v ${body} WHERE ${where}) AS ${inner}`)})`;
}

/** The result, by `key` where one is given. An average is rounded outside the query that sums, for the same reason. */
function selectOf(writing: Writing, at: Aggregate, value: string | undefined, body: string, key?: string): string {
  const [k, group] = key === undefined ? ['', ''] : [`${key} AS k, `, ` GROUP BY ${key}`];
  if (at.op !== 'average') return `SELECT ${k}${resultOf(at.op, value)} AS v ${body}${group}`;
  const of = writing.alias();
  const shift = scaleOf(at.type) - scaleOf(at.value?.type ?? at.type);
  const rounded = divided(`${of}.total`, `${of}.number`, shift, at.rounding ?? 'half-up');
  return `SELECT ${key === undefined ? '' : `${of}.k, `}${rounded} AS v FROM (SELECT ${k}sum(${value}) AS total, count(${value}) AS number ${body}${group}) AS ${of}`;
}

interface Source {
  readonly from: string;
  readonly parent: (alias: string) => string;
  readonly owner: string;
}

/** The alias of the grouped subquery; the same question about the same row is joined once. */
function grouped(writing: Writing, at: Aggregate, level: Frame, { from, parent, owner }: Source): string {
  const key = `${owner} ${canonicalJson(at)}`;
  const known = level.known.get(key);
  if (known !== undefined) return known;
  const { alias: item, body, conditions, value } = queryOf(writing, at, new Map(), from, true);
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  const query = selectOf(writing, at, value, `${body}${where}`, parent(item));
  const alias = writing.alias();
  level.joins.push(`LEFT JOIN (${query}) AS ${alias} ON ${alias}.k = ${owner}`);
  level.known.set(key, alias);
  return alias;
}

interface Query {
  readonly alias: string;
  readonly body: string;
  readonly conditions: readonly string[];
  readonly value: string | undefined;
}

function queryOf(writing: Writing, at: Aggregate, environment: Environment, from: string, isGrouped: boolean): Query {
  const alias = writing.alias();
  const frame: Frame = { joins: [], known: new Map(), joinable: true, grouped: isGrouped };
  const inside: Environment = new Map(environment).set(at.item, { kind: 'row', alias, frame });
  const conditions = conditionsOf(writing, at, inside);
  const value = at.value === undefined || at.op === 'some' || at.op === 'every' ? undefined : writing.value(at.value, inside);
  const body = `FROM ${from} AS ${alias}${frame.joins.map((join) => ` ${join}`).join('')}`;
  return { alias, conditions, value, body };
}

function sourceOf(
  writing: Writing,
  over: Expression,
): { readonly row: Expression; readonly from: string; readonly parent: (alias: string) => string } {
  if (over.node === 'related') {
    const { from, column } = writing.names.relation(over.entity);
    return { row: over.of, from, parent: (alias) => column(over.via, alias) };
  }
  if (over.node !== 'field' || over.type.kind !== 'list') throw new Fault('bug', 'an aggregate of a rule has no list');
  const { from, parent } = writing.names.relation(over.type.of);
  if (parent === undefined) throw new Fault('bug', 'the items of a list have no column of their parent');
  return { row: over.of, from, parent: (alias) => `${alias}.${parent}` };
}

/** `some` and `every` look for one item that decides. */
function conditionsOf(writing: Writing, at: Aggregate, inside: Environment): readonly string[] {
  const conditions = at.where === undefined ? [] : [writing.filter(at.where, inside)];
  if (at.op === 'some' && at.value !== undefined) return [...conditions, writing.filter(at.value, inside)];
  if (at.op === 'every' && at.value !== undefined) return [...conditions, `NOT ${writing.truth(at.value, inside)}`];
  return conditions;
}

function resultOf(op: Exclude<Aggregate['op'], 'average'>, value: string | undefined): string {
  switch (op) {
    case 'some':
    case 'every':
      return 'true';
    case 'count':
      return 'count(*)';
    case 'sum':
      return `coalesce(sum(${value}), 0)::bigint`;
    case 'smallest':
      return `min(${value})`;
    case 'largest':
      return `max(${value})`;
  }
}

function readGrouped(at: Aggregate, alias: string): string {
  switch (at.op) {
    case 'sum':
    case 'count':
      return `coalesce(${alias}.v, 0)`;
    case 'some':
      return `(${alias}.k IS NOT NULL)`;
    case 'every':
      return `(${alias}.k IS NULL)`;
    case 'average':
    case 'smallest':
    case 'largest':
      return `${alias}.v`;
  }
}
