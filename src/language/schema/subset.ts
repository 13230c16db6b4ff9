/**
 * Whether every value that one field takes is taken by another too; for a "no" with a value that shows it. Sound both ways:
 * a "no" carries a witness that `fromJson` was asked about, a "yes" follows from the types alone; what neither reaches is
 * `undecided`, and a caller must take it for a no.
 */
import type { Field, FieldType, Json } from '#kernel';
import { dateOf, daysOf } from './calendar.ts';
import { edgesOf } from './edges.ts';
import { scaled } from './fixed-point.ts';
import { fromJson, valuesFromJson } from './from-json.ts';
import { limits } from './limits.ts';
import { plainShape } from './shape-refs.ts';
import { characters } from './text.ts';
import type { ValueSettings } from './to-json.ts';
import { isFieldError } from './value.ts';

export type Subset =
  | { readonly decision: 'yes' }
  | { readonly decision: 'no'; readonly witness: Json }
  | { readonly decision: 'undecided' };

/** Values of one field, null (absent) included. */
export function fieldSubset(a: Field, b: Field, settings: ValueSettings): Subset {
  for (const witness of edgesOf(a, settings)) if (isFieldError(fromJson(b, witness, settings))) return { decision: 'no', witness };
  const inner = a.type.kind === 'list' && b.type.kind === 'list' ? valuesSubset(a.type.fields, b.type.fields, settings) : undefined;
  if (inner?.decision === 'no') {
    const witness = [inner.witness];
    if (!isFieldError(fromJson(a, witness, settings)) && isFieldError(fromJson(b, witness, settings))) return { decision: 'no', witness };
    return { decision: 'undecided' };
  }
  if (b.required && !a.required) return { decision: 'undecided' };
  if (inner !== undefined) return inner.decision === 'yes' && (!b.required || a.required) ? { decision: 'yes' } : { decision: 'undecided' };
  return typeSubset(a, b, settings) ? { decision: 'yes' } : { decision: 'undecided' };
}

/** Bodies of a create: every body that one definition takes is taken by the other. */
export function valuesSubset(a: readonly Field[], b: readonly Field[], settings: ValueSettings): Subset {
  const whole: { [name: string]: Json } = {};
  for (const field of a)
    if (field.required && field.default === undefined && field.derived === undefined)
      whole[field.name] = edgesOf(field, settings)[0] ?? null;
  const refuses = (body: { readonly [name: string]: Json }): boolean =>
    !isFieldError(valuesFromJson(a, body, settings, 'create')) && isFieldError(valuesFromJson(b, body, settings, 'create'));
  if (refuses(whole)) return { decision: 'no', witness: whole };
  const others = new Map(b.map((field) => [field.name, field]));
  let undecided = false;
  for (const field of a) {
    if (field.derived !== undefined) continue;
    const other = others.get(field.name);
    if (other === undefined || other.derived !== undefined) {
      const witness = { ...whole, [field.name]: edgesOf(field, settings)[0] ?? null };
      if (refuses(witness)) return { decision: 'no', witness };
      undecided = true;
      continue;
    }
    const found = fieldSubset(field, other, settings);
    if (found.decision === 'no') {
      const witness = { ...whole, [field.name]: found.witness };
      if (refuses(witness)) return { decision: 'no', witness };
    }
    if (found.decision !== 'yes') undecided = true;
  }
  return undecided ? { decision: 'undecided' } : { decision: 'yes' };
}

/** By the types alone; absence is looked at by the caller. True only where it surely holds. */
function typeSubset(a: Field, b: Field, settings: ValueSettings): boolean {
  const [one, other] = [a.type, b.type];
  const few = finite(one, settings);
  if (few !== undefined) return few.every((value) => !isFieldError(fromJson(b, value, settings)));
  if (other.kind === 'text') {
    const span = lengthsOf(a);
    return (
      span !== undefined &&
      span.min >= (other.min ?? (b.required ? 1 : 0)) &&
      span.max <= (other.max ?? (other.multiline === true ? limits.multilineText : limits.text))
    );
  }
  if (other.kind === 'json' && other.shape !== undefined)
    return one.kind === 'json' && JSON.stringify(plainShape(one.shape ?? true)) === JSON.stringify(plainShape(other.shape));
  if (other.kind === 'json') return one.kind === 'json' || (one.kind !== 'list' && (lengthsOf(a)?.max ?? 0) * 2 < limits.jsonCharacters);
  if ((one.kind === 'integer' || one.kind === 'duration') && (other.kind === 'integer' || other.kind === 'duration'))
    return (one.min ?? -limits.whole) >= (other.min ?? -limits.whole) && (one.max ?? limits.whole) <= (other.max ?? limits.whole);
  if ((one.kind === 'decimal' || one.kind === 'quantity') && (other.kind === 'decimal' || other.kind === 'quantity'))
    return one.scale <= other.scale && within(one, other, one.scale, other.scale);
  if (one.kind === 'money' && other.kind === 'money') return within(one, other, settings.currency.digits, settings.currency.digits);
  if (one.kind === 'date' && other.kind === 'date')
    return (one.min ?? '0001-01-01') >= (other.min ?? '0001-01-01') && (one.max ?? '9999-12-31') <= (other.max ?? '9999-12-31');
  return one.kind === other.kind && ['email', 'url', 'instant', 'reference', 'boolean'].includes(one.kind);
}

