/**
 * Mutants of an operation's JavaScript, all in one text behind switches (Stryker's instrumenter, in memory). The text takes
 * the mutant that is on from its input, so that it is loaded once. Loads a parser: disposable process only.
 */
import { Instrumenter } from '@stryker-mutator/instrumenter';
import { behindSwitches } from './mutant-switch.ts';
import { type ValueMutants, valueMutantsOf } from './value-mutants.ts';

export interface Mutant {
  readonly id: string;
  readonly mutator: string;
  readonly replacement: string;
  readonly start: number;
  readonly end: number;
  readonly line: number;
}

const quiet = {
  isTraceEnabled: no,
  isDebugEnabled: no,
  isInfoEnabled: no,
  isWarnEnabled: no,
  isErrorEnabled: no,
  isFatalEnabled: no,
  trace: nothing,
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  fatal: nothing,
};
function no(): boolean {
  return false;
}
function nothing(): void {}

export async function mutantsOf(
  code: string,
): Promise<{ readonly code: string; readonly mutants: readonly Mutant[]; readonly values: ValueMutants }> {
  const result = await new Instrumenter(quiet).instrument([{ name: 'component.js', content: code, mutate: true }], {
    excludedMutations: [],
    ignorers: [],
    plugins: null,
  });
  const starts = [0];
  for (let at = code.indexOf('\n'); at >= 0; at = code.indexOf('\n', at + 1)) starts.push(at + 1);
  const offset = (place: { readonly line: number; readonly column: number }): number => (starts[place.line] ?? 0) + place.column;
  return {
    code: behindSwitches(`function stryCov_9fa48() {}\n${withoutHeader(result.files[0]?.content ?? '')}`, 'stryMutAct_9fa48'),
    values: valueMutantsOf(code),
    mutants: result.mutants.map((mutant) => ({
      id: mutant.id,
      mutator: mutant.mutatorName,
      replacement: mutant.replacement.slice(0, 200),
      start: offset(mutant.location.start),
      end: offset(mutant.location.end),
      line: mutant.location.start.line + 1,
    })),
  };
}

/** The instrumenter's own header looks for globals that an isolate does not have; ours keeps its state to itself. */
function withoutHeader(content: string): string {
  const end = 'return isActive(id);\n}';
  const start = content.indexOf('function stryNS_9fa48()');
  const at = content.indexOf(end, start);
  if (start < 0 || at < 0) throw new Error('the instrumenter wrote another header than this version does');
  return content.slice(0, start) + content.slice(at + end.length);
}
