/**
 * The value of a filter, from the text of a URL or already plain, as the plain form of its field. Strict where the text
 * cannot be a value of the field at all; bounds of the field do not matter here: one may look for what cannot be.
 */
import type { Field } from '#kernel';
import { isRowId } from '#kernel';
import { daysOf, instantOf, scaled, textFault, unscaled } from '#schema';

/** The plain value, null for absent, or undefined with what to write instead. */
export function filterValue(field: Field, given: unknown, digits: number): { readonly value: unknown } | { readonly wrong: string } {
  if (given === null || given === undefined) return { value: null };
  const type = field.type;
  if (given === '' && type.kind !== 'text' && type.kind !== 'email' && type.kind !== 'url') return { value: null };
  switch (type.kind) {
    case 'text':
    case 'email':
    case 'url':
      if (typeof given !== 'string' || textFault(given) !== undefined) return { wrong: 'must be compared with a text' };
      return { value: given };
    case 'integer':
    case 'duration': {
      const value = typeof given === 'string' ? scaled(given, 0) : given;
      return typeof value === 'number' && Number.isSafeInteger(value) ? { value } : { wrong: 'must be compared with a whole number' };
    }
    case 'money': {
      const amount = typeof given === 'object' && 'amount' in given ? given.amount : given;
      const value = typeof amount === 'string' ? scaled(amount, digits) : amount;
      return typeof value === 'number' && Number.isSafeInteger(value)
        ? { value }
        : { wrong: `must be compared with an amount such as ${unscaled(1250, digits)}` };
    }
    case 'decimal':
    case 'quantity': {
      const value = typeof given === 'string' ? scaled(given, type.scale) : undefined;
      return value === undefined
        ? { wrong: `must be compared with a number with at most ${type.scale} digits after the point` }
        : { value: unscaled(value, type.scale) };
    }
    case 'boolean':
      if (given === true || given === 'true') return { value: true };
      return given === false || given === 'false' ? { value: false } : { wrong: 'must be compared with true or false' };
    case 'date':
      return typeof given === 'string' && daysOf(given) !== undefined
        ? { value: given }
        : { wrong: 'must be compared with a date such as 2026-01-31' };
    case 'instant': {
      const value = typeof given === 'string' ? (instantOf(given) ?? scaled(given, 0)) : given;
      return typeof value === 'number' && Number.isSafeInteger(value)
        ? { value }
        : { wrong: 'must be compared with a moment such as 2026-01-31T12:00:00Z' };
    }
    case 'choice':
      return type.choices.some((choice) => choice.name === given)
        ? { value: given }
        : { wrong: `must be compared with one of ${type.choices.map((choice) => choice.name).join(', ')}` };
    case 'reference':
      return typeof given === 'string' && isRowId(given.toLowerCase())
        ? { value: given.toLowerCase() }
        : { wrong: 'must be compared with the id of a row' };
    case 'list':
    case 'json':
      return { wrong: 'cannot be filtered by' };
  }
}
