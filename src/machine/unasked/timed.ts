/** The transitions of a generation that the clock makes. Pure. */
import type { Field, PermanentId, WorkflowContract, WorkflowTransition } from '#kernel';
import { componentKey, type ComponentKey, lengthMs, type SystemModel } from '#model';
import type { Timer } from '#store/records';

export interface Timed {
  readonly workflow: WorkflowContract;
  readonly transition: WorkflowTransition;
  readonly component: ComponentKey;
  /** How long a row stands in a state before it is moved on. */
  readonly afterMs: number;
  readonly timer: Timer;
}

export const timedIn = (model: SystemModel): readonly Timed[] =>
  model.workflows.flatMap((workflow) =>
    workflow.transitions.flatMap((transition) => {
      const { id, from, after } = transition;
      if (after === undefined) return [];
      const timer = { transition: id, timer: `${from.toSorted().join(' ')} ${after.count} ${after.unit}` };
      return [{ workflow, transition, component: componentKey('workflow', workflow.name), afterMs: lengthMs(after), timer }];
    }),
  );

/** A state by the name that a generation has for it. */
export function stateIn(model: SystemModel, { on, field: of }: WorkflowContract, name: unknown): PermanentId | undefined {
  const field: Field | undefined = model.entities.find(({ id }) => id === on)?.fields.find(({ id }) => id === of);
  return field?.type.kind === 'choice' ? field.type.choices.find((choice) => choice.name === name)?.id : undefined;
}
