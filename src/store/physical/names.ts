/**
 * Names in the database. Tables and columns are named by permanent ids, for life; names that people give stand in views
 * alone. Everything that is not a permanent id is quoted.
 */
import type { Field, PermanentId } from '#kernel';

/** PostgreSQL cuts identifiers after 63 bytes. */
const LONGEST = 63;

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
export const literal = (text: string): string =>
  `${text.includes('\\') ? ' E' : ''}'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;

export const tableOf = (id: PermanentId): string => `e.${quoted(id)}`;
export const viewSchema = 'v';
export const viewNameOf = (id: PermanentId, shape: string): string => `${id}_${shape.slice(0, 16)}`;

/** The column of a view that shows a field: its name, or its id where the name cannot stand there. */
export function viewColumn(field: Field): string {
  const taken = field.name === 'id' || field.name === 'version' || field.name === 'parent' || field.name === 'position';
  return taken || Buffer.byteLength(field.name) > LONGEST - 2 ? field.id : field.name;
}
/** Beside money stands its currency; beside what is shown of a fixed derived field, what is stored of it. */
export const currencyColumn = (column: string): string => `${column}_c`;
export const storedColumn = (column: string): string => `${column}_s`;
