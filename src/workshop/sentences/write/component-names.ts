/** Which component a request made or changed, in the model that it led to. */
import { entityNamed, fieldNamed, type SystemModel, transitionsOf } from '#model';
import { accessFor } from '../effect/access.ts';
import type { RequestOf } from '../request.ts';
import { discountParts, rowOf } from '../resolve.ts';

export function discountName(model: SystemModel, request: RequestOf<'discount'>): string {
  const row = rowOf(model, { entity: request.entity });
  return (row === undefined ? undefined : discountParts(model, row)?.rule) ?? `${request.entity}Discount`;
}
export function approvalName(model: SystemModel, request: RequestOf<'approval'>): string {
  const entity = entityNamed(model, request.entity);
  return (
    model.rules.findLast((rule) => rule.form === 'approval' && rule.on === entity?.id && rule.role === request.role)?.name ??
    `${request.entity}Approval`
  );
}
/** The rule that holds the roles of a request; none where they see and change everything. */
export function accessName(model: SystemModel, request: RequestOf<'access'>): string | undefined {
  const entity = entityNamed(model, request.entity);
  return request.roles
    .flatMap((role) => (entity === undefined ? [] : accessFor(model, entity.id, role)))
    .map((rule) => rule.name)
    .at(0);
}
export function operationName(model: SystemModel, request: RequestOf<'allow'>): string | undefined {
  const entity = entityNamed(model, request.entity);
  const field = fieldNamed(entity?.fields ?? [], request.field);
  const to = field?.type.kind === 'choice' ? field.type.choices.find((choice) => choice.name === request.to)?.id : undefined;
  return entity === undefined
    ? undefined
    : transitionsOf(model, entity.id).find((each) => each.transition?.field === field?.id && each.transition?.to === to)?.name;
}
