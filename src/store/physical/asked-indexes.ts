/**
 * The indexes that an entity's definition asks for, as SQL over its table: for exactly the conditions and the order that a list of
 * that question has (`read/conditions.ts`), since PostgreSQL uses an index for no other expression. Each is named by the digest of
 * its text, so that generations which ask for the same one share it.
 */
import type { EntityIndex, Field, PermanentId } from '#kernel';
import { digestOf, entityById, type SystemModel } from '#model';
import { quoted } from './names.ts';
import type { RowPlan } from './row-plan.ts';
import { choiceRank, collated, isTextual } from './sort-expression.ts';

export interface AskedIndex {
  readonly name: string;
  readonly on: string;
  readonly asked: true;
}
/** What the names of asked indexes have between the id of the entity and their digest. */
export const ASKED = '_x_';

export function askedIndexes(plan: RowPlan, model: SystemModel): readonly AskedIndex[] {
  const { collation } = model.settings;
  return (entityById(model, plan.id)?.indexes ?? []).flatMap((index) => {
    const on = 'search' in index ? searched(plan, collation) : listed(plan, index, collation);
    return on === undefined ? [] : [{ name: `${plan.id}${ASKED}${digestOf(on).slice(7, 19)}`, on, asked: true as const }];
  });
}

/** Rows of one value in the order that is asked for; ends with the id, as each list does. */
function listed(plan: RowPlan, { filter, sort }: Exclude<EntityIndex, { search: true }>, collation: string): string | undefined {
  const stored = (id: PermanentId): Field | undefined => plan.stored.find(({ field }) => field.id === id)?.field;
  const parts: string[] = [];
  for (const id of filter) {
    if (stored(id) === undefined) return undefined;
    parts.push(quoted(id));
  }
  for (const { field: id, descending } of sort) {
    const field = stored(id);
    if (field === undefined) return undefined;
    parts.push(`${ordered(field, collation)}${descending ? ' desc nulls last' : ''}`);
  }
  return `(${[...parts, `id${sort[0]?.descending === true ? ' desc' : ''}`].join(', ')})`;
}
function ordered(field: Field, collation: string): string {
  const column = quoted(field.id);
  if (field.type.kind === 'choice') return `(${choiceRank(field, column)})`;
  return isTextual(field) ? `${column}${collated(collation)}` : column;
}

/** Parts of words: `pg_trgm` stands in the schema of the product. */
function searched(plan: RowPlan, collation: string): string | undefined {
  const texts = plan.stored.filter(({ field }) => isTextual(field));
  if (texts.length === 0) return undefined;
  return `using gin (${texts.map(({ field }) => `lower(${quoted(field.id)}${collated(collation)}) theseus.gin_trgm_ops`).join(', ')})`;
}
