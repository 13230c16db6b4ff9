/** A value that a field of a type takes, for what is not looked at itself: as examples write it. Pure. */
import type { FieldType, Json } from '#kernel';
import { type FileTerms, leastOf, withFiles } from '#schema';

/** A reference to no row. */
export const nobody = '01900000-0000-7000-8000-000000000000';

/** A value that a field of that type takes. */
export function calm(type: FieldType): Json {
  switch (type.kind) {
    case 'integer':
    case 'duration':
      return Math.max(type.min ?? 1, 1);
    case 'money':
    case 'decimal':
    case 'quantity':
      return type.min ?? '1';
    case 'boolean':
      return true;
    case 'date':
      return type.min ?? '2026-01-15';
    case 'instant':
      return '2026-01-15T10:00:00Z';
    case 'choice':
      return type.choices[0]?.name ?? '';
    case 'reference':
      return nobody;
    case 'list':
      return [Object.fromEntries(type.fields.map((field) => [field.name, calm(field.type)]))];
    case 'email':
      return 'ada@example.org';
    case 'url':
      return 'https://example.org';
    case 'text':
      return 'a'.repeat(Math.max(1, type.min ?? 1));
    case 'json':
      return type.shape === undefined ? {} : withFiles(type.shape, leastOf(type.shape), statedFile);
  }
}

/** A file as examples state it. */
const statedFile = (_: Json, { mediaTypes }: FileTerms): Json => ({
  name: 'a.txt',
  type: (mediaTypes?.[0] ?? 'text/plain').replaceAll('*', 'x'),
  bytes: 1,
});
