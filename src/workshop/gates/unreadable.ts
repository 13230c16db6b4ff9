/** The evidence where sources do not read: there is no generation then, so it names the digest of the text that was looked at. */
import type { Evidence } from '#kernel';
import { digestOf, type SourceFiles, type SourceProblem, type SystemReading } from '#model';
import { asJson, evidenceOf } from './gate.ts';

/** One evidence a gate: what does not read, and what never belongs in a component. */
export function unreadable(files: SourceFiles, { problems }: Extract<SystemReading, { ok: false }>): readonly Evidence[] {
  return (['parse', 'security'] as const).flatMap((gate) => {
    const own = problems.filter((problem) => (problem.gate ?? 'parse') === gate);
    return own.length === 0 ? [] : [failed(gate, files, own)];
  });
}

function failed(gate: 'parse' | 'security', files: SourceFiles, problems: readonly SourceProblem[]): Evidence {
  const paths = [...new Set(problems.map((problem) => problem.path))];
  return evidenceOf(
    gate,
    'oxc-parser 0.159',
    paths.map((path) => digestOf(files[path] ?? '')),
    problems.map((problem) => ({
      statement: `${problem.path}:${problem.line}:${problem.column} ${problem.message}`,
      verdict: 'fail',
      shownBy: 'checked',
      witness: asJson(problem),
    })),
  );
}
