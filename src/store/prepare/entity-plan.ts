/** What the store knows of one entity of one generation: its rows, its lists, and what else bears on a write to it. */
import type { ApprovalRule, EntityContract, Field, OperationContract, PermanentId, WorkflowContract } from '#kernel';
import { approvalsOn, type SystemModel, transitionsOf, workflowsOn } from '#model';
import type { RowPlan } from '../physical/row-plan.ts';

export interface ListPlan {
  readonly field: Field;
  readonly row: RowPlan;
}
/** A reference field somewhere that may point to rows of an entity. */
export interface Referrer {
  readonly row: RowPlan;
  readonly field: Field;
  readonly entity: EntityContract;
  readonly list?: Field;
}

/** A choice of the entity that goes by a workflow. */
export interface WorkflowPlan {
  readonly contract: WorkflowContract;
  readonly field: Field;
}

export interface EntityPlan {
  readonly contract: EntityContract;
  readonly row: RowPlan;
  readonly lists: readonly ListPlan[];
  readonly approvals: readonly ApprovalRule[];
  readonly transitions: readonly OperationContract[];
  readonly workflows: readonly WorkflowPlan[];
}

export function entityPlan(model: SystemModel, contract: EntityContract, plan: (id: PermanentId) => RowPlan): EntityPlan {
  return {
    contract,
    row: plan(contract.id),
    lists: contract.fields.flatMap((field) => (field.type.kind === 'list' ? [{ field, row: plan(field.type.itemId) }] : [])),
    approvals: approvalsOn(model, contract.id),
    transitions: transitionsOf(model, contract.id),
    workflows: workflowsOn(model, contract.id).flatMap((workflow) => {
      const field = contract.fields.find(({ id }) => id === workflow.field);
      return field === undefined ? [] : [{ contract: workflow, field }];
    }),
  };
}

export function referrersOf(model: SystemModel, to: PermanentId, plan: (id: PermanentId) => RowPlan): readonly Referrer[] {
  const found: Referrer[] = [];
  for (const entity of model.entities) {
    for (const field of entity.fields) {
      if (field.type.kind === 'reference' && field.type.to === to && field.derived === undefined)
        found.push({ row: plan(entity.id), field, entity });
      if (field.type.kind !== 'list') continue;
      for (const member of field.type.fields) {
        if (member.type.kind === 'reference' && member.type.to === to && member.derived === undefined)
          found.push({ row: plan(field.type.itemId), field: member, entity, list: field });
      }
    }
  }
  return found;
}
