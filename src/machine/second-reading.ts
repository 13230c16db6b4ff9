/**
 * The machine's own reading of a candidate, in a process of its own, and the facts that it hands to the kernel. The
 * workshop's word is taken for nothing here: sources are read again, contracts and digests computed again.
 */
import type { Pool } from 'pg';
import {
  type AdmissionFacts,
  canonicalJson,
  type Digest,
  type Generation,
  newCapabilities,
  type Policy,
  type RegionFacts,
  type Statement,
} from '#kernel';
import {
  compareContracts,
  componentKey,
  digestOf,
  formulasAltered,
  generationOfReading,
  newData,
  newGrants,
  readSettings,
  isTestPath,
  type ReadComponent,
  type ReadTests,
  type SourceFiles,
  type SystemModel,
  type SystemReading,
  settingsChange,
  strategiesMoved,
  testsAltered,
  testPathOf,
} from '#model';
import type { CodeReader } from '#ports';
import { loadComponents, loadGeneration, loadSources, type StoredCertificate, type StoredComponent } from '#store/records';
import { certificateDigest } from './signatures.ts';

/** What the machine itself read in a candidate: all that an admission asks, but for what stands in the certificate. */
export interface SecondReading {
  /** The digest that names what was read; the base's where it does not read. */
  readonly generation: Generation;
  /** Null where the candidate does not read. */
  readonly whole: WholeGeneration | null;
  readonly model: SystemModel | null;
  readonly facts: Omit<AdmissionFacts, 'certificate' | 'predicate' | 'signatureValid' | 'subjectMatches' | 'policy' | keyof RegionFacts>;
  /** What the base has not: texts and components. */
  readonly texts: readonly string[];
  readonly components: readonly StoredComponent[];
}

/** All files of a generation: settings, components, tests. */
export async function filesOf(pool: Pool, generation: Generation): Promise<SourceFiles> {
  const paths = pathsOf(generation);
  const texts = await loadSources(pool, [...paths.values()]);
  return Object.fromEntries([...paths].flatMap(([path, source]) => (texts.has(source) ? [[path, texts.get(source) ?? '']] : [])));
}
export function pathsOf(generation: Generation): ReadonlyMap<string, Digest> {
  const paths = new Map<string, Digest>([['theseus.json', generation.settings]]);
  for (const component of generation.components) {
    paths.set(component.path, component.source);
    if (component.tests !== undefined) paths.set(testPathOf(component.path), component.tests);
  }
  return paths;
}

/** A generation with all that it is made of. Immutable, so that the last few are kept. */
export interface WholeGeneration {
  readonly generation: Generation;
  readonly files: SourceFiles;
  readonly components: readonly StoredComponent[];
  /** Where they were read already. */
  readonly tests?: readonly ReadTests[];
}
export interface Generations {
  whole(id: Digest): Promise<WholeGeneration | null>;
  keep(generation: WholeGeneration): void;
}
const kept = 4;

export function openGenerations(pool: Pool): Generations {
  const known = new Map<Digest, WholeGeneration>();
  const keep = (whole: WholeGeneration): void => {
    known.delete(whole.generation.id);
    known.set(whole.generation.id, whole);
    const oldest = known.keys().next().value;
    if (known.size > kept && oldest !== undefined) known.delete(oldest);
  };
  return {
    keep,
    whole: async (id) => {
      const found = known.get(id);
      if (found !== undefined) return found;
      const generation = await loadGeneration(pool, id);
      if (generation === null) return null;
      const [files, components] = await Promise.all([filesOf(pool, generation), loadComponents(pool, generation)]);
      const whole = { generation, files, components };
      keep(whole);
      return whole;
    },
  };
}

