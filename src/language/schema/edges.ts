/**
 * Values at the edges of a field's type, in the JSON of the doors: the smallest and largest, the shortest and longest, one
 * of each choice. Every one of them is accepted by the field; what is refused elsewhere shows where two types differ.
 */
import type { Field, FieldType, Json } from '#kernel';
import { dateOf, daysOf } from './calendar.ts';
import { scaled, unscaled } from './fixed-point.ts';
import { fromJson } from './from-json.ts';
import { limits } from './limits.ts';
import { leastOf } from './shape.ts';
import type { ValueSettings } from './to-json.ts';
import { isFieldError } from './value.ts';

/** The first is the plainest. Never empty for a field that any value fits. */
export function edgesOf(field: Field, settings: ValueSettings): readonly Json[] {
  const values = candidates(field.type, settings).filter((value) => !isFieldError(fromJson(field, value, settings)));
  return field.required ? values : [...values, null];
}

function candidates(type: FieldType, settings: ValueSettings): readonly Json[] {
  switch (type.kind) {
    case 'text': {
      const max = type.max ?? (type.multiline === true ? limits.multilineText : limits.text);
      const min = type.min ?? 0;
      return [...new Set([Math.max(1, min), min, min + 1, max, Math.min(max, 300), 0])].flatMap((length) => [
        'a'.repeat(length),
        ' '.repeat(length),
        '😀'.repeat(length),
      ]);
    }
    case 'email':
      return ['a@b.c', `${'a'.repeat(64)}@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.eeeeee`, 'ada@example.org'].concat(
        fitted('a@', limits.email, '.c'),
      );
    case 'url':
      return ['http://a', 'https://example.org/', fitted('http://', limits.url, '/')];
    case 'integer':
    case 'duration':
      return wholes(type.min ?? -limits.whole, type.max ?? limits.whole);
    case 'decimal':
    case 'quantity':
      return texts(type.min, type.max, type.scale);
    case 'money':
      return texts(type.min, type.max, settings.currency.digits).map((amount) => ({ amount, currency: settings.currency.code }));
    case 'boolean':
      return [true, false];
    case 'date': {
      const first = daysOf(type.min ?? '0001-01-01') ?? 0;
      const last = daysOf(type.max ?? '9999-12-31') ?? 0;
      return [...new Set([20_000, first, first + 1, last - 1, last])].filter((day) => day >= first && day <= last).map(dateOf);
    }
    case 'instant':
      return [
        '2026-01-31T12:00:00Z',
        '0001-01-01T00:00:00.000Z',
        '9999-12-31T23:59:59.999Z',
        '2026-01-31T12:00:00.5+01:00',
        '2026-01-31T12:00:00.123-11:30',
      ];
    case 'choice':
      return type.choices.map((choice) => choice.name);
    case 'reference':
      return ['019a0000-0000-7000-8000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff'];
    case 'list': {
      const item = smallestItem(type.fields, settings);
      return [
        [item],
        [],
        ...edgeItems(type.fields, item, settings).map((edge) => [edge]),
        Array.from({ length: limits.items }, () => item),
      ];
    }
    case 'json':
      if (type.shape !== undefined) return [leastOf(type.shape)];
      return [{}, null, 1, 'a', '', true, [], { a: { b: [1, 'x', null] } }, 'x'.repeat(10_001), -1.5, '2026-01-31', deep(limits.jsonDepth)];
  }
}

const fitted = (begin: string, length: number, end: string): string => begin + 'b'.repeat(length - begin.length - end.length) + end;
const deep = (depth: number): Json => (depth === 0 ? 1 : [deep(depth - 1)]);

function wholes(min: number, max: number): readonly number[] {
  const plain = Math.min(max, Math.max(min, 1));
  return [...new Set([plain, min, max, Math.min(max, min + 1), Math.max(min, max - 1), 0, -1, 1])];
}
function texts(min: string | undefined, max: string | undefined, scale: number): readonly string[] {
  const low = scaled(min ?? '', scale) ?? -limits.whole;
  const high = scaled(max ?? '', scale) ?? limits.whole;
  const whole = 10 ** scale;
  const values = wholes(low, high).concat([Math.min(high, Math.max(low, whole)), whole, -whole]);
  return [...new Set(values.flatMap((value) => [unscaled(value, scale), trimmed(unscaled(value, scale))]).concat('-0'))];
}
/** Without the zeros at the end of what stands after the point. */
const trimmed = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);

function smallestItem(fields: readonly Field[], settings: ValueSettings): { readonly [name: string]: Json } {
  const item: { [name: string]: Json } = {};
  for (const field of fields)
    if (field.required && field.default === undefined && field.derived === undefined)
      item[field.name] = edgesOf(field, settings)[0] ?? null;
  return item;
}
/** An item, each time with one field at one of its edges. */
function edgeItems(fields: readonly Field[], item: { readonly [name: string]: Json }, settings: ValueSettings): readonly Json[] {
  return fields
    .filter((field) => field.derived === undefined)
    .flatMap((field) => edgesOf(field, settings).map((edge) => ({ ...item, [field.name]: edge })));
}
