/** Whether a row may change its state: an approval covers it as long as the amount has not grown over what was approved. Pure. */
import { type Refusal, refuse } from '#kernel';
import type { EntityPlan } from '../prepare/entity-plan.ts';
import type { ApprovalState } from './rows.ts';

export function approvalRefusal(plan: EntityPlan, state: ApprovalState): Refusal | undefined {
  const { rule } = state;
  if (!state.needed) return undefined;
  const grown = state.approved && state.amount !== null && (state.approvedAmount === null || state.amount > state.approvedAmount);
  if (state.approved && !grown) return undefined;
  const why = grown
    ? `This ${plan.contract.name} has grown over the amount that was approved. It needs a new approval by a ${rule.role} before its state can change.`
    : `This ${plan.contract.name} needs approval by a ${rule.role} before its state can change.`;
  return refuse('approval-needed', why, { rule: rule.name, role: rule.role });
}