/** Null where the base is not known. */
export async function readAgain(
  reader: CodeReader,
  generations: Generations,
  baseId: Digest,
  edits: { readonly [path: string]: string | null },
): Promise<SecondReading | null> {
  const from = await generations.whole(baseId);
  if (from === null) return null;
  const { generation: base, components: before } = from;
  const files: { [path: string]: string } = { ...from.files };
  for (const [path, text] of Object.entries(edits)) {
    if (text === null) delete files[path];
    else files[path] = text;
  }
  const testsWere = Object.keys(edits).some((path) => isTestPath(path) && from.files[path] !== undefined)
    ? (from.tests ?? (await testsOf(reader, generations, from)))
    : [];
  const reading = (await reader.read(files)) as unknown as SystemReading;
  const generation = reading.ok ? generationOfReading(files, reading) : base;
  const components = reading.ok ? reading.components.map((component) => storedOf(files, component)) : [];
  const old = new Map(before.map((component) => [componentKey(component.contract.kind, component.contract.name), component]));
  const now = new Map(components.map((component) => [componentKey(component.contract.kind, component.contract.name), component]));
  const keys = [...new Set([...old.keys(), ...now.keys()])];
  const baseSettings = readSettings(from.files['theseus.json'] ?? '');
  const settingsMoved = !reading.ok || generation.settings === base.settings ? 'no' : settingsChange(baseSettings, reading.settings);
  const switched = new Set(reading.ok && settingsMoved !== 'no' ? strategiesMoved(baseSettings, reading.settings) : []);
  const changedComponents = keys.filter(
    (key) =>
      switched.has(key) || old.get(key)?.source !== now.get(key)?.source || old.get(key)?.contractDigest !== now.get(key)?.contractDigest,
  );
  const differences = compareContracts(
    before.map((component) => component.contract),
    components.map((component) => component.contract),
  );
  const whole = {
    generation,
    files: Object.fromEntries([...pathsOf(generation).keys()].map((path) => [path, files[path] ?? ''])),
    components,
    ...(reading.ok ? { tests: reading.tests } : {}),
  };
  if (reading.ok) generations.keep(whole);
  return {
    generation,
    whole: reading.ok ? whole : null,
    model: reading.ok ? reading.model : null,
    facts: {
      sourcesComplete: [...pathsOf(generation)].every(([path, source]) => files[path] !== undefined && digestOf(files[path]) === source),
      problems: reading.ok ? [] : reading.problems.map((problem) => `${problem.path}:${problem.line}: ${problem.message}`),
      changedComponents,
      changedSources: changedComponents.flatMap((key) => now.get(key)?.source ?? []),
      changedMembers: differences.map((difference) => difference.member),
      changedFormulas: formulasAltered(before, components),
      changedTests: reading.ok
        ? testsWere === null
          ? before.flatMap(({ path, contract }) => (testPathOf(path) in edits ? [`${componentKey(contract.kind, contract.name)}#`] : []))
          : testsAltered({ components: before, tests: testsWere }, { components, tests: reading.tests })
        : [],
      newCapabilities: keys.flatMap((key) =>
        newCapabilities(old.get(key)?.contract, now.get(key)?.contract).map((grant) => `${key}: ${grant}`),
      ),
      newData: newData(
        before.map((component) => component.contract),
        components.map((component) => component.contract),
      ),
      newGrants: reading.ok ? newGrants({ settings: baseSettings, components: before }, reading) : [],
      incompatible: differences
        .filter((difference) => !difference.compatible)
        .map((difference) => `${difference.member}: ${difference.change}`),
      settingsChanged: settingsMoved,
    },
    texts: Object.values(edits).filter((text) => text !== null),
    components: components.filter((component) => {
      const known = old.get(componentKey(component.contract.kind, component.contract.name));
      return known?.source !== component.source || known.path !== component.path;
    }),
  };
}

/** The tests of a generation that was not read here since the start: its sources are read once more. Null where they do not read any more. */
async function testsOf(reader: CodeReader, generations: Generations, whole: WholeGeneration): Promise<readonly ReadTests[] | null> {
  const reading = (await reader.read(whole.files)) as unknown as SystemReading;
  if (!reading.ok) return null;
  generations.keep({ ...whole, tests: reading.tests });
  return reading.tests;
}

/** The facts of an admission: what was read, and what the certificate says of it. */
export function factsOf(
  { generation, facts }: SecondReading,
  certificate: StoredCertificate,
  { statement, valid }: { readonly statement: Statement; readonly valid: boolean },
  policy: Policy,
  regions: RegionFacts,
): AdmissionFacts {
  const { predicate } = statement;
  const own = certificateDigest(certificate.envelope);
  return {
    ...facts,
    ...regions,
    certificate: own,
    predicate,
    signatureValid: valid && own === certificate.digest && predicate.change === certificate.change,
    subjectMatches:
      generation.id === predicate.generation &&
      statement.subject.some((subject) => `sha256:${subject.digest.sha256}` === generation.id) &&
      certificate.generation === generation.id,
    policy,
  };
}

export const storedOf = (files: SourceFiles, component: ReadComponent): StoredComponent => ({
  source: digestOf(files[component.path] ?? ''),
  path: component.path,
  contract: component.contract,
  contractDigest: digestOf(canonicalJson(component.contract)),
  code: component.code ?? null,
  outline: component.outline,
  head: component.head,
});
