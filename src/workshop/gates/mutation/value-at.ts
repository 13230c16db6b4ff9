/** The value that stands exactly on a bound of a field, or just beyond it, as an example writes it; undefined where none can be written by rule. Pure. */
import type { FieldType, Json } from '#kernel';

const DAY_MS = 86_400_000;

export function valueAt(type: FieldType, bound: 'min' | 'max', where: 'on' | 'beyond'): Json | undefined {
  const value = bound in type ? (type as { readonly [bound]?: number | string })[bound] : undefined;
  if (value === undefined) return undefined;
  const by = where === 'on' ? 0 : bound === 'min' ? -1 : 1;
  switch (type.kind) {
    case 'text':
      // Nothing at all is no text of no characters.
      return typeof value === 'number' && value + by > 0 ? 'a'.repeat(value + by) : undefined;
    case 'integer':
    case 'duration':
      return Number(value) + by;
    case 'money':
    case 'decimal':
    case 'quantity': {
      const digits = type.kind === 'money' ? (String(value).split('.')[1]?.length ?? 0) : type.scale;
      return (Number(value) + by * 10 ** -digits).toFixed(digits);
    }
    case 'date':
      return new Date(Date.parse(String(value)) + by * DAY_MS).toISOString().slice(0, 10);
    default:
      return undefined;
  }
}
