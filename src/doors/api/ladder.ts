/**
 * Evidence as a ladder: each finding on the rung of what showed it, strongest first. Only a pass stands on a rung; a fail
 * stands above the ladder as refuted, and whatever is unknown below it as not shown, however hard a gate tried. Pure.
 */
import type { Evidence } from '#kernel';

type Finding = Evidence['findings'][number];
export type Rung = 'refuted' | Finding['shownBy'];
export interface Shown {
  readonly gate: Evidence['gate'];
  readonly engine: string;
  readonly finding: Finding;
}
export interface RungOfLadder {
  readonly rung: Rung;
  readonly shown: readonly Shown[];
}

/** Strongest first; what was refuted above, what nobody knows below. */
const order: readonly Rung[] = ['refuted', 'proved', 'exhausted', 'tested', 'carried', 'checked', 'not-shown'];
/** Rungs that are shown though nothing stands on them: their emptiness tells something. */
const always: ReadonlySet<Rung> = new Set<Rung>(['proved', 'exhausted', 'tested', 'carried', 'not-shown']);

export function rungOf(finding: Finding): Rung {
  if (finding.verdict === 'fail') return 'refuted';
  return finding.verdict === 'pass' ? finding.shownBy : 'not-shown';
}

export function ladderOf(evidence: readonly Evidence[]): readonly RungOfLadder[] {
  const all = evidence.flatMap(({ gate, engine, verdict, findings }) => [
    ...findings.map((finding) => ({ gate, engine, finding })),
    // A gate that says nothing but its verdict still stands somewhere: never silently among the passes.
    ...(findings.length === 0
      ? [
          {
            gate,
            engine,
            finding: {
              statement: `The gate ${gate} ${verdict === 'pass' ? 'found nothing to object to' : verdict === 'fail' ? 'failed' : 'could not decide'}.`,
              verdict,
              shownBy: verdict === 'pass' ? ('checked' as const) : ('not-shown' as const),
            },
          },
        ]
      : []),
  ]);
  return order
    .map((rung) => ({ rung, shown: all.filter(({ finding }) => rungOf(finding) === rung) }))
    .filter(({ rung, shown }) => shown.length > 0 || always.has(rung));
}
