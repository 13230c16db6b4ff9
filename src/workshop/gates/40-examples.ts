/**
 * Do the examples hold: those of this change, and those of every earlier change that are still in force? They run on the real
 * store. An example that leans on nothing that changed is carried, by the equal digests of what it leans on. An example
 * that vanished or was altered outside the scope of the change fails: the author of the code never softens the tests.
 */
import type { Finding, Json } from '#kernel';
import { type ComponentKey, componentKey, type Example, kindOfPath, type ReadTests } from '#model';
import type { ExampleResult } from '#ports';
import { changedComponents } from './differences.ts';
import { asJson, type Engines, evidenceOf, type Gate, type GateInput, type Proposal } from './gate.ts';
import { alteredBy, namedBy, namedInTests, sliceOf } from './reach.ts';

interface Chosen {
  readonly example: Example;
  readonly path: string;
}

export const examplesGate: Gate = async (candidate, base, engines) => {
  const { run, carried, system } = chosenExamples(candidate, base);
  const results = run.length === 0 ? [] : await engines.trial.run(system, asJson(run.map(({ example }) => example)));
  const findings: Finding[] = [...results.map((result, at) => findingOf(result, run[at]?.path ?? '')), ...softened(candidate, base)];
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

function findingOf(result: ExampleResult, path: string): Finding {
  if (result.passed) return { statement: `${result.name}`, verdict: 'pass', shownBy: 'tested', bound: path };
  const where = result.step === undefined ? '' : `, step ${result.step + 1}`;
  const witness = asJson({ path, step: result.step ?? null, expected: result.expected ?? null, actual: result.actual ?? null });
  return { statement: `${result.name}${where}: ${result.why ?? 'it answered otherwise'}`, verdict: 'fail', shownBy: 'tested', witness };
}

/** Examples and properties of earlier changes that the candidate took out or altered, where its scope does not cover their component. */
function softened(candidate: Proposal, base: GateInput): Finding[] {
  const now = testsByPath(candidate);
  return base.reading.tests.flatMap((old) => {
    const next = now.get(old.path);
    if (next === old) return [];
    const kept = new Map((next?.examples ?? []).map((example) => [example.name, JSON.stringify(example.steps)]));
    const properties = new Map((next?.properties ?? []).map((property) => [property.name, JSON.stringify(property.holds)]));
    const lost = [
      ...old.examples.filter((example) => kept.get(example.name) !== JSON.stringify(example.steps)).map((example) => example.name),
      ...old.properties
        .filter((property) => properties.get(property.name) !== JSON.stringify(property.holds))
        .map((property) => property.name),
    ];
    const inScope = candidate.scope.components.includes(keyOfTests(candidate, base, old.path));
    return lost.map((name): Finding =>
      inScope
        ? {
            statement: `"${name}" no longer holds as it was: the change replaces it`,
            verdict: 'pass',
            shownBy: 'checked',
            witness: old.path,
          }
        : {
            statement: `"${name}" in ${old.path} was taken out or altered, and the change may not touch it`,
            verdict: 'fail',
            shownBy: 'checked',
            witness: old.path,
          },
    );
  });
}

function keyOfTests(candidate: GateInput, base: GateInput, testPath: string): ComponentKey {
  const path = testPath.replace(/\.test\.ts$/, '.ts');
  const found = [...base.reading.components, ...candidate.reading.components].find((component) => component.path === path);
  return componentKey(found?.kind ?? kindOfPath(path) ?? 'entity', found?.name ?? path);
}

const testMaps = new WeakMap<object, ReadonlyMap<string, ReadTests>>();
function testsByPath(input: GateInput): ReadonlyMap<string, ReadTests> {
  const known = testMaps.get(input.reading);
  if (known !== undefined) return known;
  const made = new Map(input.reading.tests.map((tests) => [tests.path, tests]));
  testMaps.set(input.reading, made);
  return made;
}
