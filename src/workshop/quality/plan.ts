/** What a wish for a quality alters, and the source with it: the indexes of one entity, and the time that it keeps to. Nothing else of the file moves. */
import { canonicalJson, type EntityContract, type EntityIndex, type Json, type PermanentId, type Scope } from '#kernel';
import {
  compareContracts,
  componentKey,
  editSource,
  indexesDoc,
  linkModel,
  type SourceEdit,
  type SystemModel,
  type SystemReading,
} from '#model';
import type { GeneratorContext } from '#ports';

export interface Plan {
  readonly entity: PermanentId;
  readonly request: string;
  readonly indexes: readonly EntityIndex[];
  /** Null: no time. */
  readonly answersWithin: number | null;
}
type Reading = Extract<SystemReading, { ok: true }>;

export const sameIndex = (one: EntityIndex, other: EntityIndex): boolean =>
  canonicalJson(one as unknown as Json) === canonicalJson(other as unknown as Json);

type Kept = Pick<Plan, 'indexes' | 'answersWithin'>;
/** An entity that keeps these; without the members where there is nothing to keep, as it is read. */
export function planned(entity: EntityContract, { indexes, answersWithin }: Kept): EntityContract {
  const next: { -readonly [Member in keyof EntityContract]: EntityContract[Member] } = { ...entity, indexes };
  if (indexes.length === 0) delete next.indexes;
  if (answersWithin === null) delete next.answersWithin;
  else next.answersWithin = answersWithin;
  return next;
}
export const withIndexes = (entity: EntityContract, indexes: readonly EntityIndex[]): EntityContract =>
  planned(entity, { indexes, answersWithin: entity.answersWithin ?? null });
/** The model with another version of one entity. */
export const modelWith = (model: SystemModel, reading: Reading, entity: EntityContract): SystemModel =>
  linkModel(
    model.settings,
    reading.components.map(({ contract }) => (contract.id === entity.id ? entity : contract)),
  );

export function scopeOf(entity: EntityContract, next: EntityContract): Scope {
  return {
    components: [componentKey('entity', entity.name)],
    members: [...new Set(compareContracts([entity], [next]).map(({ member }) => member))],
  };
}

export function filesOf(plan: Plan, context: GeneratorContext, reading: Reading): { readonly [path: string]: string } {
  const component = reading.components.find(({ contract }) => contract.id === plan.entity);
  const text = component === undefined ? undefined : context.sources[component.path];
  if (component === undefined || component.contract.kind !== 'entity' || text === undefined)
    throw new TypeError(`${plan.entity} is no entity of the base`);
  const before = component.contract;
  const after = planned(before, plan);
  const edits: SourceEdit[] = [];
  if (canonicalJson((before.indexes ?? []) as unknown as Json) !== canonicalJson((after.indexes ?? []) as unknown as Json))
    edits.push(
      after.indexes === undefined ? { kind: 'remove', member: 'indexes' } : { kind: 'set', member: 'indexes', value: indexesDoc(after) },
    );
  if (before.answersWithin !== after.answersWithin)
    edits.push(
      after.answersWithin === undefined
        ? { kind: 'remove', member: 'answersWithin' }
        : { kind: 'set', member: 'answersWithin', value: String(after.answersWithin) },
    );
  const { head } = component;
  const why = head.why.replace(/;? ?".*"$/, '').trim();
  const said = `"${plan.request.replaceAll(/\s+/g, ' ').replaceAll('*/', '* /').trim().slice(0, 300)}"`;
  edits.push({
    kind: 'head',
    head: {
      what: head.what,
      why: why === '' ? said : `${why}; ${said}`,
      change: context.change,
      generator: 'quality',
      date: context.today,
    },
  });
  return { [component.path]: editSource(text, component.outline, edits) };
}
