/**
 * Look-ups over the components of one generation: by key, entities by id, what governs an entity, what leans on it. That of a
 * candidate is laid over that of its base and holds the differences alone, so that it does not grow with the system.
 */
import type { PermanentId } from '#kernel';
import { type ComponentKey, componentKey, pairsByPath, type ReadComponent } from '#model';
import type { GateInput, Reading } from './gate.ts';
import { leansOn } from './leans-on.ts';

export interface SystemIndex {
  readonly depth: number;
  component(key: ComponentKey): ReadComponent | undefined;
  entity(id: PermanentId): ReadComponent | undefined;
  operation(id: PermanentId): ReadComponent | undefined;
  /** Rules and workflows on an entity, and operations that alone may make one of its state changes. */
  governing(entity: PermanentId): readonly ReadComponent[];
  /** Components that speak of an entity, or call an operation. */
  dependants(of: PermanentId): readonly ReadComponent[];
}

const indexes = new WeakMap<Reading, SystemIndex>();
/** Layers above this many are made one. */
const DEEPEST = 16;

export function indexOf(input: GateInput): SystemIndex {
  const known = indexes.get(input.reading);
  if (known !== undefined) return known;
  const made = indexOver(input.reading.components);
  indexes.set(input.reading, made);
  return made;
}

/** Lays the candidate's index over that of its base. */
export function layIndex(candidate: GateInput, base: GateInput): void {
  if (indexes.has(candidate.reading)) return;
  const below = indexOf(base);
  if (below.depth >= DEEPEST) return;
  const differing = pairsByPath(base.reading.components, candidate.reading.components);
  const gone = new Set(differing.flatMap(([from]) => from ?? []));
  const above = indexOver(differing.flatMap(([, to]) => to ?? []));
  const both = (from: readonly ReadComponent[], to: readonly ReadComponent[]): readonly ReadComponent[] =>
    from.some((component) => gone.has(component))
      ? [...from.filter((component) => !gone.has(component)), ...to]
      : to.length === 0
        ? from
        : [...from, ...to];
  const one = (from: ReadComponent | undefined, to: ReadComponent | undefined): ReadComponent | undefined =>
    to ?? (from === undefined || gone.has(from) ? undefined : from);
  indexes.set(candidate.reading, {
    depth: below.depth + 1,
    component: (key) => one(below.component(key), above.component(key)),
    entity: (id) => one(below.entity(id), above.entity(id)),
    operation: (id) => one(below.operation(id), above.operation(id)),
    governing: (id) => both(below.governing(id), above.governing(id)),
    dependants: (id) => both(below.dependants(id), above.dependants(id)),
  });
}

function indexOver(components: readonly ReadComponent[]): SystemIndex {
  const byKey = new Map<ComponentKey, ReadComponent>();
  const entities = new Map<PermanentId, ReadComponent>();
  const operations = new Map<PermanentId, ReadComponent>();
  const governing = new Map<PermanentId, ReadComponent[]>();
  const dependants = new Map<PermanentId, ReadComponent[]>();
  const add = (to: Map<PermanentId, ReadComponent[]>, id: PermanentId, component: ReadComponent): void => {
    const list = to.get(id);
    if (list === undefined) to.set(id, [component]);
    else list.push(component);
  };
  for (const component of components) {
    const { contract } = component;
    byKey.set(componentKey(component.kind, component.name), component);
    if (contract.kind === 'entity') entities.set(contract.id, component);
    if (contract.kind === 'operation') operations.set(contract.id, component);
    if (contract.kind === 'rule' || contract.kind === 'workflow') add(governing, contract.on, component);
    if (contract.kind === 'operation' && contract.on !== undefined && contract.transition !== undefined)
      add(governing, contract.on, component);
    for (const id of leansOn(contract)) add(dependants, id, component);
  }
  return {
    depth: 0,
    component: (key) => byKey.get(key),
    entity: (id) => entities.get(id),
    operation: (id) => operations.get(id),
    governing: (id) => governing.get(id) ?? [],
    dependants: (id) => dependants.get(id) ?? [],
  };
}
