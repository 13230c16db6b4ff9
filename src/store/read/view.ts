/**
 * Views: a query over the rows of one entity with its references, grouped where a column aggregates. One statement, whose
 * text follows from the generation; only limit and offset are values. Columns that read what the caller may not see are left out.
 */
import { type Call, Fault, type PermanentId, refuse, type Refusal, type ValueType, type ViewColumn, type ViewContract } from '#kernel';
import { canonicalJson } from '#kernel';
import { unscaled } from '#schema';
import { type Statement, statement } from '../connection/statement.ts';
import { defaultLimit, mostRows, type Page } from '../list-query.ts';
import { compilerOnViews } from '../physical/formula-on-views.ts';
import { literal } from '../physical/names.ts';
import type { Prepared } from '../prepare/prepare-model.ts';
import { readsAny } from '#model';
import type { Sight } from '../sight.ts';
import type { Cursors } from './cursor.ts';
import { seenRows } from './seen-rows.ts';
import { badCursor, choosesBySensitive, type RunStatement } from './running.ts';

export interface ViewPage {
  readonly cursor?: string;
  readonly limit?: number;
}
interface PreparedView {
  readonly statement: Statement;
  readonly columns: readonly ViewColumn[];
}

export async function readView(
  run: RunStatement,
  call: Call,
  prepared: Prepared,
  view: ViewContract,
  page: ViewPage,
  cursors: Cursors,
  sight: Sight,
): Promise<Page | Refusal> {
  const limit = page.limit ?? defaultLimit;
  if (!Number.isSafeInteger(limit) || limit < 1 || limit > mostRows)
    return refuse('invalid', `limit must be a whole number from 1 to ${mostRows}.`);
  const at = page.cursor === undefined ? [0] : cursors.open(`view ${view.id}`, page.cursor);
  const offset = at?.[0];
  if (typeof offset !== 'number') return badCursor();
  if (view.where !== undefined && readsAny(view.where, sight.hidden)) return choosesBySensitive(view.name);
  const values: (number | string)[] = [];
  const whole = sight.only.size === 0;
  const sources = new Map<PermanentId, string>();
  const rowsOf = (of: PermanentId): string => {
    if (whole) return prepared.row(of).view;
    const source = sources.get(of) ?? seenRows(prepared, of, sight, call, (value) => `$${values.push(value) + 2}::text`);
    sources.set(of, source);
    return source;
  };
  const made = whole
    ? prepared.once(`view ${view.id} ${sight.key} ${canonicalJson(view).length}`, () => prepareView(prepared, view, sight, rowsOf))
    : prepareView(prepared, view, sight, rowsOf);
  const most = view.limit === undefined ? limit : Math.max(0, Math.min(limit, view.limit - offset));
  const { rows } = await run(call, made.statement, [most + 1, offset, ...values]);
  const decoders = made.columns.map((column) => decodeOf(prepared, column));
  const items = rows
    .slice(0, most)
    .map((row) => Object.fromEntries(made.columns.map((column, index) => [column.name, decoders[index]?.(row[index]) ?? null])));
  const ended = rows.length <= most || (view.limit !== undefined && offset + most >= view.limit);
  return { items, next: ended ? null : cursors.seal(`view ${view.id}`, [offset + most]) };
}

function prepareView(prepared: Prepared, view: ViewContract, { hidden }: Sight, rowsOf: (of: PermanentId) => string): PreparedView {
  const { model } = prepared;
  const columns = view.columns.filter((column) => !readsAny(column.value, hidden));
  if (columns.length === 0) return { statement: statement(`select where false and $1::integer = $2::integer`), columns };
  const compiler = compilerOnViews(prepared, 'o', { references: 'join' }, false, rowsOf);
  const values = new Map(columns.map((column) => [column.name, compiler.value(column.value)]));
  const where = view.where === undefined ? '' : ` where ${compiler.filter(view.where)}`;
  const valueOf = (column: ViewColumn): string => values.get(column.name) ?? 'null';
  const grouped = columns.some((column) => column.aggregate !== undefined);
  const keys = columns.filter((column) => column.aggregate === undefined).map(valueOf);
  const collate = ` collate "${model.settings.collation.replaceAll('"', '""')}"`;
  const sorted = (column: ViewColumn): string => {
    const text = column.aggregate === undefined ? valueOf(column) : aggregated(column, valueOf(column));
    if (column.aggregate !== undefined) return text;
    if (column.value.type.kind === 'choice')
      return `array_position(array[${choicesOf(prepared, column.value.type.field)
        .map((choice) => literal(choice.id))
        .join(', ')}]::text[], ${text})`;
    return column.value.type.kind === 'text' ? `${text}${collate}` : text;
  };
  const order = [
    ...view.order.flatMap(({ column: name, direction }) => {
      const column = columns.find((candidate) => candidate.name === name);
      return column === undefined ? [] : [`${sorted(column)}${direction === 'descending' ? ' desc' : ''} nulls last`];
    }),
    ...(grouped ? keys : ['o.id']),
  ];
  const selected = columns
    .map((column) => (column.aggregate === undefined ? valueOf(column) : aggregated(column, valueOf(column))))
    .join(', ');
  const group = grouped && keys.length > 0 ? ` group by ${keys.join(', ')}` : '';
  const joins = compiler.joins.map((join) => ` ${join}`).join('');
  const text = `select ${selected} from ${rowsOf(view.from)} o${joins}${where}${group}${order.length === 0 ? '' : ` order by ${order.join(', ')}`} limit $1::integer offset $2::integer`;
  return { statement: statement(text), columns };
}

function aggregated(column: ViewColumn, value: string): string {
  switch (column.aggregate) {
    case 'count':
      return 'count(*)';
    case 'sum':
      return `coalesce(sum(${value}), 0)::bigint`;
    case 'average':
      return `round(avg(${value}))::bigint`;
    case 'smallest':
      return `min(${value})`;
    case 'largest':
      return `max(${value})`;
    default:
      return value;
  }
}

function decodeOf(prepared: Prepared, column: ViewColumn): (wire: unknown) => unknown {
  if (column.aggregate === 'count') return Number;
  const { type } = column.value;
  return (wire) => (wire === null || wire === undefined ? null : decodeValue(prepared, type, wire));
}
function decodeValue(prepared: Prepared, type: ValueType, wire: unknown): unknown {
  switch (type.kind) {
    case 'number':
      return type.money || type.scale === 0 ? Number(wire) : unscaled(Number(wire), type.scale);
    case 'duration':
    case 'instant':
      return Number(wire);
    case 'choice':
      return choicesOf(prepared, type.field).find((choice) => choice.id === wire)?.name ?? null;
    case 'row':
    case 'list':
      throw new Fault('bug', 'a view column must be a value');
    default:
      return wire;
  }
}

function choicesOf(prepared: Prepared, field: PermanentId): readonly { readonly id: PermanentId; readonly name: string }[] {
  return prepared.once(`choices ${field}`, () => {
    for (const entity of prepared.model.entities) {
      for (const candidate of entity.fields.flatMap((own) => (own.type.kind === 'list' ? own.type.fields : [own]))) {
        if (candidate.id === field && candidate.type.kind === 'choice') return candidate.type.choices;
      }
    }
    return [];
  });
}
