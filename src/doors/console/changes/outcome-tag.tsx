/** The outcome of a change in one word. */
import type { ReactNode } from 'react';
import type { ChangeSummary } from '#api/client';
import { stateOf } from './outcome-words.ts';

export function OutcomeTag({ change }: { readonly change: Pick<ChangeSummary, 'outcome' | 'state' | 'step'> }): ReactNode {
  const { label, tone } = stateOf(change);
  return <span className={`tag tag-${tone}`}>{label}</span>;
}
