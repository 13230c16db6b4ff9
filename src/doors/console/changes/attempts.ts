/** Who was tried for a change, in order, each with why, what it was given to know, and what failed until it passed or gave up. Read from the events. Pure. */
import type { ChangeDetail, ChangeEvent, Citation } from '#api/client';

export interface Attempt {
  readonly generator: string;
  /** Why this one was chosen; null where nobody else was there. */
  readonly why: string | null;
  readonly pieces: readonly Citation[];
  readonly tokens: number;
  readonly repairs: readonly { readonly attempt: number; readonly failures: readonly string[] }[];
  /** Why nothing came of it, or the next was tried; null where something did, or may. */
  readonly gaveUp: string | null;
}

export function attemptsOf({ events, candidate, why }: Pick<ChangeDetail, 'events' | 'candidate' | 'why'>): readonly Attempt[] {
  const laps = lapsOf(events);
  return laps.map((lap, index) => {
    const retrieved = lap.flatMap((event) => (event.kind === 'retrieved' ? [event] : []));
    const repairs = lap.flatMap((event) => (event.kind === 'repair' ? [event] : []));
    const routed = lap[0]?.kind === 'routed' ? lap[0] : undefined;
    const gaveUp = reasonOf(lap, index < laps.length - 1);
    return {
      generator: routed?.generator ?? repairs[0]?.generator ?? candidate?.generator ?? '',
      why: routed?.why ?? null,
      pieces: retrieved.flatMap(({ pieces }) => pieces),
      tokens: retrieved.reduce((sum, { tokens }) => sum + tokens, 0),
      repairs: repairs.map(({ attempt, failures }) => ({ attempt, failures })),
      // What the change ended with is told as its outcome.
      gaveUp: gaveUp === why ? null : gaveUp,
    };
  });
}

/** Each from the choice of a generator to the next; where one alone is there, no choice is told. */
function lapsOf(events: readonly ChangeEvent[]): readonly (readonly ChangeEvent[])[] {
  const starts = events.flatMap((event, at) => (event.kind === 'routed' ? [at] : []));
  if (starts.length > 0) return starts.map((start, index) => events.slice(start, starts[index + 1]));
  return events.some(({ kind }) => kind === 'decided' || kind === 'retrieved' || kind === 'repair') ? [events] : [];
}

function reasonOf(lap: readonly ChangeEvent[], followed: boolean): string | null {
  if (lap.some(({ kind }) => kind === 'evidence')) return followed ? 'what it wrote did not pass its checks' : null;
  const decided = lap.findLast((event) => event.kind === 'decided')?.decision;
  if (followed) return decided?.why ?? 'nothing came of it';
  return decided?.chosen === 'nothing' ? decided.why : null;
}

/** Whether there is more to tell than that the one who is there did it. */
export const isTelling = (attempts: readonly Attempt[]): boolean =>
  attempts.length > 1 || attempts.some(({ why, pieces, repairs }) => why !== null || pieces.length > 0 || repairs.length > 0);