type Bounded = { readonly min?: string; readonly max?: string };
/** Bounds of decimal text at two scales, as whole numbers of the finer one. */
function within(one: Bounded, other: Bounded, scale: number, finer: number): boolean {
  const factor = 10n ** BigInt(finer - scale);
  const low = BigInt(scaled(one.min ?? '', scale) ?? -limits.whole) * factor;
  const high = BigInt(scaled(one.max ?? '', scale) ?? limits.whole) * factor;
  return low >= BigInt(scaled(other.min ?? '', finer) ?? -limits.whole) && high <= BigInt(scaled(other.max ?? '', finer) ?? limits.whole);
}

/** All values of a type that has only a few; undefined where there are many. */
function finite(type: FieldType, settings: ValueSettings): readonly Json[] | undefined {
  if (type.kind === 'boolean') return [true, false];
  if (type.kind === 'choice') return type.choices.map((choice) => choice.name);
  if (type.kind === 'integer' || type.kind === 'duration') {
    const [min, max] = [type.min ?? -limits.whole, type.max ?? limits.whole];
    return max - min > 1_000 ? undefined : Array.from({ length: max - min + 1 }, (_, at) => min + at);
  }
  if (type.kind === 'date') {
    const [min, max] = [daysOf(type.min ?? '0001-01-01') ?? 0, daysOf(type.max ?? '9999-12-31') ?? 0];
    return max - min > 1_000 ? undefined : Array.from({ length: max - min + 1 }, (_, at) => dateOf(min + at));
  }
  if (type.kind === 'decimal' || type.kind === 'quantity') return finiteTexts(type, type.scale);
  if (type.kind === 'money')
    return finiteTexts(type, settings.currency.digits)?.map((amount) => ({ amount, currency: settings.currency.code }));
  return undefined;
}

/** Every way to write every number between the bounds. */
function finiteTexts(type: Bounded, scale: number): readonly string[] | undefined {
  const low = scaled(type.min ?? '', scale);
  const high = scaled(type.max ?? '', scale);
  if (low === undefined || high === undefined || high - low > 200) return undefined;
  const texts = new Set<string>();
  for (let value = low; value <= high; value++) {
    for (let digits = 0; digits <= scale; digits++) {
      if (value % 10 ** (scale - digits) !== 0) continue;
      const size = String(Math.abs(value) / 10 ** (scale - digits)).padStart(digits + 1, '0');
      const text = digits === 0 ? size : `${size.slice(0, -digits)}.${size.slice(-digits)}`;
      if (value >= 0) texts.add(text);
      if (value <= 0) texts.add(`-${text}`);
    }
  }
  return [...texts];
}

/** Characters of the shortest and longest text of a type; undefined where values are no text. */
function lengthsOf(field: Field): { readonly min: number; readonly max: number } | undefined {
  const { type } = field;
  switch (type.kind) {
    case 'text':
      return { min: type.min ?? (field.required ? 1 : 0), max: type.max ?? (type.multiline === true ? limits.multilineText : limits.text) };
    case 'email':
      return { min: 5, max: limits.email };
    case 'url':
      return { min: 8, max: limits.url };
    case 'date':
      return { min: 10, max: 10 };
    case 'instant':
      return { min: 20, max: 29 };
    case 'reference':
      return { min: 36, max: 36 };
    case 'decimal':
    case 'quantity':
      return { min: 1, max: 18 + (type.scale > 0 ? 1 : 0) };
    case 'choice': {
      const lengths = type.choices.map((choice) => characters(choice.name));
      return { min: Math.min(...lengths), max: Math.max(...lengths) };
    }
    default:
      return undefined;
  }
}
