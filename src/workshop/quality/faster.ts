/** Reads that should be faster: the index that makes them so, shown by counts; or that nothing is to be gained, with the figures; or which read is meant. */
import type { EntityContract } from '#kernel';
import type { Question, Understood } from '#ports';
import { helps, isFrugal, tellGain, tellPrice } from './figures.ts';
import {
  type Asked,
  boundOf,
  capitalised,
  chosenBy,
  costOf,
  gainOf,
  many,
  toDo,
  weigh,
  weighedIndex,
  weighedNothing,
  type Weighing,
} from './judged.ts';
import { readsToMeasure } from './seen.ts';
import type { Subject } from './wish.ts';

const MOST_OPTIONS = 6;

export async function faster(asked: Asked, { entity, question }: Subject): Promise<Understood> {
  return question === undefined ? anyRead(asked, entity) : oneRead(asked, entity, question);
}

async function oneRead(asked: Asked, entity: EntityContract, question: Question): Promise<Understood> {
  const { measured, weighings } = await weigh(asked, entity, [question]);
  const [found] = weighings;
  if (found === undefined) return { kind: 'refused', why: 'Nothing could be measured.' };
  const echo = `Make ${found.words} faster.`;
  const bound = boundOf(measured);
  if (found.index !== undefined && helps(found.now, found.then))
    return toDo(
      asked,
      entity,
      { indexes: [...(entity.indexes ?? []), found.index], answersWithin: entity.answersWithin ?? null },
      {
        echo,
        notes: [`${gainOf(found)}.`, `An index does it: ${tellPrice(measured)}.`, bound],
        weighed: weighedIndex(measured, [found]),
      },
    );
  if (isFrugal(found.now)) {
    const why = `${costOf(found)}: so few that there is nothing to gain that anybody would notice. ${bound}`;
    return { kind: 'nothing-to-do', echo: [echo], why, weighed: weighedNothing(why) };
  }
  const why =
    found.index === undefined
      ? `${costOf(found)}, and no index can make it faster: ${found.why ?? ''}. ${bound}`
      : `An index would not make it faster: ${found.words} ${tellGain(found.now, found.then)}. ${bound}`;
  return { kind: 'refused', why, weighed: weighedNothing(why) };
}

/** Nothing is said of how they are read: all that is known is measured. */
async function anyRead(asked: Asked, entity: EntityContract): Promise<Understood> {
  const { measured, weighings } = await weigh(asked, entity, await readsToMeasure(asked.measuring, entity, asked.reading.model));
  const bound = `${boundOf(measured)} ${chosenBy(weighings)}`;
  const helped = weighings.filter(({ index, now, then }) => index !== undefined && helps(now, then));
  // What callers wait for comes before what they might ask for.
  const made = helped.filter(({ seen }) => seen > 0);
  const gains = (made.length > 0 ? made : helped).toSorted((one, other) => spared(other) - spared(one));
  const [best] = gains;
  const echo = `Make listing ${many(entity)} faster.`;
  if (best === undefined) {
    const slowest = slowestOf(weighings);
    const why = `No index makes reading ${many(entity)} faster. The dearest read: ${slowest === undefined ? 'none' : `${costOf(slowest)}${slowest.why === undefined ? '' : ` (${slowest.why})`}`}. ${bound}`;
    return { kind: 'nothing-to-do', echo: [echo], why, weighed: weighedNothing(why) };
  }
  if (gains.length === 1 && best.index !== undefined)
    return toDo(
      asked,
      entity,
      { indexes: [...(entity.indexes ?? []), best.index], answersWithin: entity.answersWithin ?? null },
      {
        echo: `Make ${best.words} faster.`,
        notes: [
          `${gainOf(best)}. Of ${weighings.length} reads that were measured it alone gains${best.seen > 0 ? ` of those that callers made: ${best.seen} times in the last seven days` : ''}.`,
          `An index does it: ${tellPrice(measured)}.`,
          bound,
        ],
        weighed: weighedIndex(measured, [best]),
      },
    );
  const plain = weighings[0];
  return {
    kind: 'question',
    why: `Which read of ${many(entity)} is slow?${plain === undefined ? '' : ` ${costOf(plain)}.`} ${gains.length} others would gain from an index; each index is kept up at every write. ${bound}`,
    options: gains.slice(0, MOST_OPTIONS).map((gain) => ({
      sentence: `Make ${gain.words} faster.`,
      meaning: `${capitalised(tellGain(gain.now, gain.then))}.${gain.seen > 0 ? ` Callers asked for it ${gain.seen} times in the last seven days.` : ''}`,
    })),
  };
}

/** Rows that need not be looked at any more, by all who ask. */
const spared = ({ now, then, seen }: Weighing): number => (now.rows - then.rows) * Math.max(1, seen);

export const slowestOf = (weighings: readonly Weighing[]): Weighing | undefined =>
  [...weighings].sort((one, other) => other.now.ms.median - one.now.ms.median)[0];
