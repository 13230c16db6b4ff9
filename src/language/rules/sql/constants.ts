/**
 * Constants in SQL: as parameters of a statement, or as literals where a statement takes none (a view's definition).
 * Text becomes a literal here alone. Never: text that could end its own quotes, whatever the server's settings are.
 */
import type { ValueType } from '#kernel';
import { Fault } from '#kernel';
import { textOfDays } from '../calendar.ts';

export interface Constants {
  readonly write: (type: ValueType, value: null | boolean | number | string) => string;
  readonly params: readonly (number | string)[];
}

const sqlTypes = {
  boolean: 'boolean',
  number: 'bigint',
  text: 'text',
  choice: 'text',
  date: 'date',
  instant: 'timestamptz',
  duration: 'bigint',
  reference: 'uuid',
} as const;

export function sqlTypeOf(type: ValueType): string {
  if (type.kind === 'row' || type.kind === 'list') throw new Fault('bug', `a ${type.kind} is no value of a column`);
  return sqlTypes[type.kind];
}

/** `first` is the number of the first parameter. */
export function constantsAs(mode: 'parameters' | 'literals', first = 1): Constants {
  const params: (number | string)[] = [];
  const write = (type: ValueType, value: null | boolean | number | string): string => {
    const sqlType = sqlTypeOf(type);
    if (value === null) return `NULL::${sqlType}`;
    if (typeof value === 'boolean') return String(value);
    if (typeof value === 'string' && sqlType !== 'text' && sqlType !== 'uuid')
      throw new Fault('bug', `a constant of a rule is no ${type.kind}`);
    if (type.kind === 'instant') return `to_timestamp(${wholeNumber(value)} * 0.001)`;
    const plain = type.kind === 'date' ? textOfDays(wholeNumber(value)) : typeof value === 'number' ? wholeNumber(value) : value;
    if (mode === 'literals') return typeof plain === 'number' ? `(${plain})::${sqlType}` : `${quoted(plain)}::${sqlType}`;
    params.push(plain);
    return `$${first + params.length - 1}::${sqlType}`;
  };
  return { write, params };
}

function wholeNumber(value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw new Fault('bug', 'a constant of a rule is no safe integer');
  return value + 0;
}

/** A text literal. With a backslash it is written as E'...', which reads the same under each standard_conforming_strings. */
export function quoted(text: string): string {
  if (text.includes('\0') || !text.isWellFormed()) throw new Fault('bug', 'a text that the database cannot hold');
  const doubled = text.replaceAll("'", "''");
  return doubled.includes('\\') ? `E'${doubled.replaceAll('\\', '\\\\')}'` : `'${doubled}'`;
}
