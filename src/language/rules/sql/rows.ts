/**
 * Rows in SQL: which alias a row has, and how a field of it is reached: directly, by a left join of its own query level, or by
 * a scalar subquery where the level takes no joins.
 */
import type { Expression, PermanentId } from '#kernel';
import { Fault } from '#kernel';
import type { Constants } from './constants.ts';
import { scaleOf } from '../value-type.ts';
import type { SqlNames } from './names.ts';
import { raised } from './numbers.ts';

/** One level of query: the statement around, or the subquery of an aggregate. */
export interface Frame {
  readonly joins: string[];
  /** Alias or text by what it stands for, so that nothing is joined twice. */
  readonly known: Map<string, string>;
  readonly joinable: boolean;
  /** Aggregates over its rows are grouped and joined. */
  readonly grouped: boolean;
}

export type Bound =
  /** An input that the caller named: the alias of a row, or a value. */
  | { readonly kind: 'outside'; readonly text: string; readonly frame: Frame }
  | { readonly kind: 'row'; readonly alias: string; readonly frame: Frame }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'expression'; readonly expression: Expression; readonly environment: Environment };
export type Environment = ReadonlyMap<string, Bound>;

export interface Writing {
  readonly names: SqlNames;
  readonly constants: Constants;
  readonly alias: () => string;
  readonly value: (at: Expression, environment: Environment) => string;
  readonly truth: (at: Expression, environment: Environment) => string;
  readonly filter: (at: Expression, environment: Environment) => string;
}

/** Follows names that stand for expressions. */
export function resolved(
  at: Expression,
  environment: Environment,
): { readonly at: Expression; readonly environment: Environment; readonly bound: Bound | undefined } {
  if (at.node !== 'input') return { at, environment, bound: undefined };
  const bound = environment.get(at.name);
  return bound?.kind === 'expression' ? resolved(bound.expression, bound.environment) : { at, environment, bound };
}

const entityOf = (row: Expression): PermanentId => {
  if (row.type.kind === 'row') return row.type.of;
  throw new Fault('bug', 'a row was expected in a rule');
};

/** The SQL of a field's rule value. */
export function fieldSql(writing: Writing, at: Extract<Expression, { node: 'field' }>, environment: Environment): string {
  const relation = writing.names.relation(entityOf(at.of));
  const formula = relation.formula?.(at.id);
  if (formula !== undefined) {
    const computed = writing.value(formula, new Map([['row', { kind: 'expression', expression: at.of, environment }]]));
    return raised(computed, Math.max(0, scaleOf(at.type) - scaleOf(formula.type)));
  }
  return inRow(writing, at.of, environment, (alias) => asRuleValue(relation.column(at.id, alias), at));
}

function asRuleValue(column: string, at: Expression): string {
  if (at.type.kind !== 'number') return column;
  return at.type.scale > 0 && !at.type.money ? `(${column} * ${10n ** BigInt(at.type.scale)})::bigint` : `${column}::bigint`;
}

/** Writes something about a row, given its alias. */
function inRow(writing: Writing, row: Expression, environment: Environment, write: (alias: string) => string): string {
  const found = aliasOf(writing, row, environment);
  if (found !== undefined) return write(found.alias);
  const relation = writing.names.relation(entityOf(row));
  const alias = writing.alias();
  return `(SELECT ${write(alias)} FROM ${relation.from} AS ${alias} WHERE ${alias}.${relation.id} = ${rowIdSql(writing, row, environment)})`;
}

/** The alias under which a row can be read at its level; undefined where only a subquery reaches it. */
function aliasOf(
  writing: Writing,
  row: Expression,
  environment: Environment,
): { readonly alias: string; readonly frame: Frame } | undefined {
  const { at, environment: inside, bound } = resolved(row, environment);
  if (bound?.kind === 'row') return bound;
  if (bound?.kind === 'outside') return { alias: bound.text, frame: bound.frame };
  if (at.node !== 'follow') return undefined;
  const reference = resolved(at.of, inside);
  if (reference.at.node !== 'field') return undefined;
  const base = aliasOf(writing, reference.at.of, reference.environment);
  if (base === undefined || !base.frame.joinable) return undefined;
  const key = `${base.alias}.${reference.at.id}`;
  const known = base.frame.known.get(key);
  if (known !== undefined) return { alias: known, frame: base.frame };
  const relation = writing.names.relation(at.to);
  const id = writing.value(reference.at, reference.environment);
  const alias = writing.alias();
  base.frame.joins.push(`LEFT JOIN ${relation.from} AS ${alias} ON ${alias}.${relation.id} = ${id}`);
  base.frame.known.set(key, alias);
  return { alias, frame: base.frame };
}

/** The id of a row: of one that is followed, the reference itself. */
export function rowIdSql(writing: Writing, row: Expression, environment: Environment): string {
  const { at, environment: inside, bound } = resolved(row, environment);
  if (at.node === 'follow') return writing.value(at.of, inside);
  const alias = bound?.kind === 'row' ? bound.alias : bound?.kind === 'outside' ? bound.text : undefined;
  if (alias === undefined) throw new Fault('bug', 'a row of a rule has no name in its SQL');
  return `${alias}.${writing.names.relation(entityOf(at)).id}`;
}

/** The level at which a row is read, where it has one. */
export const frameOf = (row: Expression, environment: Environment): Frame | undefined => {
  const { at, environment: inside, bound } = resolved(row, environment);
  if (bound?.kind === 'row' || bound?.kind === 'outside') return bound.frame;
  if (at.node !== 'follow') return undefined;
  const reference = resolved(at.of, inside);
  return reference.at.node === 'field' ? frameOf(reference.at.of, reference.environment) : undefined;
};
