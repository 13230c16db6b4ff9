/**
 * Does a workflow do what a workflow is for? All its states are gone through, with what its guards read and the states of rows beside it:
 * each is come to, none is stuck, stated orders never happen, and wherever a row stood before has a place. A fault is shown by the shortest
 * way to it. The search is bounded; where it ended before its end it says so, and nothing that was not seen counts as passed.
 */
import { canonicalJson, type Contract, type Finding, hasBody, type Json, type PermanentId, type WorkflowContract } from '#kernel';
import { type ReadComponent } from '#model';
import { changedComponents } from './differences.ts';
import { evidenceOf, type Gate, type GateInput } from './gate.ts';
import { sliceOf } from './reach.ts';
import { indexOf } from './system-index.ts';
import { lookAt } from './workflow/look.ts';
import { possibleBy } from './workflow/possible.ts';
import { defaultLimits, type SearchLimits } from './workflow/search.ts';
import type { Surroundings } from './workflow/surroundings.ts';

export interface WorkflowLimits {
  /** Whether a guard can hold: one such question, and all of one workflow. */
  readonly guardMs: number;
  readonly guardsMs: number;
  readonly search: SearchLimits;
}
export const workflowGateWithin =
  ({ guardMs, guardsMs, search }: WorkflowLimits): Gate =>
  async (candidate, base, { solver, signal }) => {
    const seed = Number.parseInt(candidate.generation.id.slice('sha256:'.length, 'sha256:'.length + 8), 16) | 0;
    const looked = workflowsToLookAt(candidate, base);
    if (looked.some(({ transitions }) => transitions.some(({ when }) => when !== undefined))) await solver.warm();
    const found = await Promise.all(
      looked.map((workflow) => {
        const around = surroundingsOf(workflow, candidate);
        const options = { oneMs: guardMs, allMs: guardsMs, seed, ...(signal === undefined ? {} : { signal }) };
        return lookAt(workflow, around, possibleBy(solver, around, options), { around: surroundingsOf(workflow, base) }, search);
      }),
    );
    const findings: Finding[] = found.flat();
    if (findings.length === 0)
      findings.push({ statement: 'No workflow changed, and nothing that one stands on', verdict: 'pass', shownBy: 'checked' });
    return evidenceOf('workflow', 'theseus', [candidate.generation.id, base.generation.id], findings);
  };
/** The solver's own count of effort ends a question first; the clock only where a machine does much else beside. */
export const workflowGate: Gate = workflowGateWithin({ guardMs: 4_000, guardsMs: 8_000, search: defaultLimits });

/** Those that changed, and those whose rows, or the rows that these lean on, or whoever writes them, did; all, where roles did. */
function workflowsToLookAt(candidate: GateInput, base: GateInput): readonly WorkflowContract[] {
  const { workflows } = candidate.reading.model;
  const [now, before] = [candidate, base].map(({ reading }) => canonicalJson(reading.settings.roles as unknown as Json));
  if (workflows.length === 0 || now !== before) return workflows;
  const rows = new Set<PermanentId>();
  for (const { old, next, contract } of changedComponents(candidate, base))
    if (contract) for (const each of [old, next]) for (const id of each === undefined ? [] : rowsOf(each.contract)) rows.add(id);
  const found = new Set<PermanentId>();
  for (const id of rows)
    for (const input of [candidate, base])
      for (const { contract } of indexOf(input).dependants(id)) {
        if (contract.kind === 'entity') rows.add(contract.id);
        if (contract.kind !== 'workflow') continue;
        found.add(contract.id);
        rows.add(contract.on);
      }
  return workflows.filter(({ id }) => found.has(id));
}
/** The rows that a contract is of, or that it writes. */
function rowsOf(contract: Contract): readonly PermanentId[] {
  if (contract.kind === 'entity') return [contract.id];
  if (contract.kind === 'workflow') return [contract.on];
  return hasBody(contract)
    ? contract.capabilities.flatMap((held) =>
        held.kind === 'data' && held.access.some((access) => access !== 'read') ? [held.entity] : [],
      )
    : [];
}

/** What it stands among in one generation: the rows that it and they lean on, and whoever writes those. */
function surroundingsOf({ on, name }: WorkflowContract, input: GateInput): Surroundings {
  const index = indexOf(input);
  const entity = index.entity(on);
  const { model } = sliceOf(input, [`workflow/${name}`, ...(entity === undefined ? [] : [`entity/${entity.name}` as const])]);
  const bodies = new Set<ReadComponent>(model.entities.flatMap(({ id }) => index.dependants(id)));
  return {
    currencyDigits: input.reading.settings.currency.digits,
    entities: model.entities,
    workflows: model.workflows,
    roles: input.reading.settings.roles,
    bodies: [...bodies].flatMap(({ contract }) => (hasBody(contract) ? [contract] : [])),
  };
}
