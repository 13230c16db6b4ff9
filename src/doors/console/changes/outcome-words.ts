/** Outcomes and steps as people say them. A new one is a compile error here until it has its words. */
import type { ChangeSummary, Outcome, StepName } from '#api/client';

export type Tone = 'good' | 'bad' | 'doubt' | 'tide' | 'plain';
export const outcomeWords: { readonly [Name in Outcome]: { readonly label: string; readonly tone: Tone } } = {
  live: { label: 'live', tone: 'good' },
  'nothing-to-do': { label: 'nothing to do', tone: 'plain' },
  question: { label: 'a question back', tone: 'doubt' },
  refused: { label: 'refused', tone: 'bad' },
  'waiting-for-approval': { label: 'waiting for approval', tone: 'doubt' },
  'rolled-back': { label: 'taken back', tone: 'plain' },
  rejected: { label: 'rejected', tone: 'bad' },
  failed: { label: 'failed', tone: 'bad' },
  cancelled: { label: 'cancelled', tone: 'plain' },
  checked: { label: 'checked', tone: 'plain' },
};
export const stepWords: { readonly [Name in StepName]: string } = {
  understand: 'Understand',
  decide: 'Decide',
  retrieve: 'Look up',
  generate: 'Write',
  gate: 'Check',
  certify: 'Certify',
  approve: 'Approve',
  'roll-out': 'Roll out',
  learn: 'Learn',
};
export function stateOf(change: Pick<ChangeSummary, 'outcome' | 'state' | 'step'>): { readonly label: string; readonly tone: Tone } {
  if (change.outcome !== null) return outcomeWords[change.outcome];
  if (change.state === 'queued') return { label: 'queued', tone: 'tide' };
  if (change.state === 'waiting') return { label: 'waiting', tone: 'doubt' };
  return { label: change.step === null ? 'running' : `${stepWords[change.step].toLowerCase()} …`, tone: 'tide' };
}
