/** Who was tried for a change, in order, each with why, what it was given to know, and what failed until it passed or gave up. Read from the events. Pure. */
import type { ChangeDetail, ChangeEvent, Citation } from '#api/client';

export interface Attempt {
  readonly generator: string;
  /** Why this one was chosen; null where nobody else was there. */
  readonly why: string | null;
  readonly pieces: readonly Citation[];
  readonly tokens: number;
  readonly repairs: readonly { readonly attempt: number; readonly failures: readonly string[] }[];
  /** Why it wrote nothing; null where it did, or does. */
  readonly gaveUp: string | null;
}
const none: Omit<Attempt, 'generator' | 'why'> = { pieces: [], tokens: 0, repairs: [], gaveUp: null };

export function attemptsOf({ events, candidate }: Pick<ChangeDetail, 'events' | 'candidate'>): readonly Attempt[] {
  const made: Attempt[] = [];
  for (const event of events) {
    if (event.kind === 'routed') made.push({ ...none, generator: event.generator, why: event.why });
    else if (isOfAttempt(event)) {
      const last = made.pop() ?? {
        ...none,
        generator: event.kind === 'repair' ? event.generator : (candidate?.generator ?? ''),
        why: null,
      };
      made.push(withEvent(last, event));
    }
  }
  return made;
}

type OfAttempt = Extract<ChangeEvent, { readonly kind: 'retrieved' | 'repair' | 'decided' }>;
/** A decision to do nothing is how a generator says that it cannot; any other belongs to the change. */
const isOfAttempt = (event: ChangeEvent): event is OfAttempt =>
  event.kind === 'retrieved' || event.kind === 'repair' || event.kind === 'decided';

function withEvent(attempt: Attempt, event: OfAttempt): Attempt {
  switch (event.kind) {
    case 'retrieved':
      return { ...attempt, pieces: [...attempt.pieces, ...event.pieces], tokens: attempt.tokens + event.tokens };
    case 'repair':
      return { ...attempt, repairs: [...attempt.repairs, { attempt: event.attempt, failures: event.failures }] };
    case 'decided':
      return event.decision.chosen === 'nothing' ? { ...attempt, gaveUp: event.decision.why } : attempt;
  }
}

/** Whether there is more to tell than that the one who is there did it. */
export const isTelling = (attempts: readonly Attempt[]): boolean =>
  attempts.length > 1 || attempts.some(({ why, pieces, repairs }) => why !== null || pieces.length > 0 || repairs.length > 0);
