/** The example that stands beside each entity of the made system: a row, after the rows that it needs. */
import { label } from '#model';
import type { EntityLine, FieldCell } from './table.ts';

/** Source of the test of one entity. */
export function exampleSource(entity: EntityLine, entities: ReadonlyMap<string, EntityLine>): string {
  const steps: string[] = [];
  addRow(entity, entities, new Set(), steps);
  return `import { example, examples } from 'theseus/sdk';\n\nexport default examples([\n  example('a ${label(entity.name).toLowerCase()} is kept as it was entered', [\n${steps.join('')}  ]),\n]);\n`;
}

function addRow(entity: EntityLine, entities: ReadonlyMap<string, EntityLine>, made: Set<string>, steps: string[]): void {
  if (made.has(entity.name)) return;
  made.add(entity.name);
  const written = entity.fields.filter((field) => field.live === undefined && field.type.split(' ')[0] !== 'list' && isGiven(field));
  for (const field of written) {
    const target = field.type.startsWith('>') ? entities.get(field.type.slice(1)) : undefined;
    if (target !== undefined) addRow(target, entities, made, steps);
  }
  const values = written.map((field, at) => `${field.name}: ${valueOf(field, at)}`);
  const plain = written.filter((field) => !field.type.startsWith('>') && !field.sensitive).slice(0, 3);
  const expected = plain.map((field) => `${field.name}: ${valueOf(field, written.indexOf(field))}`);
  steps.push(
    `    {\n      create: '${entity.name}',\n      as: '${entity.name}',\n      with: { ${values.join(', ')} },\n      then: { ${expected.join(', ')} },\n    },\n`,
  );
}
const isGiven = (field: FieldCell): boolean => field.required || !field.type.startsWith('>');

/** Numbers and amounts are all equal and days follow each other, so that bounds between two fields hold. */
function valueOf(field: FieldCell, at: number): string {
  const [type = ''] = field.type.split(' ');
  if (type.startsWith('>')) return `'${type.slice(1)}'`;
  if (type === '$') return `'20.00'`;
  if (type === 'i' || type === 'm') return '4';
  if (type === 'b') return field.required ? 'true' : 'false';
  if (type === 'd') return `'2026-03-${String(at + 10)}'`;
  if (type === 'e') return `'desk@example.com'`;
  if (type === 'u') return `'https://example.com/${field.name}'`;
  if (type === 'q' || type === 'dec') return `'1.50'`;
  if (type === 'c') return `'${field.choices[0] ?? ''}'`;
  return `'${label(field.name)} of the first'`;
}
