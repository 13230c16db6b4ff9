/**
 * Which components a component or an example leans on. Why: what leans on nothing that changed need not be looked at again,
 * and what must be looked at runs in a slice of the system that does not grow with it.
 */
import type { Contract, EntityContract, Expression, Field, PermanentId } from '#kernel';
import { type ComponentKey, componentKey, type Example, linkModel, type ReadComponent, type ReadTests, type SystemModel } from '#model';
import { nodesOf } from '#rules';
import { componentsOf } from './differences.ts';
import type { GateInput, Reading } from './gate.ts';

const edges = new WeakMap<Contract, ReadonlySet<PermanentId>>();

/** The rows (entities, lists, choice fields aside) that a contract speaks of, its own aside. */
export function leansOn(contract: Contract): ReadonlySet<PermanentId> {
  const known = edges.get(contract);
  if (known !== undefined) return known;
  const found = new Set<PermanentId>();
  const fields = (list: readonly Field[]): void => {
    for (const field of list) {
      if (field.type.kind === 'reference') found.add(field.type.to);
      if (field.type.kind === 'list') fields(field.type.fields);
    }
  };
  if (contract.kind === 'entity') fields(contract.fields);
  else if (contract.kind === 'operation') {
    fields(contract.input);
    if (contract.on !== undefined) found.add(contract.on);
    if (contract.output !== null && 'row' in contract.output) found.add(contract.output.row);
    for (const capability of contract.capabilities) if (capability.kind === 'data') found.add(capability.entity);
  } else found.add(contract.kind === 'rule' ? contract.on : contract.from);
  for (const expression of expressionsOf(contract)) {
    for (const node of nodesOf(expression.expression)) {
      if (node.node === 'follow') found.add(node.to);
      if (node.node === 'related') found.add(node.entity);
    }
  }
  if (contract.kind === 'entity') found.delete(contract.id);
  edges.set(contract, found);
  return found;
}

export interface PlacedExpression { readonly member: string; readonly expression: Expression; readonly replaced: (by: Expression) => Contract }

/** Every expression of a contract that the system computes with, the member that it stands in, and the contract with another in its place. */
export function expressionsOf(contract: Contract): readonly PlacedExpression[] {
  switch (contract.kind) {
    case 'entity': {
      const put = (at: number, field: Field): EntityContract => ({ ...contract, fields: contract.fields.map((old, index) => (index === at ? field : old)) });
      return [
        ...contract.fields.flatMap((field, index): PlacedExpression[] => {
          const { derived } = field;
          const member = `field/${field.name}`;
          const initial = field.default;
          return [
            ...(initial !== undefined && 'formula' in initial ? [{ member, expression: initial.formula, replaced: (by: Expression) => put(index, { ...field, default: { formula: by } }) }] : []),
            ...(derived === undefined ? [] : [{ member, expression: derived.formula, replaced: (by: Expression) => put(index, { ...field, derived: { ...derived, formula: by } }) }]),
            ...(derived?.mode === 'fixed'
              ? [
                  { member, expression: derived.while, replaced: (by: Expression) => put(index, { ...field, derived: { ...derived, while: by } }) },
                  { member, expression: derived.otherwise, replaced: (by: Expression) => put(index, { ...field, derived: { ...derived, otherwise: by } }) },
                ]
              : []),
          ];
        }),
        ...contract.invariants.map((invariant, at): PlacedExpression => ({
          member: `invariant/${invariant.name}`, expression: invariant.holds,
          replaced: (by) => ({ ...contract, invariants: contract.invariants.map((old, index) => (index === at ? { ...old, holds: by } : old)) }),
        })),
      ];
    }
    case 'rule':
      if (contract.form === 'decision') return [];
      return [
        { member: 'when', expression: contract.when, replaced: (by) => ({ ...contract, when: by }) },
        ...(contract.amount === undefined ? [] : [{ member: 'amount', expression: contract.amount, replaced: (by: Expression) => ({ ...contract, amount: by }) }]),
      ];
    case 'view':
      return [
        ...(contract.where === undefined ? [] : [{ member: 'where', expression: contract.where, replaced: (by: Expression) => ({ ...contract, where: by }) }]),
        ...contract.columns.map((column, at): PlacedExpression => ({
          member: `column/${column.name}`, expression: column.value,
          replaced: (by) => ({ ...contract, columns: contract.columns.map((old, index) => (index === at ? { ...old, value: by } : old)) }),
        })),
      ];
    case 'operation':
      return [];
  }
}

