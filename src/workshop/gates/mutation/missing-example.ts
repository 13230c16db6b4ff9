/**
 * The example that is missing, written out: rows that have the fields which nothing shows, as whoever wrote the change can put them into the tests. It is offered
 * only where it holds. It shows what the system does now; whether that was asked, its reader sees.
 */
import type { EntityContract } from '#kernel';
import { componentKey, type Example, printExample, testPathOf } from '#model';
import { exampleOfFields } from '../bare-example.ts';
import { asJson, type Engines, type GateInput } from '../gate.ts';
import { sliceOf } from '../reach.ts';
import { indexOf } from '../system-index.ts';

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
  const key = componentKey('entity', entity.name);
  const path = indexOf(input).component(key)?.path;
  if (path === undefined) return undefined;
  const slice = sliceOf(input, [key]);
  const tried = (['at-all', 'at-what-is-given', 'at-nothing'] as const).flatMap(
    (looks) => exampleOfFields(slice.model, entity, fields, looks) ?? [],
  );
  if (tried.length === 0) return undefined;
  const results = await engines.memory.run(asJson({ ...slice, settings: input.reading.settings }), asJson(tried));
  const example = tried.find((_, at) => results[at]?.passed === true);
  return example === undefined ? undefined : { path: testPathOf(path), example };
}

/** As a failure says it. */
export const written = ({ path, example }: MissingExample): string => `for instance in ${path}: ${printExample(example, 0)}`;
