/**
 * What does it cost to answer? Asked where a candidate keeps other indexes than its base, and of each entity that changes and is to answer
 * within a time. Measured over generated rows with the real statements, before and after. An index that brings nothing fails: it would be
 * kept up at every write for nobody. A time fails where not even the fastest run kept to it, so that a busy machine refuses nobody.
 */
import { type EntityContract, type EntityIndex, type Finding, type Json, type PermanentId } from '#kernel';
import { digestOfValue, linkModel, type SystemModel } from '#model';
import type { Measured, Measuring, MeasuringAsked, Question, ReadCost } from '#ports';
import {
  helps,
  questionOf,
  questionWords,
  readsToMeasure,
  sameIndex,
  tellBound,
  tellCost,
  tellGain,
  tellMs,
  tellPrice,
  withIndexes,
} from '#quality';
import { asJson, evidenceOf, type Gate, type GateInput, type Proposal } from './gate.ts';

interface Looked {
  readonly entity: EntityContract;
  readonly before: readonly EntityIndex[];
  readonly after: readonly EntityIndex[];
  /** That of the time, where it is to be looked at. */
  readonly limit?: number;
}

export const qualityGate: Gate = async (candidate, base, engines) => {
  const findings: Finding[] = [];
  for (const looked of lookedAt(candidate, base)) {
    const { questions, models } = await asked(looked, candidate, engines.measuring);
    const measured = await measure(engines.measuring, {
      models: models as unknown as readonly Json[],
      entity: looked.entity.id,
      questions,
    });
    if (typeof measured === 'string') {
      const statement = `What reading ${looked.entity.plural} costs could not be measured: ${measured}`;
      findings.push({ statement, verdict: 'unknown', shownBy: 'not-shown' });
      continue;
    }
    findings.push(...findingsOf(looked, questions, measured, candidate.reading.model));
  }
  if (findings.length === 0)
    findings.push({
      statement: 'No index and no required time is touched: there is nothing to measure',
      verdict: 'pass',
      shownBy: 'checked',
    });
  return evidenceOf('quality', 'theseus measuring', [candidate.generation.id, base.generation.id], findings);
};

/** Why not, where it could not be done: then it is unknown, and never a pass. */
async function measure(measuring: Measuring | undefined, asked: MeasuringAsked): Promise<Measured | string> {
  if (measuring === undefined) return 'there is no trial database';
  try {
    return await measuring.measure(asked);
  } catch (cause) {
    return cause instanceof Error ? cause.message : 'unknown';
  }
}

/** Nobody is told that nothing was measured where nothing of it is touched. */
export const concernsQuality = (candidate: Proposal, base: GateInput): boolean => lookedAt(candidate, base).length > 0;

function lookedAt(candidate: Proposal, base: GateInput): readonly Looked[] {
  const before = new Map(base.reading.model.entities.map((entity) => [entity.id, entity]));
  return candidate.reading.model.entities.flatMap((entity): readonly Looked[] => {
    const was = before.get(entity.id);
    if (was === entity || (was !== undefined && same(was, entity))) return [];
    const fields = new Set<PermanentId>(entity.fields.map(({ id }) => id));
    const kept = (was?.indexes ?? []).filter(
      (index) => 'search' in index || [...index.filter, ...index.sort.map(({ field }) => field)].every((id) => fields.has(id)),
    );
    const after = entity.indexes ?? [];
    const limit = entity.answersWithin;
    if (limit === undefined && kept.length === after.length && kept.every((index) => after.some((each) => sameIndex(index, each))))
      return [];
    return [{ entity, before: kept, after, ...(limit === undefined ? {} : { limit }) }];
  });
}
const same = (one: EntityContract, other: EntityContract): boolean => digestOfValue(one) === digestOfValue(other);

