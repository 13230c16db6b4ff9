/** Tests as a source file in house style. */
import type { Expression, Json, PermanentId } from '#kernel';
import type { Example, Property, Relation } from '../reading.ts';
import { entityNamed, type SystemModel } from '../system-model.ts';
import { laidOut, quoted, type Doc } from './layout.ts';
import { functionText, wholeFile } from './print-context.ts';
import { literalDoc } from './print-fields.ts';

const noHead = { what: '', why: '', change: '', generator: '', date: '' };

export function printTests(
  tests: { readonly examples: readonly Example[]; readonly properties: readonly Property[] },
  model: SystemModel,
): string {
  const docs = [...tests.examples.map(exampleDoc), ...tests.properties.map((property) => propertyDoc(property, model))];
  return wholeFile(undefined, `export default ${laidOut({ call: 'examples', with: [{ list: docs, open: true }] })};\n`);
}

/** One example, as it stands inside `examples([ ... ])`, indented by `indent`. */
export const printExample = (example: Example, indent = 2): string => laidOut(exampleDoc(example), indent);
export const printProperty = (property: Property, model: SystemModel, indent = 2): string => laidOut(propertyDoc(property, model), indent);

/**
 * A test file with further examples at its end; what stands there stays letter by letter. Undefined where the file has another shape: where
 * anything comes after its list, the end of a list may as well be words of a comment.
 */
export function withExamples(text: string, examples: readonly Example[]): string | undefined {
  const end = text.trimEnd().length - 3;
  if (text.slice(end).trimEnd() !== ']);' || text.slice(text.lastIndexOf('\n', end) + 1, end).includes('//')) return undefined;
  const before = text.slice(0, end).trimEnd();
  const imported = (name: string): boolean => new RegExp(`import \\{[^}]*\\b${name}\\b`).test(text);
  if (!text.includes('examples([') || !examples.every((example) => imported(kindOf(example)))) return undefined;
  return `${before}${before.endsWith(',') || before.endsWith('[') ? '' : ','}\n${examples.map((example) => `  ${printExample(example)},\n`).join('')}]);\n`;
}

const kindOf = ({ open }: Example): 'example' | 'sequence' => (open === true ? 'sequence' : 'example');
function exampleDoc(example: Example): Doc {
  return called(
    kindOf(example),
    example.name,
    { list: example.steps.map((step) => literalDoc(step as unknown as Json)), open: true },
    example.change,
  );
}
function propertyDoc(property: Property, model: SystemModel): Doc {
  const on = entityNamed(model, property.on);
  if (property.relation !== undefined) return relationDoc(property, property.relation, model);
  const holds: Expression = property.holds;
  const value: Doc = on === undefined ? quoted('') : functionText(holds, on.id, { head: noHead, model }, '', false);
  return called(
    'property',
    property.name,
    {
      object: [
        ['on', quoted(property.on)],
        ['holds', value],
      ],
      open: true,
    },
    property.change,
  );
}

function relationDoc(property: Property, relation: Relation, model: SystemModel): Doc {
  const on = entityNamed(model, property.on);
  const formula = (of: Expression): Doc => (on === undefined ? quoted('') : functionText(of, on.id, { head: noHead, model }, '', false));
  const named = (id: PermanentId): Doc => quoted(on?.fields.find((field) => field.id === id)?.name ?? '');
  const given: readonly [string, Doc][] = relation.given === undefined ? [] : [['given', formula(relation.given)]];
  const said = ((): readonly [string, Doc][] => {
    switch (relation.kind) {
      case 'monotone':
        return [
          ['of', formula(relation.of)],
          ['in', named(relation.in)],
          ['direction', quoted(relation.direction)],
        ];
      case 'idempotent':
        return [
          ['of', formula(relation.of)],
          ['into', named(relation.into)],
        ];
      case 'cases':
        return [
          ['cases', { object: relation.cases.map(({ name, holds }): [string, Doc] => [name, formula(holds)]), open: true }],
          ...(relation.complete ? ([['complete', 'true']] as [string, Doc][]) : []),
          ...(relation.disjoint ? ([['disjoint', 'true']] as [string, Doc][]) : []),
        ];
      case 'kept':
        return [['kept', formula(relation.kept)]];
    }
  })();
  return called('relation', property.name, { object: [['on', quoted(property.on)], ...given, ...said], open: true }, property.change);
}

/** `example('name', [ ... ])`, with `{ change: '...' }` after it where the test belongs to a change. */
function called(kind: string, name: string, value: Doc, change: string | undefined): Doc {
  return (indent) => {
    const begin = `${kind}(${quoted(name)}, `;
    const end = change === undefined ? ')' : `, { change: ${quoted(change)} })`;
    return begin + laidOut(value, indent, indent + begin.length, end.length + 1) + end;
  };
}