interface Index {
  readonly entities: ReadonlyMap<PermanentId, ReadComponent>;
  /** Approval rules on an entity and operations that alone may make one of its state changes. */
  readonly governing: ReadonlyMap<PermanentId, readonly ReadComponent[]>;
  readonly dependants: ReadonlyMap<PermanentId, readonly ReadComponent[]>;
}
const indexes = new WeakMap<Reading, Index>();
function indexOf(reading: Reading): Index {
  const known = indexes.get(reading);
  if (known !== undefined) return known;
  const entities = new Map<PermanentId, ReadComponent>();
  const governing = new Map<PermanentId, ReadComponent[]>();
  const dependants = new Map<PermanentId, ReadComponent[]>();
  const add = (to: Map<PermanentId, ReadComponent[]>, id: PermanentId, component: ReadComponent): void => {
    const list = to.get(id);
    if (list === undefined) to.set(id, [component]);
    else list.push(component);
  };
  for (const component of reading.components) {
    const { contract } = component;
    if (contract.kind === 'entity') entities.set(contract.id, component);
    if (contract.kind === 'rule') add(governing, contract.on, component);
    if (contract.kind === 'operation' && contract.on !== undefined && contract.transition !== undefined) add(governing, contract.on, component);
    for (const id of leansOn(contract)) add(dependants, id, component);
  }
  const made = { entities, governing, dependants };
  indexes.set(reading, made);
  return made;
}

/** Components that speak of this entity. */
export const dependantsOf = (reading: Reading, entity: PermanentId): readonly ReadComponent[] => indexOf(reading).dependants.get(entity) ?? [];

const named = new WeakMap<Example | ReadTests, ReadonlySet<ComponentKey>>();
/** The components that the steps of an example name. */
export function namedBy(example: Example): ReadonlySet<ComponentKey> {
  const known = named.get(example);
  if (known !== undefined) return known;
  const keys = new Set<ComponentKey>();
  for (const step of example.steps) {
    if ('create' in step) keys.add(`entity/${step.create}`);
    if ('call' in step) keys.add(`operation/${step.call}`);
    if ('show' in step) keys.add(`view/${step.show}`);
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
 * steps make: so an example leans on what it names, on what governs that, and on what its operations and views may reach.
 */
export function alteredBy(changed: Iterable<ComponentKey>, inputs: readonly GateInput[]): ReadonlySet<ComponentKey> {
  const altered = new Set<ComponentKey>(changed);
  for (const input of inputs) {
    const index = indexOf(input.reading);
    for (const key of [...altered]) {
      const contract = componentsOf(input).get(key)?.contract;
      if (contract === undefined) continue;
      const rows = contract.kind === 'entity' ? contract.id : contract.kind === 'rule' ? contract.on : contract.kind === 'operation' && contract.transition !== undefined ? contract.on : undefined;
      if (rows === undefined) continue;
      const entity = index.entities.get(rows);
      if (entity !== undefined) altered.add(componentKey('entity', entity.name));
      for (const dependant of index.dependants.get(rows) ?? []) if (dependant.kind === 'operation' || dependant.kind === 'view') altered.add(componentKey(dependant.kind, dependant.name));
    }
  }
  return altered;
}

/** The part of a system that these components need: their rows, the rows that those refer to, and what governs them. */
export function sliceOf(input: GateInput, keys: Iterable<ComponentKey>): { readonly model: SystemModel; readonly components: readonly ReadComponent[] } {
  const all = componentsOf(input);
  const index = indexOf(input.reading);
  const taken = new Set<ReadComponent>();
  const waiting = [...keys].flatMap((key) => all.get(key) ?? []);
  for (let component = waiting.pop(); component !== undefined; component = waiting.pop()) {
    if (taken.has(component)) continue;
    taken.add(component);
    const { contract } = component;
    for (const id of leansOn(contract)) {
      const entity = index.entities.get(id);
      if (entity !== undefined) waiting.push(entity);
    }
    if (contract.kind === 'entity') waiting.push(...(index.governing.get(contract.id) ?? []));
  }
  const components = input.reading.components.length === taken.size ? input.reading.components : [...taken].sort((a, b) => (a.path < b.path ? -1 : 1));
  return { components, model: linkModel(input.reading.settings, components.map((component) => component.contract)) };
}
