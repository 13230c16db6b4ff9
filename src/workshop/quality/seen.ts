/**
 * Which reads of an entity are worth measuring: those that callers made in service, as often as they made them, and after them those that
 * follow from the definition, which somebody may make tomorrow. What was asked a few times says nothing yet.
 */
import { canonicalJson, type EntityContract, type Json, type PermanentId, permanentId } from '#kernel';
import type { SystemModel } from '#model';
import type { Measuring, Question, SeenRead } from '#ports';
import { mostReads, readsOf } from './questions.ts';

export interface ReadToMeasure {
  readonly question: Question;
  /** How often callers made it lately; 0: it follows from the definition. */
  readonly seen: number;
}
const fewest = 10;

export async function readsToMeasure(
  measuring: Pick<Measuring, 'seen'> | undefined,
  entity: EntityContract,
  model: SystemModel,
): Promise<readonly ReadToMeasure[]> {
  // Where it cannot be told what was read, what follows from the definition is measured all the same.
  const told = (await measuring?.seen?.().catch(() => [])) ?? [];
  const made = new Map<string, ReadToMeasure>();
  const add = (question: Question, seen: number): void => {
    const key = keyOf(question);
    made.set(key, { question, seen: seen + (made.get(key)?.seen ?? 0) });
  };
  for (const read of told) {
    const question = questionOfRead(read, entity, model);
    if (question !== undefined) add(question, read.seen);
  }
  for (const [key, { seen }] of made) if (seen < fewest) made.delete(key);
  const asked = [...made.values()].sort((one, other) => other.seen - one.seen);
  const others = readsOf(entity, model).filter((question) => !made.has(keyOf(question)));
  return [...asked, ...others.map((question) => ({ question, seen: 0 }))].slice(0, mostReads);
}

export const keyOf = (question: Question): string => canonicalJson(question as unknown as Json);

/** A bound is served by the index for that order; what stands in several values by the one for each. Of what the model has no more nothing is measured. */
function questionOfRead({ shape }: SeenRead, entity: EntityContract, model: SystemModel): Question | undefined {
  if (shape.kind === 'view') {
    const view = model.views.find(({ id, from }) => id === shape.view && from === entity.id);
    return view === undefined ? undefined : { kind: 'view', entity: entity.id, view: view.id };
  }
  if (shape.kind !== 'list' || shape.entity !== entity.id) return undefined;
  const known = new Set<string>(entity.fields.filter(({ type }) => !(type.kind === 'text' && type.secret === true)).map(({ id }) => id));
  const parts = [...shape.filter, ...shape.sort];
  if (!parts.every(({ field }) => known.has(field))) return undefined;
  if (shape.search) return parts.length === 0 ? { kind: 'search', entity: entity.id } : undefined;
  const [same, bounds] = [
    shape.filter.filter(({ op }) => op === 'eq' || op === 'in'),
    shape.filter.filter(({ op }) => op !== 'eq' && op !== 'in' && op !== 'ne'),
  ];
  const id = (field: string): PermanentId => permanentId(field);
  const sort = shape.sort.length > 0 ? shape.sort : bounds.slice(0, 1).map(({ field }) => ({ field, descending: false }));
  return {
    kind: 'list',
    entity: entity.id,
    filter: [...new Set(same.map(({ field }) => id(field)))],
    sort: sort.map(({ field, descending }) => ({ field: id(field), descending })),
  };
}
