/**
 * Moves that callers make without an operation: the open transitions of an entity's workflows, by name. One name may lead to several
 * states, as its guards decide. What the clock makes, and what operations make, is not among them. Pure.
 */
import type { OperationContract, PermanentId, WorkflowContract, WorkflowTransition } from '#kernel';
import { kebab } from './names.ts';
import { type SystemModel, workflowsOn } from './system-model.ts';

export interface Move {
  readonly workflow: WorkflowContract;
  readonly name: string;
  /** Under `/api/<plural>/{id}/`. */
  readonly segment: string;
  readonly transitions: readonly WorkflowTransition[];
  /** Who may make it; null: whoever may write the entity, too. */
  readonly roles: readonly string[] | null;
}

export const movesOn = (model: SystemModel, entity: PermanentId): readonly Move[] =>
  workflowsOn(model, entity).flatMap((workflow) => movesOf(workflow, model.operations));

export function movesOf(workflow: WorkflowContract, operations: readonly OperationContract[]): readonly Move[] {
  const open = workflow.transitions.filter((transition) => isOpen(transition, workflow, operations));
  return [...Map.groupBy(open, ({ name }) => name)].map(([name, transitions]) => ({
    workflow,
    name,
    segment: kebab(name),
    transitions,
    roles: transitions.some(({ roles }) => roles.length === 0) ? null : [...new Set(transitions.flatMap(({ roles }) => roles))],
  }));
}

/** Whether callers make it, and no operation makes all of it. */
const isOpen = ({ from, to, after }: WorkflowTransition, { field }: WorkflowContract, operations: readonly OperationContract[]): boolean =>
  after === undefined &&
  from.some((state) => !operations.some(({ transition: made }) => made?.field === field && made.to === to && made.from.includes(state)));
