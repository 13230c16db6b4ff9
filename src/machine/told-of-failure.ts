/**
 * What a caller hears when a component failed. Who steers the system may see its code, and is told the message and the place in the
 * TypeScript that a person reads; everybody else is told which component failed, and that nothing was changed. Nobody is told
 * anything of the host that it ran in.
 */
import { type Caller, type Json, type JsonObject, refuse, type Refusal, type Settings } from '#kernel';
import type { Loaded } from './loaded.ts';

/** The digest of the source of `kind/name` in a generation. */
export function sourceOf({ model, code }: Loaded, component: string): string | undefined {
  const bodies = [...model.operations, ...model.reactions, ...model.jobs];
  const id = bodies.find(({ kind, name }) => component === `${kind}/${name}`)?.id;
  return id === undefined ? undefined : code.get(id);
}

export function toldOfFailure(refusal: Refusal, { model, files }: Loaded, caller: Caller): Refusal {
  const said = objectOf(refusal.evidence);
  const component = typeof said['component'] === 'string' ? said['component'] : 'A component';
  if (!maySeeCode(model.settings, caller))
    return refuse('component-failed', `${component} failed, so nothing was changed. Tell those who run the system.`, { component });
  const { line, column, message, quarantined } = said;
  const file = files.get(component);
  const place = typeof line === 'number' && typeof column === 'number' && file !== undefined ? { place: { file, line, column } } : {};
  return refuse('component-failed', refusal.why, {
    component,
    ...(typeof message === 'string' ? { message } : {}),
    ...(quarantined === true ? { quarantined } : {}),
    ...place,
  });
}

/** Those who may ask for, approve, take back or freeze changes see sources. */
function maySeeCode({ policy }: Settings, caller: Caller): boolean {
  const roles = ['owner', ...policy.ask, ...policy.approve, ...policy.rollback, ...policy.freeze];
  return caller.roles.some((role) => roles.includes(role));
}
const objectOf = (evidence: Json | undefined): JsonObject =>
  typeof evidence === 'object' && evidence !== null && !Array.isArray(evidence) ? (evidence as JsonObject) : {};
