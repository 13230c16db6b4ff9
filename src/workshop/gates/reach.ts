/**
 * Which components an example or a change reaches. Why: what leans on nothing that changed need not be looked at again, and
 * what must be looked at runs in a slice of the system that does not grow with it.
 */
import { type ComponentKey, componentKey, type Example, linkModel, type ReadComponent, type ReadTests, type SystemModel } from '#model';
import type { GateInput } from './gate.ts';
import { leansOn } from './leans-on.ts';
import { indexOf } from './system-index.ts';

const named = new WeakMap<Example | ReadTests, ReadonlySet<ComponentKey>>();
/** The components that the steps of an example name. */
export function namedBy(example: Example): ReadonlySet<ComponentKey> {
  const known = named.get(example);
  if (known !== undefined) return known;
  const keys = new Set<ComponentKey>();
  for (const step of example.steps) {
    if ('create' in step) keys.add(`entity/${step.create}`);
    if ('find' in step) keys.add(`entity/${step.find}`);
    if ('call' in step) keys.add(`operation/${step.call}`);
    if ('show' in step) keys.add(`view/${step.show}`);
    if ('react' in step) keys.add(`reaction/${step.react}`);
    if ('run' in step) keys.add(`job/${step.run}`);
  }
  named.set(example, keys);
  return keys;
}
export function namedInTests(tests: ReadTests): ReadonlySet<ComponentKey> {
  const known = named.get(tests);
  if (known !== undefined) return known;
  const keys = new Set(tests.examples.flatMap((example) => [...namedBy(example)]));
  for (const property of tests.properties) keys.add(`entity/${property.on}`);
  named.set(tests, keys);
  return keys;
}

/**
 * What an example may name and be altered by these changes. A trial's database holds no rows but those that the example's own
 * steps make: so an example leans on what it names, on what governs that, and on what its views, and what it runs, may reach.
 */
export function alteredBy(changed: Iterable<ComponentKey>, inputs: readonly GateInput[]): ReadonlySet<ComponentKey> {
  const altered = new Set<ComponentKey>(changed);
  for (const input of inputs) {
    const index = indexOf(input);
    const keys = Array.from(altered);
    for (const key of keys) {
      const contract = index.component(key)?.contract;
      if (contract === undefined) continue;
      if (contract.kind === 'operation')
        for (const caller of index.dependants(contract.id)) altered.add(componentKey(caller.kind, caller.name));
      const rows =
        contract.kind === 'entity'
          ? contract.id
          : contract.kind === 'rule' || contract.kind === 'workflow'
            ? contract.on
            : contract.kind === 'operation' && contract.transition !== undefined
              ? contract.on
              : undefined;
      if (rows === undefined) continue;
      const entity = index.entity(rows);
      if (entity !== undefined) altered.add(componentKey('entity', entity.name));
      for (const dependant of index.dependants(rows))
        if (dependant.code !== undefined || dependant.kind === 'view') altered.add(componentKey(dependant.kind, dependant.name));
    }
  }
  return altered;
}

/** The part of a system that these components need: their rows, the rows that those refer to, what governs them, and the operations that they call. */
export function sliceOf(
  input: GateInput,
  keys: Iterable<ComponentKey>,
): { readonly model: SystemModel; readonly components: readonly ReadComponent[] } {
  const index = indexOf(input);
  const taken = new Set<ReadComponent>();
  const waiting = [...keys].flatMap((key) => index.component(key) ?? []);
  for (let component = waiting.pop(); component !== undefined; component = waiting.pop()) {
    if (taken.has(component)) continue;
    taken.add(component);
    const { contract } = component;
    for (const id of leansOn(contract)) {
      const one = index.entity(id) ?? index.operation(id);
      if (one !== undefined) waiting.push(one);
    }
    if (contract.kind === 'entity') waiting.push(...index.governing(contract.id));
  }
  const components =
    input.reading.components.length === taken.size ? input.reading.components : [...taken].sort((a, b) => (a.path < b.path ? -1 : 1));
  return {
    components,
    model: linkModel(
      input.reading.settings,
      components.map((component) => component.contract),
    ),
  };
}
