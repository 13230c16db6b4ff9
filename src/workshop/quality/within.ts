/** A time to keep to: met already, met with indexes, or not to be met, each with the figures. What is kept is the entity's `answersWithin`. */
import type { EntityContract, EntityIndex } from '#kernel';
import type { Understood } from '#ports';
import { tellGain, tellMs, tellPrice } from './figures.ts';
import { type Asked, boundOf, capitalised, chosenBy, costOf, gainOf, many, toDo, weigh, weighedIndex, weighedNothing } from './judged.ts';
import { slowestOf } from './faster.ts';
import { readsToMeasure } from './seen.ts';
import { sameIndex } from './plan.ts';
import { questionWords } from './subject.ts';
import type { Subject } from './wish.ts';

export async function within(asked: Asked, { entity, question }: Subject, milliseconds: number): Promise<Understood> {
  if (question !== undefined)
    return {
      kind: 'question',
      why: `A time is kept to by all reads of ${many(entity)}, since what is fast for one of them is of no use to the others. Which is meant?`,
      options: [
        {
          sentence: sentence(entity, milliseconds),
          meaning: 'All of its reads are measured, now and whenever it changes, and watched in service.',
        },
        {
          sentence: `Make ${questionWords(question, entity, asked.reading.model)} faster.`,
          meaning: 'An index for this read, if it gains.',
        },
      ],
    };
  const { measured, weighings } = await weigh(asked, entity, await readsToMeasure(asked.measuring, entity, asked.reading.model));
  const bound = `${boundOf(measured)} ${chosenBy(weighings)}`;
  const echo = sentence(entity, milliseconds);
  const late = weighings.filter(({ now }) => now.ms.median > milliseconds);
  const slowest = slowestOf(weighings);
  const kept = entity.indexes ?? [];
  if (late.length === 0) {
    const figures = `All ${weighings.length} reads keep to it already. The slowest: ${slowest === undefined ? 'none' : costOf(slowest)}.`;
    if (entity.answersWithin === milliseconds)
      return { kind: 'nothing-to-do', echo: [echo], why: `That is required already. ${figures} ${bound}` };
    return toDo(
      asked,
      entity,
      { indexes: kept, answersWithin: milliseconds },
      {
        echo,
        notes: [
          figures,
          'No index is needed. The time is kept with the definition, is measured again whenever it changes, and is watched in service.',
          bound,
        ],
        weighed: [
          {
            name: 'nothing',
            value: 'the same today',
            cost: 'none',
            risk: 'none',
            rejectedBecause: 'nobody would notice when it is no longer so',
          },
          { name: 'configure', value: figures, cost: 'a line in the definition', risk: 'low' },
          { name: 'generate', value: 'none', cost: 'code', risk: 'medium', rejectedBecause: 'it is met as it is' },
        ],
      },
    );
  }
  const stillLate = late.filter(({ index, then }) => index === undefined || then.ms.median > milliseconds);
  if (stillLate.length === 0) {
    const fresh: EntityIndex[] = [];
    for (const { index } of late) if (index !== undefined && !fresh.some((each) => sameIndex(each, index))) fresh.push(index);
    return toDo(
      asked,
      entity,
      { indexes: [...kept, ...fresh], answersWithin: milliseconds },
      {
        echo,
        notes: [
          ...late.map((each) => `${gainOf(each)}.`),
          `With ${fresh.length === 1 ? 'an index' : `${fresh.length} indexes`} all ${weighings.length} reads keep to ${milliseconds} ms: ${tellPrice(measured)}.`,
          'The time is kept with the definition, is measured again whenever it changes, and is watched in service.',
          bound,
        ],
        weighed: weighedIndex(measured, late),
      },
    );
  }
  const best = Math.max(...weighings.map(({ now, then, index }) => (index === undefined ? now : then).ms.median));
  const reached = Math.ceil((best * 1.5) / 10) * 10;
  const why = `${capitalised(many(entity))} cannot answer within ${milliseconds} ms: ${stillLate
    .map((each) =>
      each.index === undefined
        ? `${costOf(each)}, and no index can make it faster: ${each.why ?? ''}`
        : `${each.words} ${tellGain(each.now, each.then)}`,
    )
    .join('; ')}. ${bound} What could be kept to: ${sentence(entity, reached)} (${tellMs(best)} at the median)`;
  return { kind: 'refused', why, weighed: weighedNothing(why) };
}

/** It need not any more. */
export function anyhow(asked: Asked, { entity }: Subject): Understood {
  const echo = `${capitalised(many(entity))} need not answer within a given time.`;
  if (entity.answersWithin === undefined) return { kind: 'nothing-to-do', echo: [echo], why: `No time is required of ${many(entity)}.` };
  return toDo(
    asked,
    entity,
    { indexes: entity.indexes ?? [], answersWithin: null },
    {
      echo,
      notes: [`Until now ${entity.answersWithin} ms. Its indexes stay.`],
      weighed: [{ name: 'configure', value: 'what was asked for', cost: 'a line in the definition', risk: 'low' }],
    },
  );
}

const sentence = (entity: EntityContract, milliseconds: number): string =>
  `${capitalised(many(entity))} must answer within ${milliseconds} ms.`;
