/**
 * Generated values of fields, by fast-check: plain values that the field takes, its edges and constants of the sources among
 * them, since plain chance never meets the exact value that a rule compares with. The only file that loads fast-check.
 */
import fc, { type Arbitrary } from 'fast-check';
import type { Field, FieldType, Json } from '#kernel';
import { dateOf, daysOf, firstInstant, instantText, lastInstant } from './calendar.ts';
import { edgesOf } from './edges.ts';
import { scaled, unscaled } from './fixed-point.ts';
import { fromJson } from './from-json.ts';
import { limits } from './limits.ts';
import { leastOf } from './shape.ts';
import { isBlank, mustBeSeen } from './text.ts';
import type { ValueSettings } from './to-json.ts';
import { isFieldError, type Plain, type PlainValues } from './value.ts';

export interface ArbitraryOptions {
  readonly settings: ValueSettings;
  /** JSON values that stand in the sources: amounts, numbers, dates, labels. Those that a field takes are tried on it. */
  readonly constants?: readonly Json[];
  /** Ids of rows that a reference may name; without any, new ids are made up. */
  readonly references?: (entity: string) => readonly string[];
}

/** JSON of the doors that the field takes; null where it is optional. */
export function jsonArbitrary(field: Field, options: ArbitraryOptions): Arbitrary<Json> {
  const { settings } = options;
  const fits = (value: Json): boolean => !isFieldError(fromJson(field, value, settings));
  const edges = edgesOf(field, settings).filter(
    (value) => value !== null && size(value) < 2_000 && field.type.kind !== 'reference' && field.type.kind !== 'list',
  );
  const special = [...edges, ...constantsFor(field.type, options).filter(fits)];
  const usual = ofType(field, options).filter(fits);
  const there =
    special.length === 0 ? usual : fc.oneof({ weight: 3, arbitrary: usual }, { weight: 2, arbitrary: fc.constantFrom(...special) });
  return field.required ? there : fc.oneof({ weight: 5, arbitrary: there }, { weight: 1, arbitrary: fc.constant(null) });
}
/** The plain form of the same. */
export function plainArbitrary(field: Field, options: ArbitraryOptions): Arbitrary<Plain> {
  return jsonArbitrary(field, options).map((json) => {
    const plain = fromJson(field, json, options.settings);
    return isFieldError(plain) ? null : plain;
  });
}
/** Values of a new row: what is computed is left out, what is optional or has a default sometimes. */
export function valuesArbitrary(fields: readonly Field[], options: ArbitraryOptions): Arbitrary<PlainValues> {
  const own = fields.filter((field) => field.derived === undefined);
  return fc.record(Object.fromEntries(own.map((field) => [field.name, plainArbitrary(field, options)])), {
    requiredKeys: own.filter((field) => field.required && field.default === undefined).map((field) => field.name),
  }) as Arbitrary<PlainValues>;
}

const size = (json: Json): number => JSON.stringify(json).length;

function constantsFor(type: FieldType, { settings, constants = [] }: ArbitraryOptions): readonly Json[] {
  const around = constants.flatMap((value): Json[] =>
    typeof value === 'number' && Number.isInteger(value) ? [value - 1, value, value + 1] : [value],
  );
  const code = settings.currency.code;
  if (type.kind !== 'money') return type.kind === 'list' ? [] : around;
  const { digits } = settings.currency;
  return around.flatMap((value) => {
    const amount = typeof value === 'number' ? value * 10 ** digits : typeof value === 'string' ? scaled(value, digits) : undefined;
    return amount === undefined || !Number.isSafeInteger(amount)
      ? []
      : [amount - 1, amount, amount + 1].map((each) => ({ amount: unscaled(each, digits), currency: code }));
  });
}

function ofType(field: Field, options: ArbitraryOptions): Arbitrary<Json> {
  const { type } = field;
  const { settings } = options;
  switch (type.kind) {
    case 'text':
      return fc
        .string({
          unit: 'grapheme',
          minLength: type.min ?? (field.required ? 1 : 0),
          maxLength: Math.min(type.max ?? 40, Math.max(40, type.min ?? 0)),
        })
        .filter((text) => !mustBeSeen(field) || !isBlank(text));
    case 'email':
      return fc.emailAddress();
    case 'url':
      return fc.webUrl();
    case 'integer':
    case 'duration':
      return whole(type.min ?? -limits.whole, type.max ?? limits.whole);
    case 'decimal':
    case 'quantity':
      return scaledText(type.min, type.max, type.scale);
    case 'money':
      return scaledText(type.min, type.max, settings.currency.digits).map((amount) => ({ amount, currency: settings.currency.code }));
    case 'boolean':
      return fc.boolean();
    case 'date':
      return whole(daysOf(type.min ?? '0001-01-01') ?? 0, daysOf(type.max ?? '9999-12-31') ?? 0, [20_000, 21_000]).map(dateOf);
    case 'instant':
      return whole(firstInstant, lastInstant, [1_700_000_000_000, 1_900_000_000_000]).map(instantText);
    case 'choice':
      return fc.constantFrom(...type.choices.map((choice) => choice.name));
    case 'reference': {
      const known = options.references?.(type.to) ?? [];
      return known.length > 0 ? fc.constantFrom(...known) : fc.uuid({ version: 7 });
    }
    case 'list':
      return fc.array(item(type.fields, options), { minLength: field.required ? 1 : 0, maxLength: 4 });
    case 'json':
      if (type.shape !== undefined) return fc.constant(leastOf(type.shape));
      return fc.jsonValue({ maxDepth: 3 }) as Arbitrary<Json>;
  }
}

function item(fields: readonly Field[], options: ArbitraryOptions): Arbitrary<Json> {
  const own = fields.filter((field) => field.derived === undefined);
  return fc.record(Object.fromEntries(own.map((field) => [field.name, jsonArbitrary(field, options)]))) as Arbitrary<Json>;
}

/** Small numbers are likelier than large ones: real systems hold them. */
function whole(min: number, max: number, usual: readonly [number, number] = [-100, 10_000]): Arbitrary<number> {
  const low = Math.max(min, usual[0]);
  const high = Math.min(max, usual[1]);
  const all = fc.integer({ min, max });
  return low <= high ? fc.oneof({ weight: 4, arbitrary: fc.integer({ min: low, max: high }) }, { weight: 1, arbitrary: all }) : all;
}
const scaledText = (min: string | undefined, max: string | undefined, scale: number): Arbitrary<string> =>
  whole(scaled(min ?? '', scale) ?? -limits.whole, scaled(max ?? '', scale) ?? limits.whole, [
    -100 * 10 ** scale,
    10_000 * 10 ** scale,
  ]).map((value) => unscaled(value, scale));
