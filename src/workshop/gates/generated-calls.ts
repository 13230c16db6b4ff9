/**
 * Calls of an operation with inputs that nobody thought of. They start from the examples that call it, so that there are rows
 * to act on; whatever the input, the operation answers or refuses, and never breaks.
 */
import fc from 'fast-check';
import type { Field, JsonObject, Json, OperationContract, PermanentId } from '#kernel';
import type { Example, ExampleStep, SystemModel } from '#model';

const VARIANTS = 24;

export interface GeneratedCall {
  readonly example: Example;
  readonly input: Json;
}

/** Examples that end with a generated call; none where no example calls the operation. */
export function generatedCalls(
  model: SystemModel,
  operation: OperationContract,
  examples: readonly Example[],
  seed: number,
): readonly GeneratedCall[] {
  const calling = examples.filter((example) => example.steps.some((step) => 'call' in step && step.call === operation.name)).slice(0, 4);
  return calling.flatMap((example, at) => {
    const place = example.steps.findIndex((step) => 'call' in step && step.call === operation.name);
    const call = example.steps[place];
    if (call === undefined || !('call' in call)) return [];
    const before = example.steps.slice(0, place);
    const rows = rowsMade(model, before);
    const inputs = fc.sample(inputOf(operation.input, rows), { seed: seed + at, numRuns: Math.ceil(VARIANTS / calling.length) });
    return inputs.map((input): GeneratedCall => {
      const { as: _as, then: _then, ...plain } = call;
      return { input, example: { name: `${operation.name} with a generated input`, steps: [...before, { ...plain, with: input }] } };
    });
  });
}

/** Names of rows that steps have made, by entity. */
function rowsMade(model: SystemModel, steps: readonly ExampleStep[]): ReadonlyMap<PermanentId, readonly string[]> {
  const rows = new Map<PermanentId, string[]>();
  for (const step of steps) {
    if (!('create' in step) || step.as === undefined) continue;
    const entity = model.entities.find((each) => each.name === step.create);
    if (entity !== undefined) rows.set(entity.id, [...(rows.get(entity.id) ?? []), step.as]);
  }
  for (const entity of model.entities) if (!rows.has(entity.id)) rows.set(entity.id, []);
  return rows;
}

function inputOf(fields: readonly Field[], rows: ReadonlyMap<PermanentId, readonly string[]>): fc.Arbitrary<JsonObject> {
  return fc.record(Object.fromEntries(fields.map((field) => [field.name, literalOf(field, rows)])), {
    requiredKeys: fields.filter((field) => field.required).map((field) => field.name),
  }) as fc.Arbitrary<JsonObject>;
}

/** Values as examples write them: inside the bounds of the field, often at their edges. */
function literalOf(field: Field, rows: ReadonlyMap<PermanentId, readonly string[]>): fc.Arbitrary<Json> {
  const { type } = field;
  const whole = (min: number, max: number): fc.Arbitrary<number> =>
    fc.oneof(fc.integer({ min, max }), fc.constantFrom(min, max, ...[0, 1, 2, 1_000_000].filter((value) => value >= min && value <= max)));
  const text = (min: string | undefined, max: string | undefined, scale: number): fc.Arbitrary<string> =>
    whole(Math.ceil(Number(min ?? '0') * 10 ** scale), Math.floor(Number(max ?? '1000000') * 10 ** scale)).map((value) =>
      (value / 10 ** scale).toFixed(scale),
    );
  switch (type.kind) {
    case 'integer':
      return whole(type.min ?? -1_000_000, type.max ?? 1_000_000);
    case 'duration':
      return whole(type.min ?? 0, type.max ?? 1e9);
    case 'money':
      return text(type.min, type.max, 2);
    case 'decimal':
    case 'quantity':
      return text(type.min, type.max, type.scale);
    case 'boolean':
      return fc.boolean();
    case 'date':
      return fc.integer({ min: 0, max: 800 }).map((days) => new Date(Date.UTC(2025, 0, 1 + days)).toISOString().slice(0, 10));
    case 'instant':
      return fc.integer({ min: 0, max: 800 }).map((days) => new Date(Date.UTC(2025, 0, 1 + days)).toISOString());
    case 'choice':
      return fc.constantFrom(...type.choices.map((choice) => choice.name));
    case 'reference': {
      const known = rows.get(type.to) ?? [];
      const nobody = '01900000-0000-7000-8000-000000000000';
      return known.length === 0
        ? fc.constant(nobody)
        : fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: fc.constant(nobody) });
    }
    case 'list':
      return fc.array(inputOf(type.fields, rows), { minLength: field.required ? 1 : 0, maxLength: 4 });
    case 'email':
      return fc.constantFrom('ada@example.org', 'a.b+c@example.co.uk');
    case 'url':
      return fc.constantFrom('https://example.org', 'http://example.org/a?b=c');
    case 'text':
      return fc
        .string({ minLength: Math.max(1, type.min ?? 1), maxLength: Math.min(type.max ?? 40, 40), unit: 'grapheme' })
        .filter((value) => value.isWellFormed() && !/\p{Cc}/u.test(value));
    case 'json':
      return fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>;
  }
}

/** What an operation that breaks is told from by: it threw, or did not come to an end, or answered what it does not promise. */
export const brokeWith = (actual: Json | undefined): string | undefined => {
  if (typeof actual !== 'object' || actual === null || Array.isArray(actual)) return undefined;
  const { refused, why } = actual as { readonly [name: string]: Json };
  return refused === 'component-failed' || refused === 'deadline' ? String(why ?? refused) : undefined;
};
