/** Whether a caller may try again, or give up, what failed for good: as the policy says of taking back. Pure. */
import { type Caller, refuse, type Refusal } from '#kernel';
import type { Running } from '../running.ts';

export function mayTakeBack(by: Caller, running: Running | null): Refusal | null {
  const roles = running?.model.settings.policy.rollback ?? [];
  if (by.roles.some((role) => role === 'owner' || roles.includes(role))) return null;
  return refuse('forbidden', `Only ${roles.join(' or ') || 'an owner'} may do that.`);
}
