/**
 * The generator of qualities: what should be faster, smaller, or in time. It decides nothing by words: it measures, before and after, over
 * generated rows, and writes what helps into the definition of the entity: an index, a time. Where nothing helps it says so with the figures.
 * It calls no model and writes no code.
 */
import type { SystemReading } from '#model';
import type { Generator, GeneratorContext, Measuring, Understood } from '#ports';
import { faster } from './faster.ts';
import { type Asked, many } from './judged.ts';
import { lessMemory, withoutIndex } from './memory.ts';
import { fasterOperation } from './operation.ts';
import { filesOf, type Plan } from './plan.ts';
import { readsOf } from './questions.ts';
import { readQuality } from './read-quality.ts';
import { questionWords } from './subject.ts';
import { anyhow, within } from './within.ts';
import type { QualityWish } from './wish.ts';

const MOST_OPTIONS = 6;

export interface QualityParts {
  readonly measuring: Measuring;
  /** What memory is used for, as one sentence with figures. */
  readonly usage: () => Promise<string>;
}

export function qualityGenerator({ measuring, usage }: QualityParts): Generator {
  return {
    name: 'quality',
    async understand(text, context): Promise<Understood> {
      const reading = readingOf(context);
      const wish = readQuality(text, reading.model);
      return wish === undefined
        ? { kind: 'refused', why: 'It names no quality of something in this system.', words: [], nearest: [] }
        : judged(wish, { text, reading, measuring }, usage);
    },
    async generate(plan, context) {
      return { files: filesOf(plan as unknown as Plan, context, readingOf(context)), notes: [] };
    },
  };
}

async function judged(wish: QualityWish, asked: Asked, usage: () => Promise<string>): Promise<Understood> {
  switch (wish.kind) {
    case 'faster':
      return faster(asked, wish.subject);
    case 'within':
      return within(asked, wish.subject, wish.milliseconds);
    case 'anyhow':
      return anyhow(asked, wish.subject);
    case 'without-index':
      return withoutIndex(asked, wish.subject);
    case 'memory':
      return lessMemory(asked, wish.entity, await usage());
    case 'operation':
      return fasterOperation(asked, wish.name);
    case 'unclear': {
      const { entity, milliseconds } = wish;
      return {
        kind: 'question',
        why: `It is about how fast ${many(entity)} are read, and "${wish.words}" is not read wholly. Which is meant?`,
        options:
          milliseconds === undefined
            ? readsOf(entity, asked.reading.model)
                .slice(0, MOST_OPTIONS)
                .map((question) => ({ sentence: `Make ${questionWords(question, entity, asked.reading.model)} faster.` }))
            : [{ sentence: `${many(entity).charAt(0).toUpperCase()}${many(entity).slice(1)} must answer within ${milliseconds} ms.` }],
      };
    }
  }
}

function readingOf(context: GeneratorContext): Extract<SystemReading, { ok: true }> {
  const reading = context.reading as unknown as SystemReading;
  if (!reading.ok) throw new TypeError('the base of a change does not read');
  return reading;
}
