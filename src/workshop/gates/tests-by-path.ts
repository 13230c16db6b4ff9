/** The test files of a generation by their paths. */
import type { ReadTests } from '#model';
import type { GateInput } from './gate.ts';

const made = new WeakMap<object, ReadonlyMap<string, ReadTests>>();
export function testsByPath(input: GateInput): ReadonlyMap<string, ReadTests> {
  const known = made.get(input.reading);
  if (known !== undefined) return known;
  const byPath = new Map(input.reading.tests.map((tests) => [tests.path, tests]));
  made.set(input.reading, byPath);
  return byPath;
}
