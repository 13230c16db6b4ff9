/**
 * Conditions and values as TypeScript of a body, as a person would write it: over rows in their plain form, where an absent value
 * meets no comparison. What cannot be said so is `undefined`.
 */
import type { Field } from '#kernel';
import { fieldNamed, type SystemModel } from '#model';
import type { Comparison, Condition, Formula, Literal } from '../request.ts';
import type { Row } from '../resolve.ts';
import { literalJson } from './entities.ts';
import { scaled } from './ir.ts';

export const textCode = (value: string): string => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`;
/** A literal in the plain form: money in whole minor units, dates and choices as text. */
export function literalCode(model: SystemModel, field: Field, value: Literal): string {
  const json = literalJson(value, field.type, model.settings.currency.code);
  const plain = value.is === 'money' ? scaled(value.value, model.settings.currency.digits) : json;
  return typeof plain === 'string' ? textCode(plain) : String(plain);
}

export interface CodeOf {
  readonly model: SystemModel;
  readonly row: Row;
  /** The row in the code: `order`, `event.after`. */
  readonly at: string;
  /** Some of its fields may not be told. */
  readonly partial: boolean;
  /** The day that is meant by today. */
  readonly today: string;
}
const OPS: { readonly [By in Comparison]: readonly [met: string, not: string] } = {
  under: ['<', '>='],
  over: ['>', '<='],
  atLeast: ['>=', '<'],
  atMost: ['<=', '>'],
  equal: ['===', '!=='],
  notEqual: ['!==', '==='],
};
/** `met`: that it holds, or that it does not. The condition is on a field of the row itself. */
export function conditionCode(of: CodeOf, condition: Condition, met: boolean): string | undefined {
  const path = condition.is === 'compare' ? (condition.left.is === 'field' ? condition.left.path : []) : condition.path;
  const name = path[0];
  const field = name === undefined || path.length > 1 ? undefined : fieldNamed(of.row.fields, name);
  if (field === undefined) return undefined;
  const value = `${of.at}.${field.name}`;
  switch (condition.is) {
    case 'choice': {
      const yes = met !== (condition.not === true);
      const parts = condition.among.map((choice) => `${value} ${yes ? '===' : '!=='} ${textCode(choice)}`);
      return parts.length === 1 ? parts[0] : `(${parts.join(yes ? ' || ' : ' && ')})`;
    }
    case 'flag':
      return `${value} ${met === condition.value ? '===' : '!=='} true`;
    case 'present':
      return `(${value} ?? null) ${met === condition.value ? '!==' : '==='} null`;
    case 'equals':
      return `${value} ${met === (condition.not !== true) ? '===' : '!=='} ${textCode(condition.text)}`;
    case 'compare':
      return comparisonCode(of, field, value, condition, met);
  }
}
function comparisonCode(
  of: CodeOf,
  field: Field,
  value: string,
  { by, right }: Extract<Condition, { is: 'compare' }>,
  met: boolean,
): string | undefined {
  if (!['integer', 'money', 'date'].includes(field.type.kind)) return undefined;
  const op = OPS[by][met ? 0 : 1];
  if (right.is === 'field') return fieldsCode(of, field, value, right, by, met);
  const limit = limitCode(of, field, right);
  if (limit === undefined) return undefined;
  const always = field.required || (field.derived !== undefined && field.type.kind !== 'date');
  if (by === 'equal' || by === 'notEqual' || (always && !of.partial)) return `${value} ${op} ${limit}`;
  // What stands in for an absent value is just outside.
  const outside =
    by === 'under' || by === 'over' ? limit : field.type.kind === 'date' ? (by === 'atLeast' ? "''" : "'9999-12-31'") : stepped(limit, by);
  return `(${value} ?? ${outside}) ${op} ${limit}`;
}
const stepped = (limit: string, by: Comparison): string => String(Number(limit) + (by === 'atLeast' ? -1 : 1));
function limitCode(of: CodeOf, field: Field, right: Formula): string | undefined {
  if (right.is === 'literal')
    return right.literal.is === 'date' && right.literal.value === 'today' ? of.today : literalCode(of.model, field, right.literal);
  if (right.is === 'today') return of.today;
  if (right.is === 'shift' && right.of.is === 'today')
    return `${right.unit === 'days' ? 'addDays' : 'addMonths'}(${of.today}, ${right.amount})`;
  return undefined;
}
function fieldsCode(of: CodeOf, field: Field, value: string, right: Formula, by: Comparison, met: boolean): string | undefined {
  const name = right.is === 'field' && right.path.length === 1 ? right.path[0] : undefined;
  const other = name === undefined ? undefined : fieldNamed(of.row.fields, name);
  if (other === undefined || other.type.kind !== field.type.kind || of.partial) return undefined;
  const second = `${of.at}.${other.name}`;
  const open = [
    [field, value],
    [other, second],
  ].flatMap(([each, code]) => (typeof each === 'object' && !each.required && typeof code === 'string' ? [code] : []));
  const compared = `${value} ${OPS[by][met ? 0 : 1]} ${second}`;
  const parts = [...open.map((code) => `${code} ${met ? '!==' : '==='} null`), compared];
  return parts.length === 1 ? compared : `(${parts.join(met ? ' && ' : ' || ')})`;
}
