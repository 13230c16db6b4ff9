/**
 * What one kind of row (an entity, or the items of a list) is in the database: its table and columns by permanent ids, and
 * its view, whose name is the digest of its text, so that generations with the same shape share it and it never changes.
 */
import type { Expression, Field, PermanentId } from '#kernel';
import { digestOf, type RowShape, type SystemModel } from '#model';
import { type Decode, columnType, decoder, type Encode, encoder } from './columns.ts';
import { computedOnce, formulaOnTables } from './formula.ts';
import { currencyColumn, quoted, storedColumn, tableOf, viewColumn, viewNameOf, viewSchema } from './names.ts';

export interface Column {
  readonly name: string;
  readonly type: string;
}

export interface StoredField {
  readonly field: Field;
  /** The columns of the view that are written, quoted: one, or two for money. */
  readonly columns: readonly string[];
  readonly types: readonly string[];
  readonly encode: Encode;
}
export interface ShownField {
  readonly field: Field;
  /** The column of the view that is read, quoted. */
  readonly column: string;
  readonly type: string;
  readonly decode: Decode;
}
export interface RowPlan {
  readonly id: PermanentId;
  readonly name: string;
  readonly list: boolean;
  readonly fields: readonly Field[];
  readonly table: string;
  /** What the table must have: additive, for ever. */
  readonly tableColumns: readonly Column[];
  /** The view's own name, its name with schema, and its text. */
  readonly viewName: string;
  readonly view: string;
  readonly viewText: string;
  readonly stored: readonly StoredField[];
  /** Fixed derived fields, and where their kept value stands. */
  readonly fixed: readonly (StoredField & { readonly while: Expression; readonly formula: Expression })[];
  readonly shown: readonly ShownField[];
  readonly currency: string;
}

export function rowPlan(model: SystemModel, shape: RowShape): RowPlan {
  const list = shape.parent !== undefined;
  const table = tableOf(shape.id);
  const own = list ? ['id', 'parent', 'position'] : ['id', 'version'];
  const tableColumns: Column[] = own.map((name) => ({ name, type: ownType(name) }));
  const selected: string[] = own.map((name) => `o.${name}`);
  const stored: StoredField[] = [];
  const fixed: (StoredField & { while: Expression; formula: Expression })[] = [];
  const shown: ShownField[] = [];
  const currency = model.settings.currency.code;

  for (const field of shape.fields) {
    const type = columnType(field);
    if (type === undefined) continue;
    const column = viewColumn(field);
    const money = field.type.kind === 'money';
    shown.push({ field, column: quoted(column), type, decode: decoder(field) });
    const inTable = (kept: string): StoredField => {
      tableColumns.push({ name: field.id, type }, ...(money ? [{ name: currencyColumn(field.id), type: 'text' }] : []));
      selected.push(
        `o.${quoted(field.id)} as ${quoted(kept)}`,
        ...(money ? [`o.${quoted(currencyColumn(field.id))} as ${quoted(currencyColumn(kept))}`] : []),
      );
      return {
        field,
        columns: [quoted(kept), ...(money ? [quoted(currencyColumn(kept))] : [])],
        types: [type, ...(money ? ['text'] : [])],
        encode: encoder(field),
      };
    };
    if (field.derived === undefined) {
      stored.push(inTable(column));
      continue;
    }
    if (field.derived.mode === 'fixed')
      fixed.push({ ...inTable(storedColumn(column)), while: field.derived.while, formula: field.derived.formula });
    const formula = computedOnce(model, shape, field);
    if (formula !== undefined) selected.push(`${formulaOnTables(model, formula, 'o')} as ${quoted(column)}`);
  }
  const viewText = `select ${selected.join(', ')} from ${table} o`;
  const viewName = viewNameOf(shape.id, digestOf(viewText).slice('sha256:'.length));
  return {
    id: shape.id,
    name: shape.name,
    list,
    fields: shape.fields,
    table,
    tableColumns,
    viewName,
    view: `${viewSchema}.${quoted(viewName)}`,
    viewText,
    stored,
    fixed,
    shown,
    currency,
  };
}

function ownType(name: string): string {
  switch (name) {
    case 'id':
      return 'uuid primary key';
    case 'parent':
      return 'uuid not null';
    default:
      return 'integer not null';
  }
}
