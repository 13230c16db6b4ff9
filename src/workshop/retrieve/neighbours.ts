/** Which components lean on which, by their contracts: references, rules, capabilities, events, views. The first signal of what else matters. */
import { type Contract, hasBody, type PermanentId } from '#kernel';
import { componentKey, contractsOf, type SystemModel } from '#model';

/** Both ways; a pair that leans on each other in several ways is tied more strongly. */
export type Ties = ReadonlyMap<string, ReadonlyMap<string, number>>;

export function tiesOf(model: SystemModel): Ties {
  const ties = new Map<string, Map<string, number>>();
  const keys = new Map<PermanentId, string>();
  for (const contract of contractsOf(model)) {
    const key = keyOf(contract);
    keys.set(contract.id, key);
    ties.set(key, new Map());
    if (contract.kind === 'entity') for (const { type } of contract.fields) if (type.kind === 'list') keys.set(type.itemId, key);
  }
  const tie = (one: string | undefined, other: string | undefined, strength: number): void => {
    if (one === undefined || other === undefined || one === other) return;
    for (const [from, to] of [
      [one, other],
      [other, one],
    ] as const)
      ties.get(from)?.set(to, (ties.get(from)?.get(to) ?? 0) + strength);
  };
  const emitted = new Map<string, string[]>();
  for (const contract of contractsOf(model)) {
    const key = keyOf(contract);
    for (const id of idsOf(contract)) tie(key, keys.get(id), 1);
    if (!hasBody(contract)) continue;
    for (const capability of contract.capabilities)
      if (capability.kind === 'emit') emitted.set(capability.event, [...(emitted.get(capability.event) ?? []), key]);
  }
  for (const { on, name } of model.reactions)
    if ('event' in on) for (const key of emitted.get(on.event) ?? []) tie(key, componentKey('reaction', name), 1);
  return ties;
}

const keyOf = (contract: Contract): string => componentKey(contract.kind, contract.name);
/** Every id of something else that a contract holds, wherever it stands: of entities, lists, operations. */
function idsOf(contract: Contract): ReadonlySet<PermanentId> {
  const found = new Set<PermanentId>();
  const visit = (value: unknown): void => {
    if (typeof value === 'string') {
      if (/^[a-z]+_\w+$/.test(value) && value !== contract.id) found.add(value as PermanentId);
    } else if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(visit);
  };
  visit(contract);
  return found;
}
