/** Components that stand as they are and that altered ones call now and did not before: what a change says outright that it comes to. */
import { type Contract, hasBody, type PermanentId } from '#kernel';
import { componentKey, type ComponentKey } from '../paths.ts';

export function reachedBy(was: readonly Contract[], now: readonly Contract[]): readonly ComponentKey[] {
  const before = new Map(was.map((contract) => [contract.id, contract]));
  const called = (contract: Contract | undefined): ReadonlySet<PermanentId> =>
    new Set(
      contract === undefined || !hasBody(contract)
        ? []
        : contract.capabilities.flatMap((held) => (held.kind === 'call' ? [held.operation] : [])),
    );
  const found = new Set(
    now.flatMap((contract) => {
      const old = before.get(contract.id);
      if (old === contract) return [];
      const known = called(old);
      return [...called(contract)].filter((id) => !known.has(id));
    }),
  );
  return now.flatMap((contract) => (found.has(contract.id) && before.has(contract.id) ? [componentKey(contract.kind, contract.name)] : []));
}
