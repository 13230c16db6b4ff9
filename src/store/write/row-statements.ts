/** The statements that write rows: their texts follow from the generation alone, so each is prepared once a connection. */
import type { Choice, Expression, Field, PermanentId } from '#kernel';
import { canonicalJson } from '#kernel';
import type { Values } from '../connection/link.ts';
import { type Statement, statement } from '../connection/statement.ts';
import { plainOnViews } from '../physical/formula-on-views.ts';
import { literal, quoted } from '../physical/names.ts';
import type { RowPlan, StoredField } from '../physical/row-plan.ts';
import type { EntityPlan, ListPlan } from '../prepare/entity-plan.ts';
import type { Prepared } from '../prepare/prepare-model.ts';
import type { PlainValues } from '../row.ts';
import type { CompleteItem } from './complete.ts';
import type { Follows } from './neighbours.ts';
import type { Demands } from './rows.ts';

/** A statement with its values. */
export interface Sending {
  readonly statement: Statement;
  readonly values: Values;
}

const columnsOf = (plan: RowPlan): readonly string[] => plan.stored.flatMap((field) => field.columns);
const typesOf = (plan: RowPlan): readonly string[] => plan.stored.flatMap((field) => field.types);

/** $1 id, $2 version, then the stored columns. */
export const insertRow = (prepared: Prepared, plan: EntityPlan): Statement =>
  prepared.statement(`insert ${plan.contract.id}`, () => {
    const places = typesOf(plan.row).map((type, index) => `$${index + 3}::${type}`);
    return `insert into ${plan.row.view} (${['id', 'version', ...columnsOf(plan.row)].join(', ')}) values (${['$1::uuid', '$2::integer', ...places].join(', ')})`;
  });
export const updateRow = (prepared: Prepared, plan: EntityPlan): Statement =>
  prepared.statement(`update ${plan.contract.id}`, () => {
    const types = typesOf(plan.row);
    const kept = new Map(
      plan.row.stored.flatMap(({ field, columns: [column = ''] }) => (field.type.kind === 'choice' ? [[column, field.type.choices]] : [])),
    );
    const sets = columnsOf(plan.row).map((column, index) => {
      const value = `$${index + 3}::${types[index] ?? 'text'}`;
      const choice = kept.get(column);
      return `${column} = ${choice === undefined ? value : `coalesce(${value}, ${unknownChoice(column, choice)})`}`;
    });
    return `update ${plan.row.view} set ${['version = $2::integer', ...sets].join(', ')} where id = $1::uuid`;
  });
/** A choice of another generation shows as none here, and no write of the rest of the row takes it away. */
const unknownChoice = (column: string, choices: readonly Choice[]): string =>
  `case when ${column} <> all(array[${choices.map(({ id }) => literal(id)).join(', ')}]::text[]) then ${column} end`;
export function rowValues(plan: RowPlan, values: PlainValues): unknown[] {
  return plan.stored.flatMap((stored) => columnValues(stored, values, plan.currency));
}

function columnValues({ field, columns, encode }: StoredField, values: PlainValues, currency: string): unknown[] {
  const value = encode(values[field.name]);
  return columns.length === 2 ? [value, value === null ? null : currency] : [value];
}

/** Lists of a new row have statements of their own for up to so many items. */
const FEW_ITEMS = 8;
/** The items of a new row. */
export function insertItems(prepared: Prepared, list: ListPlan, parent: string, items: readonly CompleteItem[]): Sending {
  const { row } = list;
  if (items.length > FEW_ITEMS)
    return {
      statement: writeItems(prepared, list),
      values: [
        parent,
        itemsJson(
          list,
          items.map((item, position) => ({ item, position })),
        ),
      ],
    };
  const few = prepared.statement(`items new ${row.id} ${items.length}`, () => {
    let at = 1;
    const next = (type: string): string => `$${(at += 1)}::${type}`;
    const rows = items.map((_, position) => `(${[next('uuid'), '$1::uuid', String(position), ...typesOf(row).map(next)].join(', ')})`);
    return `insert into ${row.view} (${['id', 'parent', 'position', ...columnsOf(row)].join(', ')}) values ${rows.join(', ')}`;
  });
  return { statement: few, values: [parent, ...items.flatMap((item) => [item.id, ...rowValues(row, item.values)])] };
}

