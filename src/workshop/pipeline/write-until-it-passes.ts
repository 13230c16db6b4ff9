/**
 * Writes a candidate and shows it to the gates; where they refuse it, it is written again from what they said. It stops when the
 * same failures come twice, when it gets no better, at the number of repairs that one gate may need, or when the generator gives up.
 */
import type { AcceptanceExample, Candidate } from '#change';
import { byTimeAlone } from '#gates';
import { type Digest, type Evidence, isRefusal, type Refusal } from '#kernel';
import type { Attempt, Generator, Understood } from '#ports';
import { generate, type Made } from './30-generate.ts';
import { gate, type Gated } from './40-gate.ts';
import { masked } from './binding-examples.ts';
import { type Looked, questionOf } from './disputed.ts';
import { checkedEnd, refusedByGates } from './ends.ts';
import type { Changing, Ended, Say } from './changing.ts';
import { bindingExamples, type Situation } from './parts.ts';
import { foundSequences } from './found-sequences.ts';
import { failuresFor, isBetter, isFurther } from './progress.ts';
import { rebased } from './rebased.ts';

export interface Writing extends Changing {
  readonly round: number;
  readonly lap: string;
  readonly say: Say;
  readonly apart: <Value>(work: () => Promise<Value>) => Promise<Value>;
  readonly stopped: (when: string) => Promise<boolean>;
}
export interface Wanted {
  readonly situation: Situation;
  readonly generator: Generator;
  readonly understood: Extract<Understood, { kind: 'understood' }>;
}
export type Written =
  | { readonly kind: 'passed'; readonly candidate: Candidate; readonly gated: Gated; readonly generation: Digest }
  | { readonly kind: 'failed'; readonly ended: Ended }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'again' };

export async function writeUntilItPasses(writing: Writing, { situation, generator, understood }: Wanted, base: Digest): Promise<Written> {
  const { request, parts, stages, round, lap } = writing;
  const asked = bindingExamples(request, understood.acceptance);
  // What was found to break a candidate of this change binds those that are written after it, and stays as a test.
  const found: AcceptanceExample[] = [];
  const asking = { kept: writing.resumed?.kept ?? [], request: writing.resumed?.text ?? request.text };
  const repairs = request.kind === 'check' ? 0 : (generator.tries?.repairs ?? 0);
  const attempts: Attempt[] = [];
  const looked: Looked[] = [];
  let failed: Tried | undefined;
  let last = repairs;
  let poor = 0;
  for (let attempt = 0; attempt <= last; attempt++) {
    const variants = attempt === 0 ? Math.max(1, generator.tries?.variants ?? 1) : 1;
    const binding = [...asked, ...found];
    const repairing = `${lap === '' ? '' : `${lap} `}repair ${attempt}`;
    const stage = attempt === 0 ? stages : stages.lap(repairing);
    const made = await writing.apart(() =>
      stage.stage(
        'generate',
        () =>
          Promise.all(
            Array.from({ length: variants }, (_, variant) =>
              generate(
                {
                  id: idOf(request.id, round, lap, attempt, variant),
                  situation: { ...situation, attempts, variant },
                  generator,
                  base,
                  understood,
                  binding,
                },
                parts,
              ),
            ),
          ),
        (all) => all.map((one) => (isRefusal(one) ? { refused: one.why } : { files: Object.keys(one.candidate.files) })),
      ),
    );
    if (await writing.stopped(`writing ${attempt}`)) return { kind: 'stopped' };
    const candidates = made.filter((one): one is Made => !isRefusal(one)).sort((a, b) => sizeOf(a) - sizeOf(b));
    if (candidates.length === 0) {
      const question = questionOf(looked, { ...asking, binding, last: true });
      return { kind: 'failed', ended: question ?? failed?.ended ?? gaveUp(made.find(isRefusal)) };
    }
    let best: Tried | undefined;
    for (const [at, { candidate: offered, written, disputes }] of candidates.entries()) {
      const candidate = generator.tries === undefined ? offered : await onWhatServes(writing, offered, `${attempt}.${at}`);
      if (candidate === undefined) return { kind: 'again' };
      const look = at === 0 ? (attempt === 0 ? lap : repairing) : `${lap} ${attempt}.${at}`;
      const gated = await gatedInTime(writing, candidate, look);
      if (gated.passed && gated.generation !== null) return { kind: 'passed', candidate, gated, generation: gated.generation };
      const tried: Tried = {
        looked: { candidate, evidence: gated.evidence, disputes },
        gated,
        attempt: { files: written, failures: masked(failuresFor(gated.evidence), binding) },
        ended: request.kind === 'check' ? checkedEnd(gated, candidate) : refusedByGates(gated, candidate),
      };
      if (best === undefined || isBetter(tried.gated.evidence, best.gated.evidence)) best = tried;
    }
    if (best === undefined) throw new TypeError('a candidate that did not pass was tried');
    const seen = attempts.some((earlier) => same(earlier.failures, best.attempt.failures));
    const better = failed === undefined || isBetter(best.gated.evidence, failed.gated.evidence);
    // What came further has as many repairs again: a large candidate meets one gate after the other.
    if (failed !== undefined && isFurther(best.gated.evidence, failed.gated.evidence)) last = attempt + repairs;
    attempts.push(best.attempt);
    poor = better ? 0 : poor + 1;
    if (better) failed = best;
    found.push(...foundSequences(best.gated.evidence, understood.scope, found));
    looked.push(best.looked);
    const isLast = seen || poor > POOR || attempt === last;
    const question = request.kind === 'check' ? undefined : questionOf(looked, { ...asking, binding, last: isLast });
    if (question !== undefined) return { kind: 'failed', ended: question };
    if (isLast) break;
    const { failures } = best.attempt;
    await writing.run.step(`${round} ${lap} repair ${attempt + 1}`, () =>
      writing.say(
        { kind: 'repair', attempt: attempt + 1, generator: generator.name, failures: failures.slice(0, 20) },
        `${lap} repair ${attempt + 1}`,
      ),
    );
  }
  return { kind: 'failed', ended: failed?.ended ?? gaveUp(undefined) };
}

