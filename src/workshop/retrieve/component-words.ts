/** The words of a component, each with what it says: its name most, its head next, then its fields and choices, then the code. */
import type { Field } from '#kernel';
import type { ReadComponent } from '#model';
import type { Part } from './text-index.ts';
import { wordsOf } from './words.ts';

/** A component that did not change is the same object in the next reading: its words are made once. */
const known = new WeakMap<ReadComponent, readonly Part[]>();

export function componentParts(component: ReadComponent, source: string): readonly Part[] {
  const parts = known.get(component) ?? partsOf(component, source);
  known.set(component, parts);
  return parts;
}
function partsOf(component: ReadComponent, source: string): readonly Part[] {
  const { contract, head } = component;
  const members =
    contract.kind === 'entity'
      ? fieldWords(contract.fields)
      : contract.kind === 'operation'
        ? fieldWords(contract.input)
        : contract.kind === 'view'
          ? contract.columns.map(({ name }) => name).join(' ')
          : '';
  return [
    { words: wordsOf(contract.name), weight: 3 },
    { words: wordsOf(head.what), weight: 2.5 },
    { words: wordsOf(head.why), weight: 1.5 },
    { words: wordsOf(members), weight: 1.5 },
    { words: wordsOf(codeOf(source)), weight: 0.5 },
  ];
}

const fieldWords = (fields: readonly Field[]): string =>
  fields
    .map(({ name, type }) =>
      type.kind === 'choice'
        ? `${name} ${type.choices.map((choice) => choice.name).join(' ')}`
        : type.kind === 'list'
          ? `${name} ${type.item} ${fieldWords(type.fields)}`
          : type.kind === 'quantity'
            ? `${name} ${type.unit}`
            : name,
    )
    .join(' ');
/** Without the head note, the imports, and ids. */
const codeOf = (source: string): string =>
  source
    .replace(/^\s*\/\*\*[\s\S]*?\*\//, '')
    .replaceAll(/^import .*$/gm, '')
    .replaceAll(/\b[a-z]_\w+/g, '');
