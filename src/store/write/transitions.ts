/** State changes that an operation alone may make: a plain update to that state is refused, and the operation named. Pure. */
import type { PermanentId } from '#kernel';
import { noFaults } from '../invalid.ts';
import type { EntityPlan } from '../prepare/entity-plan.ts';
import type { PlainRow } from '../row.ts';
import type { Complete } from './complete.ts';

/**
 * `by` is the operation that acts, where one does. Of a field that goes by a workflow an operation governs no more than its own moves:
 * the others are the workflow's to decide.
 */
export function transitionFaults(
  plan: EntityPlan,
  before: PlainRow,
  made: Complete,
  by: PermanentId | undefined,
): { readonly [place: string]: string } {
  const faults = noFaults();
  for (const { field, name } of plan.contract.fields.map((field) => ({ field, name: field.name }))) {
    if (field.type.kind !== 'choice' || !made.changed.has(name)) continue;
    const flows = plan.workflows.some((workflow) => workflow.field.id === field.id);
    const from = field.type.choices.find((choice) => choice.name === before[name])?.id;
    const to = field.type.choices.find((choice) => choice.name === made.values[name]);
    const governing = plan.transitions.filter(
      ({ transition }) =>
        transition?.field === field.id && transition.to === to?.id && (!flows || from === undefined || transition.from.includes(from)),
    );
    const first = governing[0];
    if (first === undefined || governing.some((operation) => operation.id === by)) continue;
    faults[name] = `cannot be set to ${to?.name ?? ''} directly: use the operation ${first.name} (${first.http.method} ${first.http.path})`;
  }
  return faults;
}
