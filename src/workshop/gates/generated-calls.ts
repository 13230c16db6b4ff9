/**
 * Runs of a body with inputs that nobody thought of. They start from the examples that reach it, so that there are rows to act on;
 * whatever the input, it answers or refuses, and never breaks.
 */
import fc from 'fast-check';
import type { BodyContract, Json } from '#kernel';
import { type Example, type ExampleStep, isGoverned, type SystemModel } from '#model';
import { bareExample } from './bare-example.ts';
import type { Edges } from './edges.ts';
import { inputOf, rowsMade } from './generated-values.ts';
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
  edges: Edges,
): readonly GeneratedCall[] {
  const written = examples.filter((example) => example.open !== true && example.steps.some((step) => runs(step, contract))).slice(0, 4);
  const bare = written.length === 0 ? bareExample(model, contract) : undefined;
  const starts = bare === undefined ? written : [bare];
  return starts.flatMap((example, at) => {
    const place = example.steps.findIndex((step) => runs(step, contract));
    const step = example.steps[place];
    if (step === undefined) return [];
    const before = example.steps.slice(0, place);
    const variants = variantsOf(model, contract, before, step, edges);
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
function variantsOf(
  model: SystemModel,
  contract: BodyContract,
  before: readonly ExampleStep[],
  step: ExampleStep,
  edges: Edges,
): fc.Arbitrary<Variant> {
  const rows = rowsMade(model, before);
  if ('call' in step && contract.kind === 'operation') {
    const { as: _as, then: _then, ...plain } = step;
    return inputOf(contract.input, rows, edges).map((input) => ({ input, steps: [...before, { ...plain, with: input }] }));
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
  const open = entity.fields.filter(
    (field) => field.derived === undefined && !isGoverned(model, field) && !(field.unique && Object.hasOwn(made.with, field.name)),
  );
  return inputOf(open, earlier, edges).map((values) => {
    const { then: _told, ...plainly } = made;
    const row = { ...made.with, ...values };
    return { input: row, steps: [...before.slice(0, making), { ...plainly, with: row }, ...before.slice(making + 1), plain] };
  });
}

/** What an operation that breaks is told from by: it threw, or did not come to an end, or answered what it does not promise. */
export const brokeWith = (actual: Json | undefined): string | undefined => {
  if (typeof actual !== 'object' || actual === null || Array.isArray(actual)) return undefined;
  const { refused, why } = actual as { readonly [name: string]: Json };
  return refused === 'component-failed' || refused === 'deadline' ? String(why ?? refused) : undefined;
};
