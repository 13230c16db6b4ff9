/** The examples that bind whoever writes a change: those of the asker, and those that were understood and not restated. Pure. */
import { type AcceptanceExample, type ChangeDetail, exampleName } from '#api/client';

export interface Binding extends AcceptanceExample {
  readonly from: 'asker' | 'understanding';
}

export function bindingOf({ stated, understanding }: Pick<ChangeDetail, 'stated' | 'understanding'>): readonly Binding[] {
  const keyOf = ({ component, example }: AcceptanceExample): string => `${component} ${exampleName(example)}`;
  const own = new Set(stated.map(keyOf));
  return [
    ...stated.map((example): Binding => ({ ...example, from: 'asker' })),
    ...(understanding?.acceptance ?? [])
      .filter((example) => !own.has(keyOf(example)))
      .map((example): Binding => ({ ...example, from: 'understanding' })),
  ];
}

/** What is sent when it is asked again: all that may be read, altered or not. */
export const restated = (binding: readonly Binding[]): readonly AcceptanceExample[] =>
  binding.flatMap(({ component, example, hidden }) => (example === null ? [] : [{ component, example, hidden }]));
