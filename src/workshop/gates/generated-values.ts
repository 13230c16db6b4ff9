/**
 * Values of fields as examples write them: inside their bounds, often at their edges, at the constants of what computes with them and
 * one unit beside those. Pure.
 */
import fc from 'fast-check';
import type { Field, Json, JsonObject, PermanentId } from '#kernel';
import type { ExampleStep, SystemModel } from '#model';
import { nobody } from './calm-value.ts';
import { daysNear, type Edges, unitsNear } from './edges.ts';

/** Names of rows that steps have made, by entity. */
export function rowsMade(model: SystemModel, steps: readonly ExampleStep[]): ReadonlyMap<PermanentId, readonly string[]> {
  const rows = new Map<PermanentId, string[]>();
  for (const step of steps) {
    if (!('create' in step) || step.as === undefined) continue;
    const entity = model.entities.find((each) => each.name === step.create);
    if (entity !== undefined) rows.set(entity.id, [...(rows.get(entity.id) ?? []), step.as]);
  }
  for (const entity of model.entities) if (!rows.has(entity.id)) rows.set(entity.id, []);
  return rows;
}

export function inputOf(
  fields: readonly Field[],
  rows: ReadonlyMap<PermanentId, readonly string[]>,
  edges: Edges,
  small = false,
): fc.Arbitrary<JsonObject> {
  return fc.record(Object.fromEntries(fields.map((field) => [field.name, literalOf(field, rows, edges, small)])), {
    requiredKeys: fields.filter((field) => field.required).map((field) => field.name),
  }) as fc.Arbitrary<JsonObject>;
}

/** `small`: mostly values of which several fit together, as callers give them. */
export function literalOf(
  field: Field,
  rows: ReadonlyMap<PermanentId, readonly string[]>,
  edges: Edges,
  small = false,
): fc.Arbitrary<Json> {
  const { type } = field;
  const whole = (min: number, max: number, scale: number): fc.Arbitrary<number> => {
    const near = fc.constantFrom(...unitsNear([...edges.numbers, 0, 1, 2, 1_000_000], scale, min, max));
    if (!small) return fc.oneof(fc.integer({ min, max }), near);
    const few = [1, 2, 3, 5].map((value) => value * 10 ** scale).filter((value) => value >= min && value <= max);
    return few.length === 0 ? near : fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...few) }, { weight: 1, arbitrary: near });
  };
  const text = (min: string | undefined, max: string | undefined, scale: number): fc.Arbitrary<string> =>
    whole(Math.ceil(Number(min ?? '0') * 10 ** scale), Math.floor(Number(max ?? '1000000') * 10 ** scale), scale).map((value) =>
      (value / 10 ** scale).toFixed(scale),
    );
  const day = (): fc.Arbitrary<string> =>
    fc.oneof(
      fc
        .integer({ min: 0, max: small ? 30 : 800 })
        .map((days) => new Date(Date.UTC(small ? 2026 : 2025, 0, 1 + days)).toISOString().slice(0, 10)),
      fc.constantFrom(...daysNear(edges.days)),
    );
  switch (type.kind) {
    case 'integer':
      return whole(type.min ?? (small ? 0 : -1_000_000), type.max ?? 1_000_000, 0);
    case 'duration':
      return whole(type.min ?? 0, type.max ?? 1e9, 0);
    case 'money':
      return text(type.min, type.max, 2);
    case 'decimal':
    case 'quantity':
      return text(type.min, type.max, type.scale);
    case 'boolean':
      return fc.boolean();
    case 'date':
      return day().filter((value) => (type.min === undefined || value >= type.min) && (type.max === undefined || value <= type.max));
    case 'instant':
      return fc
        .tuple(day(), fc.constantFrom('T00:00:00.000Z', 'T10:00:00.000Z', 'T22:59:59.999Z', 'T23:59:59.999Z'))
        .map((parts) => parts.join(''));
    case 'choice':
      return fc.constantFrom(...type.choices.map((choice) => choice.name));
    case 'reference': {
      const known = rows.get(type.to) ?? [];
      return known.length === 0
        ? fc.constant(nobody)
        : fc.oneof({ weight: small ? 30 : 8, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: fc.constant(nobody) });
    }
    case 'list':
      return fc.array(inputOf(type.fields, rows, edges, small), { minLength: field.required ? 1 : 0, maxLength: small ? 2 : 4 });
    case 'email':
      return fc.constantFrom('ada@example.org', 'a.b+c@example.co.uk');
    case 'url':
      return fc.constantFrom('https://example.org', 'http://example.org/a?b=c');
    case 'text': {
      const [min, max] = [Math.max(1, type.min ?? 1), Math.min(type.max ?? 40, 40)];
      const fits = [...edges.texts, ...(small ? ['a', 'b', 'c', 'd'] : [])].filter((value) => value.length >= min && value.length <= max);
      const plain = fc
        .string({ minLength: min, maxLength: Math.max(min, max), unit: 'grapheme' })
        .filter((value) => value.isWellFormed() && !/\p{Cc}/u.test(value));
      return fits.length === 0
        ? plain
        : fc.oneof({ weight: small ? 1 : 3, arbitrary: plain }, { weight: small ? 8 : 1, arbitrary: fc.constantFrom(...fits) });
    }
    case 'json':
      return fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>;
  }
}
