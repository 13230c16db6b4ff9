/** The evidence where sources do not read: there is no generation then, so it names the digest of the text that was looked at. */
import type { Evidence } from '#kernel';
import { digestOf, type SourceFiles, type SystemReading } from '#model';
import { asJson, evidenceOf } from './gate.ts';

export function unreadable(files: SourceFiles, reading: Extract<SystemReading, { ok: false }>): Evidence {
  const paths = [...new Set(reading.problems.map((problem) => problem.path))];
  return evidenceOf(
    'parse',
    'oxc-parser 0.159',
    paths.map((path) => digestOf(files[path] ?? '')),
    reading.problems.map((problem) => ({
      statement: `${problem.path}:${problem.line}:${problem.column} ${problem.message}`,
      verdict: 'fail',
      shownBy: 'checked',
      witness: asJson(problem),
    })),
  );
}