/** $1 parent, $2 the items as JSON: an item that is there is written anew. */
export const writeItems = (prepared: Prepared, { row }: ListPlan): Statement =>
  prepared.statement(`items ${row.id}`, () => {
    const columns = columnsOf(row);
    const types = typesOf(row);
    const members = columns.map((_, index) => `c${index}`);
    const shape = ['id uuid', 'position integer', ...types.map((type, index) => `c${index} ${type}`)].join(', ');
    const sets = ['position', ...columns].map((column) => `${column} = excluded.${column}`).join(', ');
    const select = ['t.id', '$1::uuid', 't.position', ...members.map((member) => `t.${member}`)].join(', ');
    return `insert into ${row.view} (${['id', 'parent', 'position', ...columns].join(', ')}) select ${select} from jsonb_to_recordset($2::jsonb) as t(${shape}) on conflict (id) do update set ${sets}`;
  });
export function itemsJson({ row }: ListPlan, items: readonly { readonly item: CompleteItem; readonly position: number }[]): string {
  return JSON.stringify(
    items.map(({ item, position }) => {
      const made: { [column: string]: unknown } = { id: item.id, position };
      let at = 0;
      for (const stored of row.stored) {
        const json = stored.field.type.kind === 'json' ? (item.values[stored.field.name] ?? null) : undefined;
        for (const value of json === undefined ? columnValues(stored, item.values, row.currency) : [json]) made[`c${at++}`] = value;
      }
      return made;
    }),
  );
}
/** $1 parent, $2 ids of the items that stay. */
export const removeItems = (prepared: Prepared, { row }: ListPlan): Statement =>
  prepared.statement(`items remove ${row.id}`, () => `delete from ${row.view} where parent = $1::uuid and not (id = any($2::uuid[]))`);
export const removeRow = (prepared: Prepared, plan: EntityPlan): Statement =>
  prepared.statement(`remove ${plan.contract.id}`, () => `delete from ${plan.row.view} where id = $1::uuid`);

/** Sets a field to the default that its formula gives over the new row. $1 the row, or $1 the parent and $2 the items. */
export const fillRow = (prepared: Prepared, plan: RowPlan, field: Field): Statement =>
  prepared.statement(`fill ${plan.id} ${field.id}`, () => {
    const stored = plan.stored.find((candidate) => candidate.field.id === field.id);
    const formula = field.default !== undefined && 'formula' in field.default ? plainOnViews(prepared, field.default.formula, 'o') : 'null';
    const [column = '', currency] = stored?.columns ?? [];
    const sets = [`${column} = ${formula}`, ...(currency === undefined ? [] : [`${currency} = ${literal(plan.currency)}`])].join(', ');
    return `update ${plan.view} o set ${sets} where ${plan.list ? 'o.parent = $1::uuid and o.id = any($2::uuid[])' : 'o.id = $1::uuid'}`;
  });

/**
 * Stores fixed derived values of $1 that cease to follow: those of `fields`, whose `while` held before this write. Fields
 * that cease together see each other's formulas, not what is kept.
 */
export function freezeRow(prepared: Prepared, plan: EntityPlan, fields: ReadonlySet<PermanentId>): readonly Statement[] {
  const groups = new Map<string, RowPlan['fixed'][number][]>();
  for (const fixed of plan.row.fixed) {
    if (!fields.has(fixed.field.id)) continue;
    const key = canonicalJson(fixed.while);
    groups.set(key, [...(groups.get(key) ?? []), fixed]);
  }
  return [...groups.values()].map((group) => {
    const ids = group.map(({ field }) => field.id);
    const together = new Set<PermanentId>(ids);
    return prepared.statement(`freeze ${plan.contract.id} ${ids.join(' ')}`, () => {
      const formula = (expression: Expression): string => plainOnViews(prepared, expression, 'o', together);
      const sets = group.flatMap(({ columns, formula: value }) => {
        const [column = '', currency] = columns;
        return [`${column} = ${formula(value)}`, ...(currency === undefined ? [] : [`${currency} = ${literal(plan.row.currency)}`])];
      });
      const [first] = group;
      return `update ${plan.row.view} o set ${sets.join(', ')} where o.id = $1::uuid and (${first === undefined ? 'false' : formula(first.while)}) is not true`;
    });
  });
}

/** Sets the kept values of these fixed derived fields of row $1, whatever their formulas say. */
export function keepRow(prepared: Prepared, plan: EntityPlan, id: string, values: PlainValues): Sending | undefined {
  const kept = plan.row.fixed.filter(({ field }) => Object.hasOwn(values, field.id));
  if (kept.length === 0) return undefined;
  const sets = kept.flatMap(({ columns, types }) => columns.map((column, index) => [column, types[index] ?? 'text'] as const));
  return {
    statement: prepared.statement(
      `keep ${plan.contract.id} ${kept.map(({ field }) => field.id).join(' ')}`,
      () =>
        `update ${plan.row.view} set ${sets.map(([column, type], index) => `${column} = $${index + 2}::${type}`).join(', ')} where id = $1::uuid`,
    ),
    values: [id, ...kept.flatMap((stored) => columnValues(stored, { [stored.field.name]: values[stored.field.id] }, plan.row.currency))],
  };
}

