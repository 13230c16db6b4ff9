/** One wish on one system, while it is judged: what is measured, and the answers in the form that a change needs. */
import type { EntityContract, EntityIndex } from '#kernel';
import type { SystemModel, SystemReading } from '#model';
import type { Measured, Measuring, Question, ReadCost, Understood, Weighed } from '#ports';
import type { Json } from '#kernel';
import { tellBound, tellCost, tellGain, tellPrice } from './figures.ts';
import { modelWith, type Plan, planned, sameIndex, scopeOf, withIndexes } from './plan.ts';
import { indexFor } from './questions.ts';
import type { ReadToMeasure } from './seen.ts';
import { questionWords, spoken } from './subject.ts';

export interface Asked {
  readonly text: string;
  readonly reading: Extract<SystemReading, { ok: true }>;
  readonly measuring: Measuring;
}
/** A read, what it costs now, and what it would cost with the index for it; `why`: there can be none, or it is there already. */
export interface Weighing {
  readonly question: Question;
  readonly words: string;
  readonly now: ReadCost;
  readonly then: ReadCost;
  readonly index?: EntityIndex;
  readonly why?: string;
  /** How often callers made it lately; 0: it follows from the definition. */
  readonly seen: number;
}

export const wordsOf = (question: Question | undefined, entity: EntityContract, model: SystemModel): string =>
  questionWords(question, entity, model);
export const capitalised = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
export const many = (entity: EntityContract): string => spoken(entity.plural);

/** Each read as it is, and with the indexes for all of them. */
export async function weigh(
  { reading, measuring }: Asked,
  entity: EntityContract,
  reads: readonly (ReadToMeasure | Question)[],
): Promise<{ readonly measured: Measured; readonly weighings: readonly Weighing[] }> {
  const { model } = reading;
  const kept = entity.indexes ?? [];
  const asked = reads.map((read) => ('question' in read ? read : { question: read, seen: 0 }));
  const questions = asked.map(({ question }) => question);
  const found = questions.map((question) => indexFor(question, entity, model));
  const fresh: EntityIndex[] = [];
  for (const each of found)
    if ('index' in each && ![...kept, ...fresh].some((index) => sameIndex(index, each.index))) fresh.push(each.index);
  const models = fresh.length === 0 ? [model] : [model, modelWith(model, reading, withIndexes(entity, [...kept, ...fresh]))];
  const measured = await measuring.measure({ models: models as unknown as readonly Json[], entity: entity.id, questions });
  const weighings = questions.flatMap((question, at): readonly Weighing[] => {
    const [now, then = now] = measured.answers[at] ?? [];
    const index = found[at];
    if (now === undefined || then === undefined || index === undefined) return [];
    const there = 'index' in index && kept.some((each) => sameIndex(each, index.index));
    const why = 'why' in index ? { why: index.why } : there ? { why: 'the index for it is kept already' } : { index: index.index };
    return [{ question, words: wordsOf(question, entity, model), now, then, seen: asked[at]?.seen ?? 0, ...why }];
  });
  return { measured, weighings };
}

/** Understood: these indexes more, and the time where one is given. */
export function toDo(
  { text }: Asked,
  entity: EntityContract,
  change: { readonly indexes: readonly EntityIndex[]; readonly answersWithin: number | null },
  said: { readonly echo: string; readonly notes: readonly string[]; readonly weighed: readonly Weighed[] },
): Understood {
  const next = planned(entity, change);
  const plan: Plan = { entity: entity.id, request: text, ...change };
  return {
    kind: 'understood',
    echo: [said.echo],
    notes: said.notes,
    scope: scopeOf(entity, next),
    risk: 'low',
    plan: plan as unknown as Json,
    weighed: said.weighed,
  };
}

/** What the reads were chosen by. */
export function chosenBy(weighings: readonly Weighing[]): string {
  const seen = weighings.filter((each) => each.seen > 0).length;
  if (seen === 0) return 'Callers made none of them often enough yet to go by; they follow from the definition.';
  return `${seen} of ${weighings.length} reads are those that callers made in service in the last seven days.`;
}
export const gainOf = ({ words, now, then }: Weighing): string => `${capitalised(words)} ${tellGain(now, then)}`;
export const costOf = ({ words, now }: Weighing): string => `${capitalised(words)} ${tellCost(now)}`;
export const boundOf = (measured: Measured): string => `Measured ${tellBound(measured)}.`;

/** The ladder with its figures: what is done is cheaper than all that is not, or nothing is. */
export function weighedIndex(
  measured: Measured,
  gains: readonly Weighing[],
  risk = 'low: nobody sees it, and a rollback drops it',
): readonly Weighed[] {
  return [
    { name: 'nothing', value: 'none', cost: 'none', risk: 'none', rejectedBecause: gains.map(costOf).join('. ') },
    { name: 'configure', value: gains.map(gainOf).join('. '), cost: `an index: ${tellPrice(measured)}`, risk },
    { name: 'strategy', value: 'none', cost: 'none', risk: 'none', rejectedBecause: 'no variation point decides how rows are read' },
    {
      name: 'generate',
      value: 'no more than the index',
      cost: 'code that is to be kept up',
      risk: 'medium',
      rejectedBecause: 'an index does it, and no code has to be written',
    },
  ];
}
export const weighedNothing = (why: string): readonly Weighed[] => [
  { name: 'nothing', value: 'none', cost: 'none', risk: 'none' },
  { name: 'configure', value: 'none', cost: 'an index that is kept up at every write', risk: 'low', rejectedBecause: why },
];
