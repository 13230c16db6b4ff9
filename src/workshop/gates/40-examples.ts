/**
 * Do the examples hold: those of this change, and those of every earlier change that are still in force? They run on the real
 * store. An example that leans on nothing that changed is carried, by the equal digests of what it leans on. An example
 * that vanished or was altered outside the scope of the change fails: the author of the code never softens the tests.
 */
import type { Finding, Json } from '#kernel';
import type { Example } from '#model';
import type { ExampleResult } from '#ports';
import { changedComponents } from './differences.ts';
import { asJson, type Engines, evidenceOf, type Gate, type GateInput } from './gate.ts';
import { alteredBy, namedBy, namedInTests, sliceOf } from './reach.ts';
import { softened, statementsOf } from './softened.ts';
import { testsByPath } from './tests-by-path.ts';

interface Chosen {
  readonly example: Example;
  readonly path: string;
}

export const examplesGate: Gate = async (candidate, base, engines) => {
  const { run, carried, system } = chosenExamples(candidate, base);
  const results = run.length === 0 ? [] : await engines.trial.run(system, asJson(run.map(({ example }) => example)));
  const findings: Finding[] = [
    ...run.map(({ example, path }, at) => findingOf(example, results[at], path)),
    ...silent(run, base),
    ...(await softened(candidate, base, engines)),
  ];
  if (carried > 0) {
    findings.push({
      statement: `${carried} examples lean on nothing that changed and are carried`,
      verdict: 'pass',
      shownBy: 'carried',
      witness: base.generation.id,
      bound: 'what they lean on has equal digests in the base generation, where they held',
    });
  }
  if (findings.length === 0) findings.push({ statement: 'There is no example', verdict: 'pass', shownBy: 'checked' });
  const paths = new Set(run.map(({ path }) => path.replace(/\.test\.ts$/, '.ts')));
  const looked = candidate.generation.components.flatMap((version) =>
    version.tests !== undefined && paths.has(version.path) ? [version.tests] : [],
  );
  return evidenceOf('examples', 'theseus trial', [candidate.generation.id, base.generation.id, ...looked], findings);
};

/** Makes ready what the examples will need, while other gates look at the candidate. */
export async function prepareExamples(candidate: GateInput, base: GateInput, engines: Engines): Promise<void> {
  const { run, system } = chosenExamples(candidate, base);
  if (run.length > 0) await engines.trial.prepare(system);
}

interface ChosenExamples {
  readonly run: readonly Chosen[];
  readonly carried: number;
  /** The part of the system that those which run name. */
  readonly system: Json;
}
const remembered = new WeakMap<GateInput, { readonly base: GateInput; readonly chosen: ChosenExamples }>();

/** The examples that the change could alter: those in test files that differ, and those that lean on what behaves otherwise. */
function chosenExamples(candidate: GateInput, base: GateInput): ChosenExamples {
  const known = remembered.get(candidate);
  if (known !== undefined && known.base === base) return known.chosen;
  const changed = changedComponents(candidate, base)
    .filter((change) => change.source || change.contract)
    .map((change) => change.key);
  const altered = alteredBy(changed, [candidate, base]);
  const before = testsByPath(base);
  const run: Chosen[] = [];
  let carried = 0;
  for (const tests of candidate.reading.tests) {
    const same = before.get(tests.path) === tests || candidate.files[tests.path] === base.files[tests.path];
    if (same && namedInTests(tests).isDisjointFrom(altered)) {
      carried += tests.examples.length;
      continue;
    }
    for (const example of tests.examples) {
      if (same && namedBy(example).isDisjointFrom(altered)) carried += 1;
      else run.push({ example, path: tests.path });
    }
  }
  const slice = sliceOf(
    candidate,
    run.flatMap(({ example }) => [...namedBy(example)]),
  );
  const chosen = { run, carried, system: asJson({ ...slice, settings: candidate.reading.settings }) };
  remembered.set(candidate, { base, chosen });
  return chosen;
}

/** New examples in which nothing is done: whatever the system does, they hold. */
function silent(run: readonly Chosen[], base: GateInput): readonly Finding[] {
  const before = testsByPath(base);
  return run
    .filter(
      ({ example, path }) => statementsOf(example) === 0 && before.get(path)?.examples.some(({ name }) => name === example.name) !== true,
    )
    .map(({ example, path }) => ({
      statement: `"${example.name}" in ${path} does nothing: without a step that acts it holds whatever the system does`,
      verdict: 'fail',
      shownBy: 'checked',
      witness: path,
    }));
}

function findingOf(example: Example, result: ExampleResult | undefined, path: string): Finding {
  if (result === undefined) return { statement: `${example.name} was not run`, verdict: 'unknown', shownBy: 'not-shown', bound: path };
  if (result.passed) return { statement: `${result.name}`, verdict: 'pass', shownBy: 'tested', bound: path };
  const where = result.step === undefined ? '' : `, step ${result.step + 1}`;
  const witness = asJson({ path, step: result.step ?? null, expected: result.expected ?? null, actual: result.actual ?? null });
  return { statement: `${result.name}${where}: ${result.why ?? 'it answered otherwise'}`, verdict: 'fail', shownBy: 'tested', witness };
}
