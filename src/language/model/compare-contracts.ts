/**
 * What changed between the contracts of two generations, member by member, and whether every caller and stored row seen so
 * far may go on as before. Inputs may grow wider, outputs narrower; what is no longer so is told with a witness.
 */
import { canonicalJson, type ComponentKind, type Contract } from '#kernel';
import type { ValueSettings } from '#schema';
import type { ContractDifference } from './compare/contract-difference.ts';
import { compareEntities } from './compare/entities.ts';
import { compareOperations } from './compare/operations.ts';
import { compareUnasked } from './compare/unasked.ts';
import { compareViews } from './compare/views.ts';
import { compareWorkflows } from './compare/workflows.ts';
import { componentKey } from './paths.ts';

export type { ContractDifference } from './compare/contract-difference.ts';

/** Amounts in witnesses are written in some currency; the decision does not hang on which. */
const euro: ValueSettings = { currency: { code: 'EUR', digits: 2 } };

/** Nobody outside calls these: when one is gone, no caller stands before nothing. */
const uncalled: ReadonlySet<ComponentKind> = new Set(['rule', 'reaction', 'job']);

/** Components are matched by permanent id, so that one with a new name is renamed, not gone. */
export function compareContracts(
  old: readonly Contract[],
  now: readonly Contract[],
  settings: ValueSettings = euro,
): readonly ContractDifference[] {
  const before = new Map(old.map((contract) => [contract.id, contract]));
  const after = new Map(now.map((contract) => [contract.id, contract]));
  const differences: ContractDifference[] = [];
  for (const contract of old) {
    if (!after.has(contract.id))
      differences.push({ member: componentKey(contract.kind, contract.name), change: 'is gone', compatible: uncalled.has(contract.kind) });
  }
  for (const contract of now) {
    const was = before.get(contract.id);
    const key = componentKey(contract.kind, contract.name);
    if (was === undefined) differences.push({ member: key, change: 'is new', compatible: true });
    else if (!equal(was, contract)) differences.push(...between(key, was, contract, settings));
  }
  return differences;
}

function between(key: string, was: Contract, now: Contract, settings: ValueSettings): readonly ContractDifference[] {
  if (was.kind === 'entity' && now.kind === 'entity') return compareEntities(key, was, now, settings);
  if (was.kind === 'operation' && now.kind === 'operation') return compareOperations(key, was, now, settings);
  if (was.kind === 'view' && now.kind === 'view') return compareViews(key, was, now);
  if (was.kind === 'workflow' && now.kind === 'workflow') return compareWorkflows(key, was, now);
  if ((was.kind === 'reaction' || was.kind === 'job') && (now.kind === 'reaction' || now.kind === 'job') && was.kind === now.kind)
    return compareUnasked(key, was, now);
  if (was.kind === 'rule' && now.kind === 'rule')
    return [{ member: key, change: was.name === now.name ? 'decides differently' : `was called ${was.name}`, compatible: true }];
  return [{ member: key, change: `was of kind ${was.kind}`, compatible: false }];
}

/** Most contracts of a large system are equal and written in the same order: that is seen without sorting their members. */
const equal = (was: Contract, now: Contract): boolean =>
  was === now || JSON.stringify(was) === JSON.stringify(now) || canonicalJson(was) === canonicalJson(now);