/** All in one turn: the candidate with the indexes of its base, and as it is. */
async function asked(
  { entity, before, after, limit }: Looked,
  candidate: Proposal,
  measuring: Measuring | undefined,
): Promise<{ readonly questions: readonly Question[]; readonly models: readonly SystemModel[] }> {
  const { model } = candidate.reading;
  const changed = differing(before, after).map(({ index }) => questionOf(index, entity.id));
  const old = withIndexes(entity, before);
  const reads = limit === undefined ? [] : await readsToMeasure(measuring, entity, model);
  const contracts = candidate.reading.components.map(({ contract }) => (contract.id === entity.id ? old : contract));
  return {
    questions: [...changed, ...reads.map(({ question }) => question)],
    models: [linkModel(model.settings, contracts), model],
  };
}
function differing(
  before: readonly EntityIndex[],
  after: readonly EntityIndex[],
): readonly { readonly index: EntityIndex; readonly added: boolean }[] {
  const without = (all: readonly EntityIndex[], others: readonly EntityIndex[]): readonly EntityIndex[] =>
    all.filter((index) => !others.some((other) => sameIndex(index, other)));
  return [
    ...without(after, before).map((index) => ({ index, added: true })),
    ...without(before, after).map((index) => ({ index, added: false })),
  ];
}

function findingsOf(
  { entity, before, after, limit }: Looked,
  questions: readonly Question[],
  measured: Measured,
  model: SystemModel,
): readonly Finding[] {
  const bound = tellBound(measured);
  const changed = differing(before, after);
  const told = (question: Question | undefined): string => capitalised(questionWords(question, entity, model));
  const ofIndexes = changed.flatMap(({ added }, at): readonly Finding[] => {
    const [was, is] = measured.answers[at] ?? [];
    if (was === undefined || is === undefined) return [];
    const witness = asJson({ before: figures(was), after: figures(is) });
    if (!added) {
      const slower = helps(is, was)
        ? `${told(questions[at])} had an index: it ${tellGain(is, was)}`
        : `${told(questions[at])} loses nothing without the index`;
      return [{ statement: slower, verdict: 'pass', shownBy: 'tested', bound, witness }];
    }
    return helps(was, is)
      ? [
          {
            statement: `${told(questions[at])} ${tellGain(was, is)}. The index: ${tellPrice(measured)}`,
            verdict: 'pass',
            shownBy: 'tested',
            bound,
            witness,
          },
        ]
      : [
          {
            statement: `The index for ${questionWords(questions[at], entity, model)} brings nothing: it ${tellGain(was, is)}`,
            verdict: 'fail',
            shownBy: 'tested',
            bound,
            witness,
          },
        ];
  });
  if (limit === undefined) return ofIndexes;
  const reads = measured.answers.slice(changed.length).flatMap((costs, at) => {
    const cost = costs[1];
    return cost === undefined ? [] : [{ cost, words: told(questions[changed.length + at]) }];
  });
  return [...ofIndexes, timeFinding(entity, limit, reads, bound)];
}

function timeFinding(
  { plural }: EntityContract,
  limit: number,
  reads: readonly { readonly cost: ReadCost; readonly words: string }[],
  bound: string,
): Finding {
  const late = reads.filter(({ cost }) => cost.ms.least > limit);
  const [slowest] = [...reads].sort((one, other) => other.cost.ms.median - one.cost.ms.median);
  const shown = slowest === undefined ? '' : `: the slowest of ${reads.length} reads, ${slowest.words}, ${tellCost(slowest.cost)}`;
  if (late.length > 0)
    return {
      statement: `${plural} are to answer within ${limit} ms, and ${late.length} of ${reads.length} reads never did${shown}, ${tellMs(slowest?.cost.ms.least ?? 0)} at its fastest`,
      verdict: 'fail',
      shownBy: 'tested',
      bound,
      witness: asJson(late.map(({ words, cost }) => ({ read: words, ...figures(cost) }))),
    };
  const barely = reads.filter(({ cost }) => cost.ms.median > limit).length;
  return {
    statement: `${plural} answer within ${limit} ms${barely === 0 ? '' : ` at their fastest, ${barely} of them not at the median`}${shown}`,
    verdict: 'pass',
    shownBy: 'tested',
    bound,
  };
}

const figures = ({ rows, pages, nodes, ms }: ReadCost): { readonly [name: string]: Json } => ({
  rows,
  pages,
  nodes: [...nodes],
  ms: { median: ms.median, low: ms.low, high: ms.high },
});
const capitalised = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
