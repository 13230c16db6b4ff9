/** What two generations promise differently, member by member: fields, choices and columns by their name, the rest by the contract's own words. Pure. */
import { canonicalJson, type Contract, type Json } from '#kernel';
import type { ContractDifference } from '../resources.ts';

export function contractDifferences(before: readonly Contract[], after: readonly Contract[]): readonly ContractDifference[] {
  const old = byKey(before);
  const now = byKey(after);
  const keys = [...new Set([...old.keys(), ...now.keys()])].sort();
  return keys.flatMap((component): readonly ContractDifference[] => {
    const was = old.get(component);
    const is = now.get(component);
    if (was !== undefined && is !== undefined) return memberDifferences(component, was, is);
    return [{ component, member: '', kind: was === undefined ? 'added' : 'removed', before: asJson(was), after: asJson(is) }];
  });
}

const byKey = (contracts: readonly Contract[]): ReadonlyMap<string, Contract> =>
  new Map(contracts.map((contract) => [`${contract.kind}/${contract.name}`, contract]));

function memberDifferences(component: string, before: Contract, after: Contract): readonly ContractDifference[] {
  const old = membersOf(before);
  const now = membersOf(after);
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((member): readonly ContractDifference[] => {
    const was = old.get(member);
    const is = now.get(member);
    if (was !== undefined && is !== undefined && canonicalJson(was) === canonicalJson(is)) return [];
    return [
      {
        component,
        member,
        kind: was === undefined ? 'added' : is === undefined ? 'removed' : 'changed',
        before: was ?? null,
        after: is ?? null,
      },
    ];
  });
}

/** `field/total`, `column/count`, `invariant/x`; the order of fields is a member too, so that nothing that differs is hidden. */
function membersOf(contract: Contract): ReadonlyMap<string, Json> {
  const members = new Map<string, Json>();
  for (const [name, value] of Object.entries(contract)) {
    const word = lists[name];
    if (value === undefined) continue;
    if (word === undefined || !Array.isArray(value)) members.set(name, asJson(value));
    else for (const item of value as readonly { readonly name: string }[]) members.set(`${word}/${item.name}`, asJson(item));
  }
  return members;
}
const lists: { readonly [member: string]: string | undefined } = {
  fields: 'field',
  retired: 'retired',
  invariants: 'invariant',
  columns: 'column',
  input: 'input',
  ensures: 'ensures',
};
const asJson = (value: unknown): Json => (value === undefined ? null : (value as Json));
