/**
 * Runs of a body with inputs that nobody thought of. They start from the examples that reach it, so that there are rows to act on;
 * whatever the input, it answers or refuses, and never breaks.
 */
import fc from 'fast-check';
import type { BodyContract, Field, JsonObject, Json, PermanentId } from '#kernel';
import type { Example, ExampleStep, SystemModel } from '#model';
import { bareExample } from './bare-example.ts';
import { nobody } from './calm-value.ts';
import { runs } from './hostile-inputs.ts';

const VARIANTS = 24;

export interface GeneratedCall {
  readonly example: Example;
  readonly input: Json;
}

/** Examples that end with a generated run of the body; where no example reaches it, with rows made of its contract. None where these cannot be made. */
export function generatedCalls(
  model: SystemModel,
  contract: BodyContract,
  examples: readonly Example[],
  seed: number,
): readonly GeneratedCall[] {
  const written = examples.filter((example) => example.steps.some((step) => runs(step, contract))).slice(0, 4);
  const bare = written.length === 0 ? bareExample(model, contract) : undefined;
  const starts = bare === undefined ? written : [bare];
  return starts.flatMap((example, at) => {
    const place = example.steps.findIndex((step) => runs(step, contract));
    const step = example.steps[place];
    if (step === undefined) return [];
    const before = example.steps.slice(0, place);
    const variants = variantsOf(model, contract, before, step);
    return fc
      .sample(variants, { seed: seed + at, numRuns: Math.ceil(VARIANTS / starts.length) })
      .map(({ steps, input }): GeneratedCall => ({ input, example: { name: `${contract.name} with a generated input`, steps } }));
  });
}

interface Variant {
  readonly steps: readonly ExampleStep[];
  readonly input: Json;
}
/** An operation with other inputs; a reaction for another row or other data of its event; a job for another instant. */
function variantsOf(model: SystemModel, contract: BodyContract, before: readonly ExampleStep[], step: ExampleStep): fc.Arbitrary<Variant> {
  const rows = rowsMade(model, before);
  if ('call' in step && contract.kind === 'operation') {
    const { as: _as, then: _then, ...plain } = step;
    return inputOf(contract.input, rows).map((input) => ({ input, steps: [...before, { ...plain, with: input }] }));
  }
  if ('run' in step) {
    const { then: _then, ...plain } = step;
    return fc
      .integer({ min: 0, max: 4 * 366 * 1_440 })
      .map((minutes) => new Date(Date.UTC(2025, 0, 1) + minutes * 60_000).toISOString())
      .map((at) => ({ input: at, steps: [...before, { ...plain, at }] }));
  }
  if (!('react' in step)) return fc.constant({ steps: [...before, step], input: null });
  const { then: _then, ...plain } = step;
  if (step.on === undefined)
    return (fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>).map((data) => ({
      input: data,
      steps: [...before, { ...plain, with: data }],
    }));
  const making = before.findIndex((each) => 'create' in each && each.as === step.on);
  const made = before[making];
  const entity = made !== undefined && 'create' in made ? model.entities.find((each) => each.name === made.create) : undefined;
  if (made === undefined || !('create' in made) || entity === undefined) return fc.constant({ steps: [...before, plain], input: step.on });
  const earlier = rowsMade(model, before.slice(0, making));
  const open = entity.fields.filter((field) => field.derived === undefined && !(field.unique && Object.hasOwn(made.with, field.name)));
  return inputOf(open, earlier).map((values) => {
    const { then: _told, ...plainly } = made;
    const row = { ...made.with, ...values };
    return { input: row, steps: [...before.slice(0, making), { ...plainly, with: row }, ...before.slice(making + 1), plain] };
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
