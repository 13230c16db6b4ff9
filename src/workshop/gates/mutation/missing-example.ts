/**
 * The example that is missing, written out: rows that have the fields which nothing shows, as whoever wrote the change can put them into the tests. It is offered
 * only where it holds. It shows what the system does now; whether that was asked, its reader sees.
 */
import type { Contract, EntityContract } from '#kernel';
import { componentKey, type Example, printExample, type SystemModel, testPathOf } from '#model';
import { exampleOfFields, exampleOfHeld } from '../bare-example.ts';
import { asJson, type Engines, type GateInput } from '../gate.ts';
import { sliceOf } from '../reach.ts';
import { indexOf } from '../system-index.ts';
import type { HeldField } from './declared-mutant.ts';
import type { Survivor } from './survivors.ts';

export interface MissingExample {
  readonly path: string;
  readonly example: Example;
}

export async function missingExample(
  input: GateInput,
  entity: EntityContract,
  fields: readonly string[],
  engines: Pick<Engines, 'memory'>,
): Promise<MissingExample | undefined> {
  const stage = stageOf(input, entity, engines);
  if (stage === undefined) return undefined;
  const tried = (['at-all', 'at-what-is-given', 'at-nothing'] as const).flatMap(
    (looks) => exampleOfFields(stage.model, entity, fields, looks) ?? [],
  );
  if (tried.length === 0) return undefined;
  const passed = await stage.passing(tried);
  const example = tried.find((_, at) => passed[at] === true);
  return example === undefined ? undefined : { path: stage.path, example };
}

/** The same of what rows are held to: of each field what holds by itself. */
export async function missingHeld(
  input: GateInput,
  entity: EntityContract,
  held: readonly HeldField[],
  engines: Pick<Engines, 'memory'>,
): Promise<MissingExample | undefined> {
  const stage = stageOf(input, entity, engines);
  if (stage === undefined) return undefined;
  const fields = [...Map.groupBy(held, ({ field }) => field).values()];
  const alone = fields.flatMap((of) => exampleOfHeld(stage.model, entity, of) ?? []);
  if (alone.length !== fields.length || alone.length === 0) return undefined;
  const sound = await stage.passing(alone);
  const together = exampleOfHeld(stage.model, entity, fields.filter((_, at) => sound[at] === true).flat());
  return together !== undefined && (await stage.passing([together]))[0] === true ? { path: stage.path, example: together } : undefined;
}

interface Stage {
  /** Of the entity's tests. */
  readonly path: string;
  readonly model: SystemModel;
  /** Of each example whether it holds, run in memory. */
  passing(tried: readonly Example[]): Promise<readonly boolean[]>;
}
/** What of the system an example of the entity runs in; absent where the entity has no component. */
function stageOf(input: GateInput, entity: EntityContract, engines: Pick<Engines, 'memory'>): Stage | undefined {
  const key = componentKey('entity', entity.name);
  const path = indexOf(input).component(key)?.path;
  if (path === undefined) return undefined;
  const slice = sliceOf(input, [key]);
  return {
    path: testPathOf(path),
    model: slice.model,
    passing: async (tried) =>
      (await engines.memory.run(asJson({ ...slice, settings: input.reading.settings }), asJson(tried))).map(({ passed }) => passed),
  };
}

/** The examples that would show what is stated and not shown, as a failure says them. */
export async function writtenFor(
  input: GateInput,
  of: Contract,
  unshown: readonly Survivor[],
  engines: Pick<Engines, 'memory'>,
): Promise<readonly string[]> {
  if (of.kind !== 'entity') return [];
  const fields = [...new Set(unshown.flatMap(({ trying: { shown } }) => shown?.field ?? []))];
  const held = unshown.flatMap(({ trying }) => trying.held ?? []);
  const found = [
    ...(fields.length === 0 ? [] : [await missingExample(input, of, fields, engines)]),
    ...(held.length === 0 ? [] : [await missingHeld(input, of, held, engines)]),
  ];
  return found.flatMap((one) => (one === undefined ? [] : [`in ${one.path}: ${printExample(one.example, 0)}`]));
}
