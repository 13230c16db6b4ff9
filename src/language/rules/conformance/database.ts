/** The specimen rows in a real PostgreSQL, as the store would keep them: money bigint, decimals numeric, dates date, choices by id. */
import type { PermanentId } from '#kernel';
import { textOfDays } from '../calendar.ts';
import { textOf } from '../fixed-point.ts';
import type { Member } from '../names.ts';
import type { SqlNames } from '../sql.ts';
import type { SpecimenRow, SpecimenRows } from './rows.ts';
import { liveFormulas } from './live.ts';
import { lineId, orderId, specimenNames } from './specimens.ts';

export type Schema = 'whole' | 'holed' | 'live';
export const table = (schema: Schema, of: PermanentId): string => `"${schema}"."${of}"`;

export const sqlNames = (schema: Schema, alias: string, today: number): SqlNames => ({
  inputs: { row: alias },
  today: { days: today },
  relation: (of) => ({
    from: table(schema, of),
    id: 'id',
    ...(of === lineId ? { parent: 'parent' } : {}),
    column: (field, at) => `${at}."${field}"`,
    ...(schema === 'live' && of === orderId ? { formula: (field) => liveFormulas.get(field) } : {}),
  }),
});

const columnTypes = {
  text: 'text',
  email: 'text',
  url: 'text',
  integer: 'integer',
  money: 'bigint',
  boolean: 'boolean',
  date: 'date',
  instant: 'timestamptz',
  duration: 'bigint',
  choice: 'text',
  reference: 'uuid',
  json: 'jsonb',
  list: '',
} as const;
function columnType(member: Extract<Member, { kind: 'field' }>): string {
  const { type } = member.field;
  return type.kind === 'decimal' || type.kind === 'quantity' ? `numeric(20, ${type.scale})` : columnTypes[type.kind];
}

/** Statements that make the tables and fill them. */
export function* fill(
  schema: Schema,
  rows: SpecimenRows,
  entities: readonly PermanentId[],
): Generator<{ readonly text: string; readonly values: readonly unknown[] }> {
  yield { text: `CREATE SCHEMA "${schema}"`, values: [] };
  for (const of of [...entities, lineId]) {
    const columns = columnsOf(of).map((member) => `"${member.id}" ${columnType(member)}`);
    yield {
      text: `CREATE TABLE ${table(schema, of)} (id uuid PRIMARY KEY${of === lineId ? ', parent uuid NOT NULL' : ''}, ${columns.join(', ')})`,
      values: [],
    };
  }
  yield { text: `CREATE INDEX ON ${table(schema, lineId)} (parent)`, values: [] };
  for (const of of entities) {
    for (const row of rows[of] ?? []) {
      yield insert(schema, of, row);
      const lines = row['lines'];
      if (Array.isArray(lines)) for (const line of lines as readonly SpecimenRow[]) yield insert(schema, lineId, line, row.id);
    }
  }
}

const columnsOf = (of: PermanentId): readonly Extract<Member, { kind: 'field' }>[] =>
  specimenNames
    .members(of)
    .filter((member) => member.kind === 'field')
    .filter((member) => member.type.kind !== 'list');

function insert(
  schema: Schema,
  of: PermanentId,
  row: SpecimenRow,
  parent?: string,
): { readonly text: string; readonly values: readonly unknown[] } {
  const members = columnsOf(of);
  const names = ['id', ...(parent === undefined ? [] : ['parent']), ...members.map((member) => `"${member.id}"`)];
  const values = [row.id, ...(parent === undefined ? [] : [parent]), ...members.map((member) => stored(member, row[member.name] ?? null))];
  return {
    text: `INSERT INTO ${table(schema, of)} (${names.join(', ')}) VALUES (${names.map((_, index) => `$${index + 1}`).join(', ')})`,
    values,
  };
}

function stored(member: Extract<Member, { kind: 'field' }>, value: unknown): unknown {
  if (typeof value !== 'number') return value;
  if (member.type.kind === 'date') return textOfDays(value);
  if (member.type.kind === 'instant') return new Date(value).toISOString();
  return member.type.kind === 'number' && !member.type.money ? textOf({ value, scale: member.type.scale }) : value;
}
