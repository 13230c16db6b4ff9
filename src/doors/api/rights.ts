/** What a caller may do, from the roles that theseus.json gives. Said here for pages and for the doors' own checks; machine and kernel decide again. */
import type { Caller, Settings } from '#kernel';
import type { Rights } from './resources.ts';

export function rightsOf(caller: Caller, settings: Settings | null): Rights {
  const has = (roles: readonly string[]): boolean => caller.roles.some((role) => roles.includes(role));
  const policy = settings?.policy;
  const held = settings?.roles.filter((role) => caller.roles.includes(role.name)) ?? [];
  return {
    ask: policy !== undefined && has(policy.ask),
    approve: policy !== undefined && has(policy.approve),
    rollBack: policy !== undefined && has(policy.rollback),
    freeze: policy !== undefined && has(policy.freeze),
    read: held.some((role) => role.read),
    write: held.some((role) => role.write),
    sensitive: held.some((role) => role.sensitive),
    administer: has(['owner']),
  };
}

/** Those who steer the system see its changes, sources and costs; others see its data alone. */
export const steers = (rights: Rights): boolean => rights.ask || rights.approve || rights.rollBack || rights.freeze || rights.administer;
