/**
 * Less memory: indexes that bring nothing go; where each brings something the asker chooses, with what it takes and what it spares;
 * where there is none, the figures say what memory is used for.
 */
import type { EntityContract, EntityIndex, Json } from '#kernel';
import type { Understood } from '#ports';
import { helps, tellBytes, tellCost, tellGain } from './figures.ts';
import { type Asked, boundOf, capitalised, many, toDo, weighedNothing, wordsOf } from './judged.ts';
import { modelWith, sameIndex, withIndexes } from './plan.ts';
import { questionOf } from './questions.ts';
import type { Subject } from './wish.ts';
import { indexFor } from './questions.ts';

interface Kept {
  readonly entity: EntityContract;
  readonly index: EntityIndex;
  readonly words: string;
  readonly bytes: number;
  readonly told: string;
  readonly brings: boolean;
  readonly bound: string;
}

export async function lessMemory(asked: Asked, only: EntityContract | undefined, usage: string): Promise<Understood> {
  const { reading } = asked;
  const entities = only === undefined ? reading.model.entities : [only];
  const kept: Kept[] = [];
  for (const entity of entities) for (const index of entity.indexes ?? []) kept.push(await measuredWithout(asked, entity, index));
  const needless = kept.filter(({ brings }) => !brings);
  const [first] = needless;
  const about = only === undefined ? 'The system' : capitalised(many(only));
  if (first !== undefined) {
    const own = needless.filter(({ entity }) => entity.id === first.entity.id);
    return toDo(
      asked,
      first.entity,
      {
        indexes: (first.entity.indexes ?? []).filter((index) => !own.some((each) => sameIndex(each.index, index))),
        answersWithin: first.entity.answersWithin ?? null,
      },
      {
        echo: own.map(({ words }) => `Stop keeping the index for ${words}.`).join(' '),
        notes: [...own.map(({ told }) => told), first.bound],
        weighed: [
          {
            name: 'delete',
            value: `${own.map(({ bytes }) => tellBytes(bytes)).join(', ')} less`,
            cost: 'none: no read gets slower',
            risk: 'low',
          },
        ],
      },
    );
  }
  if (kept.length > 0)
    return {
      kind: 'question',
      why: `${about} keeps ${kept.length === 1 ? 'one index' : `${kept.length} indexes`} that could go, and each makes a read faster. Which can be done without? ${usage}`,
      options: kept.map(({ words, told }) => ({ sentence: `Stop keeping the index for ${words}.`, meaning: told })),
    };
  const why = `${about} keeps no index that could go, and no setting or strategy of it uses less memory. ${usage}`;
  return { kind: 'nothing-to-do', echo: ['Use less memory.'], why, weighed: weighedNothing(why) };
}

/** The asker says which index goes; what that makes slower is told. */
export async function withoutIndex(asked: Asked, { entity, question }: Subject): Promise<Understood> {
  const found = question === undefined ? undefined : indexFor(question, entity, asked.reading.model);
  const index = found !== undefined && 'index' in found ? found.index : undefined;
  const kept = entity.indexes ?? [];
  const there = index === undefined ? undefined : kept.find((each) => sameIndex(each, index));
  if (there === undefined) {
    const others = kept.map((each) => `Stop keeping the index for ${wordsOf(questionOf(each, entity.id), entity, asked.reading.model)}.`);
    if (question === undefined && others.length > 0)
      return { kind: 'question', why: `Which index of ${many(entity)}?`, options: others.map((sentence) => ({ sentence })) };
    return {
      kind: 'nothing-to-do',
      echo: [],
      why: `${capitalised(many(entity))} keep no such index.${others.length === 0 ? ' They keep none by their definition.' : ` There is: ${others.join(' ')}`}`,
    };
  }
  const { words, told, bound } = await measuredWithout(asked, entity, there);
  return toDo(
    asked,
    entity,
    { indexes: kept.filter((each) => each !== there), answersWithin: entity.answersWithin ?? null },
    {
      echo: `Stop keeping the index for ${words}.`,
      notes: [told, bound],
      weighed: [
        { name: 'nothing', value: told, cost: 'none', risk: 'none', rejectedBecause: 'it was asked for' },
        { name: 'delete', value: 'what was asked for', cost: told, risk: 'low: a rollback builds it again' },
      ],
    },
  );
}

async function measuredWithout({ reading, measuring }: Asked, entity: EntityContract, index: EntityIndex): Promise<Kept> {
  const { model } = reading;
  const question = questionOf(index, entity.id);
  const less = modelWith(
    model,
    reading,
    withIndexes(
      entity,
      (entity.indexes ?? []).filter((each) => each !== index),
    ),
  );
  const measured = await measuring.measure({
    models: [less, model] as unknown as readonly Json[],
    entity: entity.id,
    questions: [question],
  });
  const [without, having] = measured.answers[0] ?? [];
  const words = wordsOf(question, entity, model);
  const bytes = Math.max(0, (measured.indexBytes[1] ?? 0) - (measured.indexBytes[0] ?? 0));
  const brings = without !== undefined && having !== undefined && helps(without, having);
  const told =
    without === undefined || having === undefined
      ? ''
      : brings
        ? `The index takes ${tellBytes(bytes)}. Without it ${words} ${tellGain(without, having)}.`
        : `The index takes ${tellBytes(bytes)} and brings nothing: ${words} ${tellCost(without)} without it, and ${tellCost(having)} with it.`;
  return { entity, index, words, bytes, told, brings, bound: boundOf(measured) };
}
