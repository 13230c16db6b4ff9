/**
 * Whether a plain value may stand in a field: its kind, its bounds and the limits that hold for all. What comes from an
 * operation passes here as well as what comes from a door. Pure; answers messages by place, in words that say what to write.
 */
import { isRowId, type Field } from '#kernel';
import { characters, daysOf, isBlank, isEmail, isUrl, limits, mustBeSeen, scaled, textFault, unscaled } from '#schema';

export interface ValueScope {
  readonly digits: number;
  /** Characters of a json; of what rows keep where nothing is said. */
  readonly longest?: number;
}

/** What is wrong with a value that is there, or undefined. Lists are checked item by item elsewhere. */
export function valueFault(field: Field, value: unknown, scope: ValueScope): string | undefined {
  const type = field.type;
  switch (type.kind) {
    case 'text':
      // The bounds of a secret are those of what was typed; what is kept is its hash.
      if (type.secret === true) return typeof value === 'string' && value.length <= 400 ? undefined : 'must be a text';
      return (
        textFaultWithin(
          value,
          type.min ?? (field.required ? 1 : 0),
          type.max ?? (type.multiline === true ? limits.multilineText : limits.text),
        ) ?? (mustBeSeen(field) && isBlank(String(value)) ? 'must not be blank' : undefined)
      );
    case 'email':
      return (
        textFaultWithin(value, 1, limits.email) ??
        (isEmail(String(value)) ? undefined : 'must be an email address, such as ada@example.org')
      );
    case 'url':
      return (
        textFaultWithin(value, 1, limits.url) ??
        (isUrl(String(value)) ? undefined : 'must be an address that begins with https:// or http://')
      );
    case 'integer':
      return wholeFault(value, type.min, type.max, String);
    case 'duration':
      return wholeFault(value, type.min ?? -limits.whole, type.max, String);
    case 'instant':
      return Number.isSafeInteger(value) && Math.abs(Number(value)) <= 8.64e15 ? undefined : 'must be a moment in milliseconds since 1970';
    case 'money':
      return wholeFault(value, bound(type.min, scope.digits), bound(type.max, scope.digits), (amount) => unscaled(amount, scope.digits));
    case 'decimal':
    case 'quantity': {
      const number = typeof value === 'string' ? scaled(value, type.scale) : undefined;
      if (number === undefined) return `must be a decimal number as text with at most ${type.scale} digits after the point`;
      return wholeFault(number, bound(type.min, type.scale), bound(type.max, type.scale), (amount) => unscaled(amount, type.scale));
    }
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'must be true or false';
    case 'date':
      if (typeof value !== 'string' || daysOf(value) === undefined) return 'must be a date that exists, such as "2026-01-31"';
      if (type.min !== undefined && value < type.min) return `must not be before ${type.min}`;
      return type.max !== undefined && value > type.max ? `must not be after ${type.max}` : undefined;
    case 'choice':
      return type.choices.some((choice) => choice.name === value)
        ? undefined
        : `must be one of ${type.choices.map((choice) => choice.name).join(', ')}`;
    case 'reference':
      return typeof value === 'string' && isRowId(value) ? undefined : 'must be the id of a row';
    case 'json':
      return jsonFault(value, scope.longest ?? limits.jsonCharacters);
    case 'list':
      return Array.isArray(value)
        ? value.length > limits.items
          ? `must have at most ${limits.items} items`
          : undefined
        : `must be a list of ${type.item} objects`;
  }
}

function textFaultWithin(value: unknown, min: number, max: number): string | undefined {
  if (typeof value !== 'string') return 'must be a text';
  const fault = textFault(value);
  if (fault !== undefined) return fault;
  const length = characters(value);
  if (length < min) return min === 1 ? 'must not be empty' : `must have at least ${min} characters`;
  return length > max ? `must have at most ${max} characters` : undefined;
}

function wholeFault(value: unknown, min: number | undefined, max: number | undefined, show: (value: number) => string): string | undefined {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) return 'must be a whole number';
  if (min !== undefined && value < min) return `must be at least ${show(min)}`;
  return max !== undefined && value > max ? `must be at most ${show(max)}` : undefined;
}

function jsonFault(value: unknown, longest: number): string | undefined {
  try {
    const text = JSON.stringify(value);
    if (text === undefined) return 'must be JSON';
    if (text.length > longest) return `must be at most ${longest} characters as JSON text`;
    return text.includes('\\u0000') || !text.isWellFormed() ? 'must hold well-formed text without NUL' : undefined;
  } catch {
    return 'must be JSON';
  }
}

const bound = (text: string | undefined, scale: number): number | undefined => (text === undefined ? undefined : scaled(text, scale));
