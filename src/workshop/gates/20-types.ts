/**
 * Strict TypeScript of the changed files and of all that leans on a changed contract, against the SDK and the declarations
 * of the rows that they reach. The checker stays warm; it sees the slice of the system that these files need.
 */
import type { Finding } from '#kernel';
import { type ComponentKey, componentKey, printDeclarations, type ReadComponent, testPathOf } from '#model';
import { changedComponents } from './differences.ts';
import { asJson, evidenceOf, type Gate, type GateInput, sourcesLooked } from './gate.ts';
import { sliceOf } from './reach.ts';
import { indexOf } from './system-index.ts';

export const typesGate: Gate = async (candidate, base, engines) => {
  const changed = changedComponents(candidate, base);
  const index = indexOf(candidate);
  const checked = new Map<ComponentKey, ReadComponent>();
  const take = (component: ReadComponent | undefined): void =>
    void (component !== undefined && checked.set(componentKey(component.kind, component.name), component));
  for (const { key, old, next, contract } of changed) {
    take(next);
    const id = (next ?? old)?.contract;
    if (contract && id?.kind === 'entity') for (const dependant of index.dependants(id.id)) take(dependant);
    if (contract && id?.kind === 'rule') for (const importer of importersOf(candidate, (next ?? old)?.path)) take(importer);
    if (next === undefined) checked.delete(key);
  }
  const slice = sliceOf(candidate, checked.keys());
  const files: { [path: string]: string } = { '.theseus/entities.d.ts': printDeclarations(slice.model) };
  const put = (path: string): void => {
    const text = candidate.files[path];
    if (text === undefined || files[path] !== undefined) return;
    files[path] = text;
    for (const imported of importsOf(path, text)) put(imported);
  };
  const paths: string[] = [];
  for (const { path } of checked.values()) {
    paths.push(path);
    const tests = testPathOf(path);
    if (changed.some((change) => change.next?.path === path && change.tests) && candidate.files[tests] !== undefined) paths.push(tests);
  }
  paths.forEach(put);
  await engines.types.open(files);
  const problems = await engines.types.diagnose(paths);
  const findings: Finding[] = [
    ...problems.map((problem): Finding => ({
      statement: `${problem.path}:${problem.line}:${problem.column} ${problem.message}`,
      verdict: 'fail',
      shownBy: 'checked',
      witness: asJson(problem),
    })),
    {
      statement: `${paths.length} files are checked: those that changed and those that lean on a changed contract`,
      verdict: 'pass',
      shownBy: 'checked',
      bound: `declarations of ${slice.model.entities.length} entities`,
    },
  ];
  const looked = sourcesLooked(
    candidate,
    Object.keys(files).map((path) => ({ path })),
  );
  return evidenceOf('types', 'typescript 7.0.2', [candidate.generation.id, ...looked], findings);
};

/** Paths inside the system that a file imports. The file has been read: its imports stand at its top, in one form alone. */
function importsOf(path: string, text: string): readonly string[] {
  const head = text.slice(0, text.indexOf('export default'));
  if (!head.includes("'.")) return [];
  const folder = path.slice(0, path.lastIndexOf('/'));
  return [...head.matchAll(/from '(\.{1,2}\/[^']+)'/g)].map((match) => new URL(match[1] ?? '', `file:///${folder}/`).pathname.slice(1));
}

const imports = new WeakMap<ReadComponent, readonly string[]>();
/** Only rules are imported by others. */
function importersOf(input: GateInput, path: string | undefined): readonly ReadComponent[] {
  if (path === undefined) return [];
  return input.reading.components.filter((component) => {
    if (component.kind !== 'entity' && component.kind !== 'rule') return false;
    const known = imports.get(component) ?? importsOf(component.path, input.files[component.path] ?? '');
    imports.set(component, known);
    return known.includes(path);
  });
}
