/**
 * Proves a claim about rows, refutes it, or says that it is unknown. A proof is a solver's word that no row speaks against it, and
 * counts only if some row is spoken of at all, and if the translation agrees with the running code on sampled rows. A
 * refutation is a row on which the running code itself speaks against the claim. Everything else is unknown.
 */
import type { Json } from '#kernel';
import type { Solver, SolverAnswer } from '#ports';
import {
  agrees,
  type Encoded,
  encodeQuestion,
  evaluatorAt,
  type Gave,
  gaveAt,
  judge,
  lemmasFor,
  NotProvable,
  type Point,
  type Question,
  sampler,
  scriptOf,
  type Term,
  type TermValue,
  valuesOfModel,
  type World,
  worldAt,
  witnessOf,
} from '#rules/smt';
import { expressionsOf } from './expressions-of.ts';
import { simplest } from './simplest.ts';

export interface Answer {
  readonly verdict: 'proved' | 'refuted' | 'unknown';
  /** Why it is unknown, and what was tried. */
  readonly why?: string;
  /** The row that speaks against it, or of what is possible a row that shows it. */
  readonly witness?: { readonly [field: string]: Json };
  /** Of two formulas that do not give the same for the witness: what each gave. */
  readonly gave?: Gave;
  /** What is given contradicts itself: nothing is spoken of. */
  readonly empty?: boolean;
  /** Sampled rows on which translation and running code said the same. */
  readonly points: number;
  /** Lists were gone through up to so many items, and no row spoke against it: that is no proof. */
  readonly upTo?: number;
}
export interface ProveOptions {
  /** For the questions to the solver; sampling has a bound of its own. */
  readonly milliseconds?: number;
  readonly points?: number;
  readonly seed?: number;
  readonly signal?: AbortSignal;
}
/** Items up to which lists are gone through one by one. */
const UNROLLED = 3;
/** In the solver's own count, the same on every machine; about a second on one that does nothing else. */
const EFFORT = 1_000_000;
/** Sampling ends early where formulas are large. */
const SAMPLING_MS = 150;

export async function prove(question: Question, solver: Solver, options: ProveOptions = {}): Promise<Answer> {
  let points = 0;
  const tried = { asked: 0, learned: 0 };
  const unknown = (why: string): Answer => ({ verdict: 'unknown', why: `${why}${toldOf(tried, points)}`, points });
  let encoded: Encoded;
  try {
    encoded = encodeQuestion(question, UNROLLED);
    const { encoder, spoken, against } = encoded;
    const { terms, rows } = encoder;
    const possible = question.claim.kind === 'possible';
    const followsOwnLaw = (world: World): boolean => !encoder.kept.some((kept) => world.numbers.truth(kept));
    const found = (point: Point): Answer => {
      const best = simplest(point, encoded, (candidate) => speaksAgainst(candidate));
      const world = worldAt(encoded, best, UNROLLED);
      const gave = gaveAt(question, encoded, world);
      return {
        verdict: possible ? 'proved' : 'refuted',
        witness: witnessOf(encoded, world),
        points,
        ...(gave === undefined ? {} : { gave }),
      };
    };
    /** By the running code, in a world that hangs together. */
    const speaksAgainst = (point: Point): boolean => {
      const world = worldAt(encoded, point, UNROLLED);
      if (!rows.facts().every((fact) => world.numbers.truth(fact)) || !followsOwnLaw(world)) return false;
      const judged = judge(question, encoded, world);
      return judged.spoken && judged.against;
    };

    // Sampled rows: does the translation agree, is any row spoken of, does one speak against the claim?
    const samples = sampler(encoded, expressionsOf(question), UNROLLED, options.seed ?? 1);
    const usable: Point[] = [];
    let spokenOf = false;
    const sampled = performance.now();
    for (let at = 0; at < (options.points ?? 100); at++) {
      if (at >= 20 && performance.now() - sampled > SAMPLING_MS) break;
      const point = samples.next();
      const world = worldAt(encoded, point, UNROLLED);
      if (!rows.facts().every((fact) => world.numbers.truth(fact))) continue;
      const strayed = encoded.roots.find((root) => !agrees(encoded, world, root));
      if (strayed !== undefined) return disagreement(witnessOf(encoded, world), points);
      points += 1;
      const judged = judge(question, encoded, world);
      if (!judged.spoken) continue;
      usable.push(point);
      spokenOf = true;
      if (judged.against && followsOwnLaw(world)) return found(point);
    }

    // From here on: what sampling takes on a busy machine is no time of the solver.
    const ends = performance.now() + (options.milliseconds ?? 500);
    const left = (): number => Math.floor(ends - performance.now());
    const ask = async (asserted: readonly Term[], exact: boolean, share = 1): Promise<SolverAnswer & { readonly point?: Point }> => {
      if (options.signal?.aborted === true) return { verdict: 'unknown', why: 'another gate failed first' };
      if (left() < 5) return { verdict: 'unknown', why: 'the time of the statement was over' };
      const short = (): readonly Term[] => [...rows.lists.values()].map((list) => terms.lessOrEqual(list.length, terms.int(UNROLLED)));
      const known = (): readonly Term[] => (exact ? [...rows.facts(), ...short()] : rows.facts());
      const script = scriptOf(terms, asserted, { exact, known });
      tried.asked += 1;
      const answer = await solver.solve(script.text, { milliseconds: Math.max(1, Math.floor(left() * share)), effort: EFFORT });
      if (answer.model === undefined) return answer;
      const values = valuesOfModel(answer.model);
      const point = new Map<Term, TermValue>();
      for (const [name, term] of script.variables) {
        const value = values.get(name);
        if (value !== undefined) point.set(term, value);
      }
      return { ...answer, point };
    };
    /** No row speaks against it; but is any spoken of? */
    const proved = async (): Promise<Answer> => {
      if (possible) return { verdict: 'refuted', points, empty: true };
      if (spokenOf) return { verdict: 'proved', points };
      const some = await ask([spoken], true);
      if (some.point !== undefined && judgedSpoken(some.point)) return { verdict: 'proved', points };
      if (some.verdict === 'unsat' && rows.lists.size === 0)
        return {
          verdict: 'unknown',
          empty: true,
          points,
          why: 'no row fits what is given: it contradicts itself, so that nothing is said',
        };
      return unknown('no row was found that is spoken of, so that a proof would say nothing');
    };
    const judgedSpoken = (point: Point): boolean => judge(question, encoded, worldAt(encoded, point, UNROLLED)).spoken;
    const speaking = [spoken, against];

    const first = await ask(speaking, false);
    if (first.verdict === 'unsat') return await proved();
    if (first.point !== undefined && speaksAgainst(first.point)) return found(first.point);

    // Lists of any length, by induction: what of one item shows what of all.
    const learned = await learn(encoded, usable, ask);
    tried.learned = learned.length;
    if (learned.length > 0) {
      const second = await ask([...speaking, ...learned], false);
      if (second.verdict === 'unsat') return await proved();
      if (second.point !== undefined && speaksAgainst(second.point)) return found(second.point);
    }

    const strict = encoder.kept.map((kept) => terms.not(kept));
    const exact = await ask([...speaking, ...learned], true);
    if (exact.point !== undefined && speaksAgainst(exact.point)) return found(exact.point);
    if (exact.verdict === 'unsat') {
      if (rows.lists.size === 0) return await proved();
      return {
        ...unknown(`no row with lists of up to ${UNROLLED} items speaks against it; for longer lists it was not shown`),
        upTo: UNROLLED,
      };
    }
    if (exact.verdict === 'unknown')
      return unknown(`the solver found neither a proof nor a row that speaks against it (${exact.why ?? 'no reason given'})`);
    if (strict.length > 0) {
      const lawful = await ask([...speaking, ...learned, ...strict], true);
      if (lawful.point !== undefined && speaksAgainst(lawful.point)) return found(lawful.point);
      if (lawful.verdict === 'unsat') return unknown('it holds but for rows that have kept a value from an earlier formula');
    }
    return unknown('the solver named a row on which the running code does not speak against it');
  } catch (cause) {
    if (cause instanceof NotProvable) return unknown(cause.message);
    throw cause;
  }
}

