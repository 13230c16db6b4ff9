/**
 * How many rows of the live system a condition touches, for what a change tells its asker. Read with the workshop's login,
 * which sees no sensitive value. Only numbers leave this file, and the title of a row that breaks a promise.
 */
import { createHash } from 'node:crypto';
import {
  canonicalJson,
  type EntityContract,
  type Expression,
  type Field,
  instant,
  isRefusal,
  type Json,
  type PermanentId,
  permanentId,
  type ViewContract,
} from '#kernel';
import { accessOn, entityById, entityNamed, fieldNamed, sensitiveIn, type SystemModel } from '#model';
import type { AskedOfRows, BrokenRows, CoveredRows } from '#ports';
import { nodesOf, rowType, valueTypeOf } from '#rules';
import { askedEver, askedOfRows, coveredRows, openStore, prepareModel } from '#store';
import { workshopCall } from './rows/workshop-call.ts';

export interface RowCounts {
  /** `where`: a rule over input `row`, `{ duplicates: FIELD }`, or null for all rows. 0 where the entity is not there. */
  count(model: SystemModel, entity: string, where: Json | null): Promise<number>;
  /** Rows of which `holds` is false; null where it cannot be told. */
  broken(model: SystemModel, entity: PermanentId, holds: Expression): Promise<BrokenRows | null>;
  /** Rows of which `holds` is true, of how many; null where it cannot be told. */
  covered(model: SystemModel, entity: PermanentId, holds: Expression): Promise<CoveredRows | null>;
  /** What `now` asks of values that the entity does not ask in `model`, which the rows stand in. */
  asked(model: SystemModel, now: EntityContract): Promise<readonly AskedOfRows[]>;
  /** What `now` asks of the values of these fields, whenever it was first asked. */
  askedEver(model: SystemModel, now: EntityContract, fields: ReadonlySet<PermanentId>): Promise<readonly AskedOfRows[]>;
  close(): Promise<void>;
}
const groupsLooked = 500;
/** What takes longer to count is told of made-up rows instead. */
const longestCountMs = 1_500;
const never: Json = { node: 'constant', type: { kind: 'boolean', optional: false }, value: false };

export function openRowCounts(workshopUrl: string): RowCounts {
  const store = openStore({ dataUrl: workshopUrl, pool: 2 });
  const read = async (model: SystemModel, view: Query): Promise<Found> => (await tried(model, view)) ?? [];
  const tried = async (model: SystemModel, view: Query): Promise<Found | null> => {
    const id = permanentId(`v_${createHash('sha256').update(canonicalJson(view)).digest('hex').slice(0, 16)}`);
    const page = await store.read.view(
      workshopCall(model, 'view/counting'),
      prepareModel(model),
      { ...view, id, kind: 'view', name: 'counting', title: 'Counting', show: 'number' },
      { limit: groupsLooked },
    );
    return isRefusal(page) ? null : page.items;
  };
  /** How many there are, whoever may see them; null where they could not be counted. */
  const rowsOf = async (model: SystemModel, { id }: EntityContract): Promise<number | null> => {
    const counted = await tried(seenByAll(model), { from: id, columns: [countOf(id)], order: [] });
    return counted === null ? null : Number(counted[0]?.['count'] ?? 0);
  };
  return {
    count: async (model, name, where) => {
      const entity = entityNamed(model, name);
      if (entity === undefined) return 0;
      const counted = countOf(entity.id);
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
      const value = {
        name: 'value',
        label: 'Value',
        value: { node: 'field', of: rowOf(entity.id), field: field.name, id: field.id, type } as const,
      };
      const groups = await read(model, {
        from: entity.id,
        columns: [value, counted],
        order: [{ column: 'count', direction: 'descending' }],
      });
      return groups
        .filter((group) => group['value'] !== null && Number(group['count']) > 1)
        .reduce((sum, group) => sum + Number(group['count']), 0);
    },
    broken: async (model, id, holds) => {
      const entity = entityById(model, id);
      if (entity === undefined) return null;
      // All rows count, whoever may see them; which one it is, is told where everybody may see all of them.
      const whole = seenByAll(model);
      const where: Expression = {
        node: 'binary',
        op: 'equal',
        left: holds,
        right: { node: 'constant', type: truth, value: false },
        type: truth,
      };
      const counted = await tried(whole, { from: id, where, columns: [countOf(id)], order: [] });
      if (counted === null) return null;
      const count = Number(counted[0]?.['count'] ?? 0);
      const title = entity.fields.find((field) => field.name === entity.title);
      const type = title === undefined ? undefined : valueTypeOf(title, model.settings.currency.digits);
      if (count === 0 || title === undefined || type === undefined) return { count };
      if (accessOn(model, id).length > 0 || sensitiveIn(model).has(title.id)) return { count };
      const value: Expression = { node: 'field', of: rowOf(id), field: title.name, id: title.id, type };
      const first = await tried(whole, { from: id, where, columns: [{ name: 'title', label: 'Title', value }], order: [], limit: 1 });
      const named = first?.[0]?.['title'];
      return named === undefined || named === null ? { count } : { count, row: String(named) };
    },
    covered: (model, entity, holds) => {
      const call = workshopCall(model, 'view/counting');
      return coveredRows(store.read, { ...call, deadline: instant(call.now + longestCountMs) }, prepareModel(model), entity, holds);
    },
    asked: (model, now) =>
      askedOfRows(store.read, workshopCall(model, 'view/counting'), prepareModel(model), now, { seesAll: false, barringAlone: false }),
    askedEver: async (model, now, fields) => {
      const was = entityById(model, now.id);
      if (was === undefined) return [];
      const fresh = now.fields.filter(
        ({ id, required, derived }) => fields.has(id) && required && derived === undefined && !was.fields.some((field) => field.id === id),
      );
      const asked = await askedEver(store.read, workshopCall(model, 'view/counting'), prepareModel(model), now, fields);
      return fresh.length === 0 ? asked : [...asked, ...withoutValue(fresh, await rowsOf(model, was))];
    },
    close: () => store.close(),
  };
}
type Query = Omit<ViewContract, 'id' | 'kind' | 'name' | 'title' | 'show'>;
type Found = readonly { readonly [column: string]: unknown }[];
const rowOf = (entity: PermanentId): Expression => ({ node: 'input', name: 'row', type: rowType(entity) });
const countOf = (entity: PermanentId): ViewContract['columns'][number] => ({
  name: 'count',
  label: 'Count',
  value: rowOf(entity),
  aggregate: 'count',
});
/** As if everybody may see every row. */
const seenByAll = (model: SystemModel): SystemModel => ({ ...model, rules: model.rules.filter((rule) => rule.form !== 'access') });
const truth = { kind: 'boolean', optional: false } as const;

/** Fields that rows cannot have filled in yet. */
const withoutValue = (fields: readonly Field[], rows: number | null): readonly AskedOfRows[] =>
  fields.map(({ name }) => ({
    asks: `has a value in ${name}`,
    broken: rows === null || rows === 0 ? null : `${rows === 1 ? 'one row has' : `${rows} rows have`} no value in ${name} yet`,
    untold: rows === null,
    stay: true,
  }));

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
