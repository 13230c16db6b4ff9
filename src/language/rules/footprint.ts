/** What an expression reads: the base of lineage, of the question who uses a field, and of where a derived value can be computed. */
import type { Expression, PermanentId } from '#kernel';
import { nodesOf } from './walk.ts';

export interface FieldRead {
  readonly row: PermanentId;
  readonly field: PermanentId;
}
export interface Footprint {
  /** Each field once, by the entity or the list items that it belongs to; references that are followed and lists that are read are among them. */
  readonly fields: readonly FieldRead[];
  /** Entities other than through a field of the own row: followed, or related. */
  readonly entities: readonly PermanentId[];
  readonly today: boolean;
}

export function footprintOf(expression: Expression): Footprint {
  const fields = new Map<string, FieldRead>();
  const entities = new Set<PermanentId>();
  let today = false;
  for (const at of nodesOf(expression)) {
    if (at.node === 'today') today = true;
    if (at.node === 'follow') entities.add(at.to);
    if (at.node === 'field' && at.of.type.kind === 'row') fields.set(`${at.of.type.of} ${at.id}`, { row: at.of.type.of, field: at.id });
    if (at.node === 'related') {
      entities.add(at.entity);
      fields.set(`${at.entity} ${at.via}`, { row: at.entity, field: at.via });
    }
  }
  return { fields: [...fields.values()], entities: [...entities], today };
}

/** Whether the row and the items of its lists are enough: nothing is followed, nothing that refers to it is read. */
export const dependsOnOwnRowOnly = (expression: Expression): boolean => {
  for (const at of nodesOf(expression)) if (at.node === 'follow' || at.node === 'related') return false;
  return true;
};
