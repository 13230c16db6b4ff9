/**
 * How many rows of the live system a condition touches, for what a change tells its asker. Read with the workshop's login,
 * which sees no sensitive value; only numbers leave this file.
 */
import { createHash } from 'node:crypto';
import {
  canonicalJson,
  type EntityContract,
  type Expression,
  type Field,
  isRefusal,
  type Json,
  permanentId,
  type ViewContract,
} from '#kernel';
import { entityNamed, fieldNamed, type SystemModel } from '#model';
import { nodesOf, rowType, valueTypeOf } from '#rules';
import { openStore, prepareModel } from '#store';
import { workshopCall } from './rows/workshop-call.ts';

export interface RowCounts {
  /** `where`: a rule over input `row`, `{ duplicates: FIELD }`, or null for all rows. 0 where the entity is not there. */
  count(model: SystemModel, entity: string, where: Json | null): Promise<number>;
  close(): Promise<void>;
}
const groupsLooked = 500;
const never: Json = { node: 'constant', type: { kind: 'boolean', optional: false }, value: false };

export function openRowCounts(workshopUrl: string): RowCounts {
  const store = openStore({ dataUrl: workshopUrl, pool: 2 });
  const read = async (
    model: SystemModel,
    view: Omit<ViewContract, 'id' | 'kind' | 'name' | 'title' | 'show'>,
  ): Promise<readonly { readonly [column: string]: unknown }[]> => {
    const id = permanentId(`v_${createHash('sha256').update(canonicalJson(view)).digest('hex').slice(0, 16)}`);
    const page = await store.read.view(
      workshopCall(model, 'view/counting'),
      prepareModel(model),
      { ...view, id, kind: 'view', name: 'counting', title: 'Counting', show: 'number' },
      { limit: groupsLooked },
    );
    return isRefusal(page) ? [] : page.items;
  };
  return {
    count: async (model, name, where) => {
      const entity = entityNamed(model, name);
      if (entity === undefined) return 0;
      const row: Expression = { node: 'input', name: 'row', type: rowType(entity.id) };
      const counted = { name: 'count', label: 'Count', value: row, aggregate: 'count' as const };
      const duplicates = duplicatesOf(where);
      if (duplicates === null) {
        // A field that the same request adds: no row has a value in it yet.
        if (where !== null && readsUnknownField(model, where as unknown as Expression))
          where = (where as { readonly node?: Json }).node === 'absent' ? null : never;
        const [first] = await read(model, {
          from: entity.id,
          ...(where === null ? {} : { where: where as unknown as Expression }),
          columns: [counted],
          order: [],
        });
        return Number(first?.['count'] ?? 0);
      }
      const field = fieldNamed(entity.fields, duplicates);
      if (field === undefined) return 0;
      const type = valueTypeOf(field, model.settings.currency.digits);
      if (type === undefined) return 0;
      const value = { name: 'value', label: 'Value', value: { node: 'field', of: row, field: field.name, id: field.id, type } as const };
      const groups = await read(model, {
        from: entity.id,
        columns: [value, counted],
        order: [{ column: 'count', direction: 'descending' }],
      });
      return groups
        .filter((group) => group['value'] !== null && Number(group['count']) > 1)
        .reduce((sum, group) => sum + Number(group['count']), 0);
    },
    close: () => store.close(),
  };
}

const readsUnknownField = (model: SystemModel, where: Expression): boolean =>
  [...nodesOf(where)].some(
    (node) =>
      node.node === 'field' &&
      !model.entities.some((entity) => [entity, ...listsOf(entity)].some((shape) => shape.fields.some((field) => field.id === node.id))),
  );
const listsOf = (entity: EntityContract): readonly { readonly fields: readonly Field[] }[] =>
  entity.fields.flatMap((field) => (field.type.kind === 'list' ? [field.type] : []));

function duplicatesOf(where: Json | null): string | null {
  const asked =
    typeof where === 'object' && where !== null && !Array.isArray(where)
      ? (where as { readonly [name: string]: Json })['duplicates']
      : undefined;
  return typeof asked === 'string' ? asked : null;
}
