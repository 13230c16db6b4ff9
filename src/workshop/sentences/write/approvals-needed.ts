/** Who must approve a row of an example before its state may change. */
import { approvalsOn, entityNamed, type SystemModel } from '#model';
import type { Draft } from '../expect.ts';
import { EXAMPLE_DAY } from './drafts.ts';
import { played } from './played.ts';

export function approvalsNeeded(model: SystemModel, draft: Draft): readonly string[] {
  const entity = entityNamed(model, draft.entity);
  if (entity === undefined) return [];
  const roles = approvalsOn(model, entity.id).flatMap((rule) => (played(model, draft, rule.when, EXAMPLE_DAY) === true ? [rule.role] : []));
  return [...new Set(roles)];
}
