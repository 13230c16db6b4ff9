/**
 * The steps of a change as they are shown: what a later step has passed by was not needed, and while a person is waited for nothing
 * after that has happened, whatever was tried to find out that a person is needed. Where a change ended on its way, the rest was not reached. Pure.
 */
import type { Outcome, StepJson } from '#api/client';

export interface ShownStep extends StepJson {
  /** In place of the time that it took. */
  readonly says: string | null;
}
const words: { readonly [State in StepJson['state']]: string } = {
  waiting: 'not yet',
  started: 'running',
  done: 'done',
  failed: 'failed',
  skipped: 'not needed',
};
export const stateWords = (state: StepJson['state']): string => words[state];

const onTheWay: ReadonlySet<Outcome> = new Set(['refused', 'failed', 'cancelled', 'question', 'rejected']);

export function shownSteps(steps: readonly StepJson[], outcome: Outcome | null = null): readonly ShownStep[] {
  const asked = steps.findIndex(({ name, state }) => name === 'approve' && state === 'started');
  const last = steps.findLastIndex(({ state }) => state !== 'waiting');
  const came =
    outcome !== null && onTheWay.has(outcome)
      ? steps.findLastIndex(({ state }) => state !== 'waiting' && state !== 'skipped')
      : steps.length;
  return steps.map((step, at) => {
    if (asked >= 0 && at > asked) return { ...step, state: 'waiting', says: words.waiting };
    if (at === asked) return { ...step, says: 'waits for a person' };
    if (step.state === 'waiting' && at < last) return { ...step, state: 'skipped', says: words.skipped };
    if (at > came && step.state === 'skipped') return { ...step, says: 'not reached' };
    return { ...step, says: step.state === 'done' || step.state === 'failed' ? null : words[step.state] };
  });
}
