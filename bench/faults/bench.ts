/**
 * Faulty candidates before all gates: mutants of good candidates by the bench's own mutators, and those written by hand without sight of the gates; and good
 * candidates, which must not be refused. Counted apart: what passes all gates, what each gate stops, by name what passes.
 * `--only`: hand, good, rules, other, or a part of a name; `--sample N`: so many of each corpus, drawn by seed. `--record FILE` keeps what was found, `--minutes N` ends
 * after so long: the same command again goes on, and `left` says how many were not looked at yet.
 */
import type { GateName } from '#kernel';
import { seeded } from '../load/quantiles.ts';
import type { BenchOptions } from '../options.ts';
import { goodCandidates } from './good/every-good.ts';
import { type Candidate, faultyByHand } from './hand/every-candidate.ts';
import { type Judge, openJudge, type Verdict } from './judge.ts';
import { everyMutant, type Mutant, shuffled, wrongCodeOf } from './mutants/every-mutant.ts';
import { type Found, openRecord } from './record.ts';

const MUTANTS_OF_RULES = 600;
const OTHER_MUTANTS = 1_000;
const corpora = ['good', 'hand', 'rules', 'other'] as const;
type Corpus = (typeof corpora)[number];

interface Counts {
  looked: number;
  through: number;
  equivalent: number;
  /** Of these, weak tests that notice whatever the full ones notice. */
  sameTests: number;
}

export async function run({ seed, only, sample, record: path, minutes, say }: BenchOptions): Promise<unknown> {
  const until = minutes === undefined ? Infinity : performance.now() + minutes * 60_000;
  const record = openRecord(path);
  const judge = await openJudge();
  const counts = new Map<Corpus, Counts>(corpora.map((corpus) => [corpus, { looked: 0, through: 0, equivalent: 0, sameTests: 0 }]));
  const byGate: { [gate in GateName]?: number } = {};
  const aloneByGate: { [gate in GateName]?: number } = {};
  const throughNames: string[] = [];
  const refusedNames: string[] = [];
  let refusedForExamples = 0;
  const times: number[] = [];
  let left = 0;
  let stoppedByTimeAlone = 0;
  try {
    for (const corpus of corpora) {
      const all = candidatesOf(corpus, seed).filter(
        ({ id }) => only === undefined || only === corpus || (!isCorpus(only) && id.includes(only)),
      );
      const chosen = sample === undefined ? all : shuffled(all, seeded(seed + 1)).slice(0, sample);
      const count = counts.get(corpus) ?? { looked: 0, through: 0, equivalent: 0, sameTests: 0 };
      for (const candidate of chosen) {
        const found = record.of(corpus, candidate) ?? (performance.now() < until ? await look(corpus, candidate, judge) : undefined);
        if (found === undefined) {
          left += 1;
          continue;
        }
        if (record.of(corpus, candidate) === undefined) record.add(corpus, candidate, found);
        times.push(found.ms);
        if (found.equivalent || ('neverMet' in candidate && candidate.neverMet === true)) {
          count.equivalent += 1;
          if ('kind' in candidate && candidate.kind === 'tests') count.sameTests += 1;
          continue;
        }
        count.looked += 1;
        if (corpus === 'good') {
          if (found.passed) continue;
          count.through += 1;
          refusedNames.push(candidate.id);
          if (found.why.every((why) => /: add (?:one|examples|an example)|since another gate failed/.test(why))) refusedForExamples += 1;
          say(`refused, and good: ${candidate.id}\n    ${found.why.slice(0, 4).join('\n    ')}`);
          continue;
        }
        if (found.why.length > 0 && found.why.every((why) => /not tried in the time|not all .* were (?:made|tried)/.test(why)))
          stoppedByTimeAlone += 1;
        for (const gate of found.stoppedBy) byGate[gate] = (byGate[gate] ?? 0) + 1;
        const [first] = found.stoppedBy;
        if (first !== undefined && found.stoppedBy.length === 1) aloneByGate[first] = (aloneByGate[first] ?? 0) + 1;
        if (found.passed) {
          count.through += 1;
          throughNames.push(candidate.id);
          say(`through: ${candidate.id}`);
        }
      }
      say(
        `${corpus}: ${count.through} of ${count.looked} ${corpus === 'good' ? 'refused' : `through, ${count.equivalent} equivalent left out`}`,
      );
    }
  } finally {
    await judge.close();
  }
  const of = (corpus: Corpus): Counts => counts.get(corpus) ?? { looked: 0, through: 0, equivalent: 0, sameTests: 0 };
  return {
    seed,
    ...(sample === undefined ? {} : { sample }),
    ...(left === 0 ? {} : { left }),
    ruleMutants: of('rules').looked,
    ruleThrough: of('rules').through,
    otherMutants: of('other').looked,
    otherThrough: of('other').through,
    hand: of('hand').looked,
    handThrough: of('hand').through,
    good: of('good').looked,
    refusedGood: of('good').through,
    /** Of these, by nothing but an example that is missing and that the failure names: whoever wrote them is asked once more, which this bench is not. */
    refusedForExamples,
    /** Left out above: proved to be the same as the good one, or tests that notice each wrong code that the full ones notice. */
    equivalent: of('rules').equivalent + of('other').equivalent,
    equivalentTests: of('other').sameTests,
    /** Stopped by nothing but the time that a gate has. */
    stoppedByTimeAlone,
    byGate,
    /** What one gate alone stopped. */
    aloneByGate,
    throughNames,
    refusedNames,
    ms: { median: [...times].sort((a, b) => a - b)[times.length >> 1] ?? 0, all: times.reduce((sum, each) => sum + each, 0) },
  };
}

const isCorpus = (name: string): name is Corpus => corpora.some((corpus) => corpus === name);
function candidatesOf(corpus: Corpus, seed: number): readonly (Candidate | Mutant)[] {
  if (corpus === 'good') return goodCandidates;
  if (corpus === 'hand') return faultyByHand;
  const all = shuffled(everyMutant(seeded(seed)), seeded(seed + 2));
  return corpus === 'rules'
    ? all.filter(({ kind }) => kind === 'rules').slice(0, MUTANTS_OF_RULES)
    : all.filter(({ kind }) => kind !== 'rules').slice(0, OTHER_MUTANTS);
}

async function look(corpus: Corpus, candidate: Candidate | Mutant, judge: Judge): Promise<Found> {
  const verdict = await judge.judge(candidate);
  if (corpus === 'good') return { ...verdict, equivalent: false };
  // Tests that are weaker in letter alone are no fault.
  if ('kind' in candidate && candidate.kind === 'tests')
    return { ...verdict, equivalent: verdict.passed && (await judge.noticesNoLess(candidate, candidate.of, wrongCodeOf(candidate.of))) };
  return { ...verdict, equivalent: await isSame(candidate, verdict, judge) };
}

/** Only what no example, no type and no contract speaks against can be the same as the good one. */
async function isSame(candidate: Candidate | Mutant, { stoppedBy }: Verdict, judge: Judge): Promise<boolean> {
  if (!('of' in candidate) || stoppedBy.some((gate) => gate !== 'mutation' && gate !== 'properties' && gate !== 'proof')) return false;
  return judge.same(candidate, candidate.of);
}
