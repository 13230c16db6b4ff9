/**
 * How the values of fields are spread in the live system: shares, and how many different ones there are. Read with the workshop's login,
 * which sees no sensitive value; no value leaves this file, only numbers and the permanent ids of choices.
 */
import { createHash } from 'node:crypto';
import { canonicalJson, type Expression, type Field, isRefusal, permanentId, type PermanentId } from '#kernel';
import { entityById, sensitiveIn, type SystemModel } from '#model';
import { rowType, valueTypeOf } from '#rules';
import { type FieldShape, openStore, prepareModel } from '#store';
import { workshopCall } from './rows/workshop-call.ts';

export interface RowShapes {
  /** Of those of the fields that can be looked at; none where there are too few rows to speak of shares. */
  look(model: SystemModel, entity: PermanentId, fields: ReadonlySet<PermanentId>): Promise<ReadonlyMap<PermanentId, FieldShape>>;
  close(): Promise<void>;
}
const ENOUGH_FOR_SHARES = 50;
/** With fewer rows it is not known whether there would be more values among more rows. */
const ENOUGH_FOR_DISTINCT = 1_000;
const GROUPS = 500;

export function openRowShapes(workshopUrl: string): RowShapes {
  const store = openStore({ dataUrl: workshopUrl, pool: 1 });
  const groupsOf = async (model: SystemModel, entity: PermanentId, field: Field): Promise<readonly Group[] | undefined> => {
    const type = valueTypeOf(field, model.settings.currency.digits);
    if (type === undefined) return undefined;
    const row: Expression = { node: 'input', name: 'row', type: rowType(entity) };
    const view = {
      from: entity,
      columns: [
        { name: 'value', label: 'Value', value: { node: 'field', of: row, field: field.name, id: field.id, type } as const },
        { name: 'count', label: 'Count', value: row, aggregate: 'count' as const },
      ],
      order: [{ column: 'count', direction: 'descending' as const }],
    };
    const id = permanentId(`v_${createHash('sha256').update(canonicalJson(view)).digest('hex').slice(0, 16)}`);
    const page = await store.read.view(
      workshopCall(model, 'view/shapes'),
      prepareModel(model),
      { ...view, id, kind: 'view', name: 'shapes', title: 'Shapes', show: 'table' },
      { limit: GROUPS },
    );
    return isRefusal(page) ? undefined : page.items.map(({ value, count }) => ({ value, count: Number(count) }));
  };
  return {
    look: async (model, entity, fields) => {
      const hidden = sensitiveIn(model);
      const found = new Map<PermanentId, FieldShape>();
      for (const field of entityById(model, entity)?.fields ?? []) {
        if (!fields.has(field.id) || hidden.has(field.id) || field.derived !== undefined) continue;
        const groups = await groupsOf(model, entity, field);
        const shape = groups === undefined ? undefined : shapeOf(field, groups);
        if (shape !== undefined) found.set(field.id, shape);
      }
      return found;
    },
    close: () => store.close(),
  };
}

interface Group {
  readonly value: unknown;
  readonly count: number;
}
function shapeOf({ type }: Field, groups: readonly Group[]): FieldShape | undefined {
  const whole = groups.length < GROUPS;
  const rows = groups.reduce((sum, { count }) => sum + count, 0);
  if (rows < ENOUGH_FOR_SHARES) return undefined;
  const some = groups.filter(({ value }) => value !== null && value !== undefined);
  const given = some.reduce((sum, { count }) => sum + count, 0);
  const share = (of: unknown): number => (some.find(({ value }) => value === of)?.count ?? 0) / Math.max(1, given);
  return {
    absent: whole ? 1 - given / rows : 0,
    ...(whole && rows >= ENOUGH_FOR_DISTINCT && type.kind !== 'reference' ? { distinct: Math.max(1, some.length) } : {}),
    ...(type.kind === 'choice' ? { shares: new Map(type.choices.map(({ id, name }) => [id, share(name)])) } : {}),
    ...(type.kind === 'boolean' ? { yes: share(true) } : {}),
  };
}