export interface Question extends Sending {
  /** By entity, what is there of the ids that were asked for: JSON arrays of the id and what the rules read. */
  readonly found: (wire: readonly unknown[]) => ReadonlyMap<PermanentId, readonly (readonly unknown[])[]>;
}
/** Asks for the rows that are referred to, as far as the rules read them. */
export function neighbourQuestion(
  prepared: Prepared,
  asked: ReadonlyMap<PermanentId, ReadonlySet<string>>,
  neighbours: Follows['neighbours'],
): Question | undefined {
  const targets = [...asked].filter(([, ids]) => ids.size > 0);
  if (targets.length === 0) return undefined;
  const parts = targets.map(([to], index) => {
    const members = [
      't.id',
      ...(neighbours.get(to)?.shown ?? []).map(({ column, type }) => (type === 'numeric' ? `t.${column}::text` : `t.${column}`)),
    ];
    return `(select coalesce(json_agg(json_build_array(${members.join(', ')})), '[]'::json) from ${prepared.row(to).view} t where t.id = any($${index + 1}::uuid[]))`;
  });
  return {
    statement: statement(`select ${parts.join(', ')}`),
    values: targets.map(([, ids]) => [...ids]),
    found: (wire) => new Map(targets.map(([to], index) => [to, wire[index] as readonly (readonly unknown[])[]])),
  };
}

/** Where the values that must be unique stand: $1, $3, ... the value, $2, $4, ... the ids that this transaction wrote itself. */
export function uniqueParts(
  plan: EntityPlan,
  demands: Demands,
  own: readonly string[],
): { readonly parts: readonly string[]; readonly values: readonly unknown[] } {
  const values: unknown[] = [];
  const parts = demands.unique.flatMap(({ field, value }) => {
    const stored = plan.row.stored.find((candidate) => candidate.field.id === field.id);
    if (stored === undefined) return [];
    values.push(stored.encode(value), own);
    return [
      `exists (select from ${plan.row.view} t where t.${stored.columns[0] ?? ''} = $${values.length - 1}::${stored.types[0] ?? 'text'} and t.id <> all ($${values.length}::uuid[]))`,
    ];
  });
  return { parts, values };
}
/** Takes the leave of a trip away where another row has the value already. */
export function takenStatement(prepared: Prepared, plan: EntityPlan, field: Field, value: unknown): Sending {
  const stored = plan.row.stored.find((candidate) => candidate.field.id === field.id);
  return {
    statement: prepared.statement(
      `taken ${plan.contract.id} ${field.id}`,
      () =>
        `select set_config('theseus.free', '', false) where exists (select from ${plan.row.view} t where t.${stored?.columns[0] ?? quoted('')} = $1::${stored?.types[0] ?? 'text'})`,
    ),
    values: [stored?.encode(value) ?? null],
  };
}
export function uniqueQuestion(plan: EntityPlan, demands: Demands, own: readonly string[]): Sending | undefined {
  const { parts, values } = uniqueParts(plan, demands, own);
  return parts.length === 0 ? undefined : { statement: statement(`select ${parts.join(', ')}`), values };
}

/** What refers to row $1 from elsewhere, by name. */
export const referrersStatement = (prepared: Prepared, plan: EntityPlan): Statement | undefined => {
  const referrers = prepared.referrers(plan.contract.id);
  if (referrers.length === 0) return undefined;
  return prepared.statement(`referrers ${plan.contract.id}`, () =>
    referrers
      .map(({ row, field, entity, list }) => {
        const name = [entity.plural, ...(list === undefined ? [] : [list.name]), field.name].join('.');
        const stored = row.stored.find((candidate) => candidate.field.id === field.id);
        const others = entity.id !== plan.contract.id ? '' : list === undefined ? ' and t.id <> $1::uuid' : ' and t.parent <> $1::uuid';
        return `select ${literal(name)} where exists (select from ${row.view} t where t.${stored?.columns[0] ?? quoted('')} = $1::uuid${others})`;
      })
      .join(' union all '),
  );
};

/** Fails where one of the rows that are referred to is not there. */
export function theseAreThere(prepared: Prepared, references: Demands['references']): readonly Sending[] {
  const wanted = new Map<Demands['references'][number]['to'], Set<string>>();
  for (const { to, id } of references) wanted.set(to, (wanted.get(to) ?? new Set<string>()).add(id));
  return [...wanted].map(([to, ids]) => ({
    statement: prepared.statement(
      `there ${to}`,
      () => `select 1 / (case when count(*) = $2::bigint then 1 else 0 end) from ${prepared.row(to).view} t where t.id = any($1::uuid[])`,
    ),
    values: [[...ids], ids.size],
  }));
}
