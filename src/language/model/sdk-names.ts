/** What a component may import from 'theseus/sdk', and which of it are field kinds. A test holds this against the SDK itself. */
import type { FieldKind } from '#kernel';

export const fieldKinds: readonly FieldKind[] = [
  'text',
  'integer',
  'decimal',
  'money',
  'quantity',
  'boolean',
  'date',
  'instant',
  'duration',
  'email',
  'url',
  'choice',
  'reference',
  'list',
  'json',
];
export const definitionNames: readonly string[] = [
  'entity',
  'rule',
  'approval',
  'access',
  'workflow',
  'operation',
  'view',
  'reaction',
  'job',
  'examples',
  'example',
  'property',
  'relation',
  'sequence',
];
export const functionNames: readonly string[] = [
  'sum',
  'count',
  'average',
  'smallest',
  'largest',
  'min',
  'max',
  'percentOf',
  'divide',
  'round',
  'addDays',
  'addMonths',
  'daysBetween',
  'instantText',
  'instantOf',
  'today',
  'refuse',
];
export const typeNames: readonly string[] = [
  'Row',
  'Asker',
  'ListOf',
  'Stored',
  'Fresh',
  'Patch',
  'LocalDate',
  'RowId',
  'JsonValue',
  'ValueOfShape',
];

export const sdkNames: ReadonlySet<string> = new Set([...fieldKinds, ...definitionNames, ...functionNames, ...typeNames]);
