/**
 * Puts the examples that bind into the tests of a candidate: a generator can neither leave one out nor alter it. A candidate
 * that does not read stays as it is; the gates refuse it for that.
 */
import type { AcceptanceExample } from '#change';
import { type Example, pathOf, printTests, type SystemReading, testPathOf, withExamples } from '#model';
import type { GateInput } from '#gates';
import type { CodeReader } from '#ports';
import { nameOf } from './parts.ts';

type Files = { readonly [path: string]: string | null };

export async function withBinding(
  files: Files,
  binding: readonly AcceptanceExample[],
  change: string,
  base: GateInput,
  reader: CodeReader,
): Promise<Files> {
  const whole = applied(base.files, files);
  const reading = (await reader.read(whole)) as unknown as SystemReading;
  if (!reading.ok) return files;
  const byTests = Map.groupBy(binding, (example) => testsOf(example.component));
  const made: { [path: string]: string | null } = { ...files };
  for (const [path, examples] of byTests) {
    const bound = examples.map(({ example }): Example => ({ ...(example as unknown as Example), change }));
    const names = new Set(bound.map((example) => example.name));
    const there = reading.tests.find((tests) => tests.path === path) ?? { examples: [], properties: [] };
    const own = there.examples.filter((example) => !names.has(example.name));
    const text = whole[path];
    made[path] =
      (text !== undefined && own.length === there.examples.length ? withExamples(text, bound) : undefined) ??
      printTests({ examples: [...own, ...bound], properties: there.properties }, reading.model);
  }
  return made;
}

/** Failures as a generator may read them: of a hidden example it learns that one fails, and nothing of what it says. */
export function masked(failures: readonly string[], binding: readonly AcceptanceExample[]): readonly string[] {
  const hidden = binding.filter((example) => example.hidden).map((example) => nameOf(example).slice(example.component.length + 1));
  return [
    ...new Set(
      failures.map((failure) =>
        hidden.some((name) => name !== '' && failure.includes(name))
          ? 'examples: an example of the asker that is not shown here fails'
          : failure,
      ),
    ),
  ];
}

export function applied(files: { readonly [path: string]: string }, edits: Files): { readonly [path: string]: string } {
  const whole: { [path: string]: string } = { ...files };
  for (const [path, text] of Object.entries(edits)) {
    if (text === null) delete whole[path];
    else whole[path] = text;
  }
  return whole;
}

function testsOf(component: string): string {
  const [kind = '', name = ''] = component.split('/');
  return testPathOf(pathOf(kind as Parameters<typeof pathOf>[0], name));
}
