/**
 * Which run a change needs now, from its events: the first, or another one where it was approved after the system had moved on.
 * A change that waits for an approval has no run: nothing waits behind it.
 */
import type { ChangeEvent } from '#change';
import { type ChangeId, changeId } from '#kernel';

export interface Needed {
  readonly id: string;
  readonly input: string;
}

/** Null where a run has the change in hand, or it waits for a person, or it has ended. */
export function runFor(change: ChangeId, events: readonly ChangeEvent[]): Needed | null {
  if (events.some((event) => event.kind === 'ended')) return null;
  const steps = events.filter((event) => event.kind === 'step');
  const movedOn = steps.findLastIndex((event) => event.step === 'roll-out' && event.state === 'failed');
  if (movedOn < 0) return { id: change, input: change };
  const waited = steps.slice(0, movedOn).findLastIndex((event) => event.step === 'approve' && event.state === 'started');
  const taken = steps.slice(Math.max(0, waited)).some((event) => event.step === 'understand');
  if (waited < 0 || taken) return { id: change, input: change };
  const attempt = steps.filter((event) => event.step === 'approve' && event.state === 'started').length;
  return { id: `${change}.${attempt + 1}`, input: `${change}#${attempt}` };
}

/** `attempt` is 0 for the first run. */
export function asked(input: string): { readonly change: ChangeId; readonly attempt: number } {
  const at = input.lastIndexOf('#');
  return at < 0 ? { change: changeId(input), attempt: 0 } : { change: changeId(input.slice(0, at)), attempt: Number(input.slice(at + 1)) };
}