/** What was tried, where it was not enough. */
function toldOf({ asked, learned }: { readonly asked: number; readonly learned: number }, points: number): string {
  if (asked === 0 && points === 0) return '';
  const rows = `${points} ${points === 1 ? 'row' : 'rows'} that were made up`;
  const questions = asked === 0 ? 'no question to the solver' : `${asked} ${asked === 1 ? 'question' : 'questions'} to the solver`;
  const items = learned === 0 ? '' : `, ${learned} ${learned === 1 ? 'thing' : 'things'} shown of one item and so of all`;
  return `; tried: ${rows}, ${questions}${items}`;
}

/** A defect of the product: nothing is proved by a translation that says something else than the code. */
const disagreement = (witness: { readonly [field: string]: Json }, points: number): Answer => ({
  verdict: 'unknown',
  why: 'the translation for the solver and the running code do not agree on a row: this is a defect of Theseus; nothing was proved',
  witness,
  points,
});

async function learn(
  encoded: Encoded,
  points: readonly Point[],
  ask: (asserted: readonly Term[], exact: boolean, share?: number) => Promise<SolverAnswer>,
): Promise<readonly Term[]> {
  const { terms } = encoded.encoder;
  const worlds = points.slice(0, 30).map((point) => evaluatorAt(point));
  const lemmas = lemmasFor(encoded).filter(({ then }) => worlds.every((world) => world.truth(then)));
  const learned = new Set<Term>();
  const open = lemmas.filter(({ step, then }) => {
    if (step === terms.true) learned.add(then);
    return step !== terms.true && step !== terms.false;
  });
  // Two at a time: asked all at once, each would have the time of the statement to itself, one after the other.
  const steps = open.slice(0, MOST_LEMMAS).values();
  const learning = async (): Promise<void> => {
    for (const { step, then, known } of steps) {
      const answer = await ask([encoded.spoken, ...known, terms.not(step)], false, SHARE_OF_LEMMA);
      if (answer.verdict === 'unsat') learned.add(then);
    }
  };
  await Promise.all([learning(), learning()]);
  return [...learned];
}
/** Of the time that is left, one of them may take so much. */
const SHARE_OF_LEMMA = 0.4;
const MOST_LEMMAS = 24;
