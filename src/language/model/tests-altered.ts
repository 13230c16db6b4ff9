/**
 * Earlier examples and properties that are not there any more as they were, as a scope names them: `entity/order#its name`. Tests of a
 * component that is gone went with it. What is added is none of it. Pure.
 */
import type { Contract } from '#kernel';
import { componentKey, testPathOf } from './paths.ts';
import type { Example, Property, ReadTests } from './reading.ts';

export interface Tested {
  readonly components: readonly { readonly path: string; readonly contract: Contract }[];
  readonly tests: readonly ReadTests[];
}

export function testsAltered(was: Tested, now: Tested): readonly string[] {
  const next = new Map(now.tests.map((tests) => [tests.path, tests]));
  const old = new Map(was.tests.map((tests) => [tests.path, tests]));
  const paths = new Map(now.components.map(({ path, contract }) => [contract.id, testPathOf(path)]));
  return was.components.flatMap(({ path, contract }) => {
    const before = old.get(testPathOf(path));
    const there = paths.get(contract.id);
    if (before === undefined || there === undefined) return [];
    const after = next.get(there);
    if (after === before) return [];
    const kept = new Set([...(after?.examples ?? []).map(exampleSays), ...(after?.properties ?? []).map(propertySays)]);
    const key = componentKey(contract.kind, contract.name);
    return [
      ...before.examples.filter((example) => !kept.has(exampleSays(example))),
      ...before.properties.filter((property) => !kept.has(propertySays(property))),
    ].map(({ name }) => `${key}#${name}`);
  });
}

/** All that they state, and not for which change they were written. */
const exampleSays = ({ name, steps, open }: Example): string => JSON.stringify(['example', name, open === true, steps]);
const propertySays = ({ name, on, holds, relation }: Property): string => JSON.stringify(['property', name, on, holds, relation ?? null]);
