/**
 * The evidence that speaks of what a change came to: that of the last look at the newest candidate. What the gates said of a candidate that
 * was written again, of another generator's, or in a look that ran out of time, is told by repairs and steps, and would contradict it. Pure.
 */
import type { ChangeEvent, Evidence } from './resources.ts';

export function lastEvidence(events: readonly ChangeEvent[]): readonly Evidence[] {
  let evidence: Evidence[] = [];
  let over = false;
  for (const event of events) {
    if (event.kind === 'repair' || event.kind === 'routed' || (event.kind === 'step' && event.step === 'gate' && event.state === 'started'))
      over = true;
    if (event.kind !== 'evidence') continue;
    // Until another candidate was looked at, the last that was stays.
    if (over) evidence = [];
    over = false;
    evidence.push(event.evidence);
  }
  return evidence;
}
