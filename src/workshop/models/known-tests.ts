/** What the earlier tests are called, beside which component: so that a request can say which of them it makes untrue. Names alone. */
import { componentKey, type SystemReading, testPathOf } from '#model';
import { fitting } from './tokens.ts';

/** Of components whose names are in the question first; empty where there is none. */
export function knownTests({ components, tests }: Extract<SystemReading, { ok: true }>, question: string, tokens: number): string {
  const asked = question.toLowerCase();
  const beside = new Map(components.map((component) => [testPathOf(component.path), component]));
  const lines = tests
    .flatMap(({ path, examples, properties }) => {
      const component = beside.get(path);
      const names = [...examples, ...properties].map(({ name }) => JSON.stringify(name));
      if (component === undefined || names.length === 0) return [];
      const line = `tests of ${componentKey(component.kind, component.name)}: ${names.join('; ')}`;
      return [{ line, first: asked.includes(component.name.toLowerCase()) ? 0 : 1 }];
    })
    .sort((a, b) => a.first - b.first);
  const { kept } = fitting(lines, ({ line }) => line, tokens);
  return kept.map(({ line }) => `\n${line}`).join('');
}