/** Attempts in a row that may be no better than the best: one slip is no dead end. */
const POOR = 1;
interface Tried {
  readonly looked: Looked;
  readonly gated: Gated;
  readonly attempt: Attempt;
  readonly ended: Ended;
}

/** What was written while others changed the system, put on what serves now; undefined where it must be written again. */
async function onWhatServes({ run, parts, round, lap }: Writing, candidate: Candidate, lot: string): Promise<Candidate | undefined> {
  const now = await run.step(`${round} ${lap} base ${lot}`, () => parts.log.serving());
  if (now === null || now === candidate.base) return candidate;
  return rebased(candidate, await parts.base(candidate.base), await parts.base(now));
}

/** What failed for want of time alone is looked at once more, and the second look counts: who wrote it is not asked to mend a busy machine. */
async function gatedInTime(writing: Writing, candidate: Candidate, look: string): Promise<Gated> {
  const first = await gateOf(writing, candidate, look);
  if (first.passed || !byTimeAlone(first.evidence) || (await writing.stopped(`looking at ${candidate.id}`))) return first;
  return gateOf(writing, candidate, `${look === '' ? '' : `${look} `}once more`);
}

function gateOf({ parts, bases, say, round, lap, stages }: Writing, candidate: Candidate, look: string): Promise<Gated> {
  return (look === lap ? stages : stages.lap(look)).stage(
    'gate',
    async () => {
      const seen = (evidence: Evidence): Promise<void> =>
        say({ kind: 'evidence', evidence }, `${candidate.id} ${look} evidence ${evidence.gate}`);
      const recorded = (generation: Digest): Promise<void> => parts.log.insertCandidate(candidate, generation);
      const made = await gate({ candidate }, parts, { seen, recorded, kept: bases.keep });
      if (made.generation !== null) {
        await recorded(made.generation);
        await say({ kind: 'candidate', candidate: candidate.id, generation: made.generation }, `${candidate.id} candidate ${round} ${lap}`);
      }
      return made;
    },
    ({ passed, evidence }) => ({ passed, ...(!passed && byTimeAlone(evidence) ? { against: 'time alone' } : {}) }),
  );
}

const idOf = (change: string, round: number, lap: string, attempt: number, variant: number): string =>
  [
    `${change}.${round}`,
    ...(lap === '' ? [] : [lap.replace(/[^A-Za-z0-9]+/g, '-')]),
    ...(attempt + variant === 0 ? [] : [`${attempt}`, `${variant}`]),
  ].join('.');
const sizeOf = ({ written }: Made): number => Object.values(written).reduce((sum, text) => sum + (text?.length ?? 0), 0);
const same = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((failure) => other.includes(failure));
const gaveUp = (refusal: Refusal | undefined): Ended => ({
  outcome: 'refused',
  why: refusal?.why ?? 'Nothing was written.',
  ...(refusal === undefined
    ? {}
    : { evidence: { code: refusal.code, ...(refusal.evidence === undefined ? {} : { detail: refusal.evidence }) } }),
});
