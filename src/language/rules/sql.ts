/**
 * The rule IR as SQL of PostgreSQL, two-valued and exact like the JavaScript. Rows are read through the caller's names;
 * constants become parameters or literals. Values of a result: numbers bigint, dates date, choices text, references uuid.
 * Where a number leaves the range that is exact the server says 22003 at the latest, which is Fault('overflow').
 */
import type { Expression } from '#kernel';
import { sqlWriter } from './sql/writer.ts';
import type { SqlNames, SqlOptions } from './sql/names.ts';

export type { SqlNames, SqlOptions, SqlRelation } from './sql/names.ts';
export { quoted } from './sql/constants.ts';

export interface SqlCompiler {
  /** An expression for SELECT or ORDER BY. */
  readonly value: (expression: Expression) => string;
  /** A condition for WHERE: as `value`, but an index can serve it. NULL counts as false. */
  readonly filter: (expression: Expression) => string;
  /** To be put after the FROM item of the rows around, in this order; grows with each `value` and `filter`. */
  readonly joins: readonly string[];
  readonly params: readonly (number | string)[];
}

/** For all expressions of one statement: they share parameters and joins. */
export const sqlCompiler = (names: SqlNames, options: SqlOptions = {}): SqlCompiler => sqlWriter(names, options);

export interface CompiledSql {
  readonly text: string;
  readonly params: readonly (number | string)[];
  readonly joins: readonly string[];
}

/** One expression alone. */
export function compileSql(
  expression: Expression,
  names: SqlNames,
  options: SqlOptions & { readonly as?: 'value' | 'filter' } = {},
): CompiledSql {
  const compiler = sqlCompiler(names, options);
  const text = compiler[options.as ?? 'value'](expression);
  return { text, params: compiler.params, joins: compiler.joins };
}
