/**
 * The risk that a candidate shows by what it does, whatever its author says of it: by the same rule by which the kernel admits. A change
 * that turns out graver than it was understood waits for whom the policy names, and is not turned away for a wrong word.
 */
import { leastRisk, newCapabilities, type RiskClass } from '#kernel';
import { compareContracts, settingsChange } from '#model';
import { changedComponents } from './differences.ts';
import type { GateInput } from './gate.ts';

export function riskShown(candidate: GateInput, base: GateInput): RiskClass {
  const changed = changedComponents(candidate, base).filter(({ source, contract }) => source || contract);
  const contracts = compareContracts(
    changed.flatMap(({ old }) => old?.contract ?? []),
    changed.flatMap(({ next }) => next?.contract ?? []),
  );
  return leastRisk({
    settingsChanged:
      candidate.generation.settings === base.generation.settings ? 'no' : settingsChange(base.reading.settings, candidate.reading.settings),
    changedComponents: changed.map(({ key }) => key),
    newCapabilities: changed.flatMap(({ key, old, next }) =>
      newCapabilities(old?.contract, next?.contract).map((grant) => `${key}: ${grant}`),
    ),
    incompatible: contracts.flatMap(({ compatible, member }) => (compatible ? [] : [member])),
  });
}
