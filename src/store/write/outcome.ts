/** What is asked of a write before it and after it, of whichever kind it is: what other rows must say, and what is wrong with the row that came of it. Pure. */
import { type ApprovalRule, type PermanentId, type Refusal, refuse } from '#kernel';
import { invalid, noFaults, sentence } from '../invalid.ts';
import type { EntityPlan } from '../prepare/entity-plan.ts';
import type { PlainRow } from '../row.ts';
import { approvalRefusal } from './approvals.ts';
import { brokenPromise } from './broken-promise.ts';
import { valueFault } from './check-value.ts';
import type { Complete } from './complete.ts';
import type { Demands, RowImage, RowWritten } from './rows.ts';

/** What other rows must say: of an update only what it changes. */
export function demandsOf(plan: EntityPlan, made: Complete, before: RowImage | null): Demands {
  const references: { place: string; to: PermanentId; id: string }[] = [];
  const unique: { field: (typeof plan.contract.fields)[number]; value: unknown }[] = [];
  for (const field of plan.contract.fields) {
    if (!made.changed.has(field.name)) continue;
    const value = made.values[field.name];
    if (field.type.kind === 'reference' && typeof value === 'string') references.push({ place: field.name, to: field.type.to, id: value });
    if (field.unique && value !== null && value !== undefined) unique.push({ field, value });
    if (field.type.kind !== 'list') continue;
    const old = new Map(((before?.row[field.name] ?? []) as readonly PlainRow[]).map((item) => [item.id, item]));
    for (const [index, item] of (made.lists.get(field) ?? []).entries()) {
      for (const member of field.type.fields) {
        const id = item.values[member.name];
        if (member.type.kind === 'reference' && typeof id === 'string' && old.get(item.id)?.[member.name] !== id)
          references.push({ place: `${field.name}[${index}].${member.name}`, to: member.type.to, id });
      }
    }
  }
  return { references, unique };
}

/** What is wrong with a row after it was written: other rows, filled defaults, invariants, approvals. */
export function outcomeFault(
  plan: EntityPlan,
  made: Complete,
  written: RowWritten,
  before: RowImage | null,
  { approvals = true }: { readonly approvals?: boolean } = {},
): Refusal | undefined {
  const faults = { ...noFaults(), ...written.faults };
  for (const field of made.fill) {
    const value = written.image.row[field.name] ?? null;
    if (value === null && field.required) faults[field.name] = 'is required, and its default is absent here';
    else if (value !== null) {
      const fault = valueFault(field, value, { digits: 15 });
      if (fault !== undefined && field.type.kind !== 'money') faults[field.name] = fault;
    }
  }
  if (Object.keys(faults).length > 0) return invalid(faults);
  const promise = brokenPromise(plan, made, written.image.broken, before);
  if (promise !== undefined) {
    const { invariant, place } = promise;
    return refuse('invalid', sentence(invariant.message), { fields: { [place]: invariant.message }, invariant: invariant.name });
  }
  if (before === null || !approvals) return undefined;
  for (const approval of written.image.approvals) {
    const missing = stateChanges(plan, approval.rule, made) ? approvalRefusal(plan, approval) : undefined;
    if (missing !== undefined) return missing;
  }
  return undefined;
}

export function stateChanges(plan: EntityPlan, rule: ApprovalRule, made: Complete): boolean {
  const state = plan.contract.fields.find((field) => field.id === rule.before);
  return state !== undefined && made.changed.has(state.name);
}

export function staleRefusal(plan: EntityPlan, row: PlainRow, version: number | undefined): Refusal | undefined {
  if (version === undefined || version === row.version) return undefined;
  return refuse(
    'stale',
    `This ${plan.contract.name} was changed since you read it: you saw version ${version}, now it is ${row.version ?? 0}. Read it again and repeat the change.`,
    { version: row.version ?? 0 },
  );
}
