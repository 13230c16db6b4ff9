/** One generation, ready to be asked: its words, who leans on whom, and each component in its short form. Made once a generation. */
import type { ComponentKind } from '#kernel';
import { componentKey, type ReadComponent, shortForm, type SystemReading } from '#model';
import { componentParts } from './component-words.ts';
import { type Ties, tiesOf } from './neighbours.ts';
import { type TextIndex, textIndex } from './text-index.ts';
import { wordsOf } from './words.ts';

export interface SystemIndex {
  readonly keys: readonly string[];
  readonly kinds: ReadonlySet<ComponentKind>;
  readonly text: TextIndex;
  readonly ties: Ties;
  readonly shortForm: (key: string) => string;
  readonly formWords: (key: string) => ReadonlySet<string>;
  /** Of name and head: what a component says of itself. */
  readonly headWords: (key: string) => readonly string[];
}
type Reading = Extract<SystemReading, { ok: true }>;

export function systemIndex(reading: Reading, sources: { readonly [path: string]: string }): SystemIndex {
  const components = new Map<string, ReadComponent>(
    reading.components.map((component) => [componentKey(component.kind, component.name), component]),
  );
  const each = <Value>(of: (component: ReadComponent) => Value): ((key: string) => Value | undefined) => {
    const made = new Map<string, Value>();
    return (key) => {
      const component = components.get(key);
      if (component === undefined) return undefined;
      const value = made.get(key) ?? of(component);
      made.set(key, value);
      return value;
    };
  };
  const short = each((component) => shortForm(component, reading.model, sources));
  const formWords = each((component) => new Set(wordsOf(shortForm(component, reading.model, sources))));
  const words = each((component) => wordsOf(`${component.name} ${component.head.what}`));
  return {
    keys: [...components.keys()],
    kinds: new Set(reading.components.map(({ kind }) => kind)),
    text: textIndex([...components].map(([key, component]) => [key, componentParts(component, sources[component.path] ?? '')])),
    ties: tiesOf(reading.model),
    shortForm: (key) => short(key) ?? '',
    formWords: (key) => formWords(key) ?? new Set(),
    headWords: (key) => words(key) ?? [],
  };
}
