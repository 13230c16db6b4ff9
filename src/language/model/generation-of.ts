/**
 * Why: a generation is named by the digest of its content, and the content is made from a reading in one place.
 * Promises: the id is the digest of exactly `canonicalJson(contentOf(generation))`; nothing but versions is hashed again,
 * so that one changed component among thousands costs little.
 */
import { canonicalJson, type ComponentVersion, type Digest, type Generation } from '#kernel';
import { digestOf, digestOfValue } from './digest-of.ts';
import { testPathOf } from './paths.ts';
import type { ReadComponent, SourceFiles, SystemReading } from './reading.ts';

interface Known {
  readonly source: string;
  readonly testPath: string;
  readonly tests: string | undefined;
  readonly version: ComponentVersion;
}
const known = new WeakMap<ReadComponent, Known>();
const texts = new WeakMap<ComponentVersion, string>();

/** The version of one component: digests of its source, its contract and its tests. */
export function versionOf(component: ReadComponent, source: string, tests?: string): ComponentVersion {
  const before = known.get(component);
  if (before !== undefined && before.source === source && before.tests === tests) return before.version;
  const version: ComponentVersion = {
    kind: component.kind,
    name: component.name,
    path: component.path,
    source: digestOf(source),
    contract: digestOfValue(component.contract),
    ...(tests === undefined ? {} : { tests: digestOf(tests) }),
  };
  known.set(component, { source, testPath: testPathOf(component.path), tests, version });
  return version;
}

/** The generation of these component versions under these settings (`settings`: digest of the text of theseus.json). */
export function generationOf(settings: Digest, components: readonly ComponentVersion[]): Generation {
  const sorted = components.every((version, at) => at === 0 || (components[at - 1]?.path ?? '') < version.path);
  const inOrder = sorted ? components : components.toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  let members = '';
  for (const version of inOrder) {
    let text = texts.get(version);
    if (text === undefined) {
      text = canonicalJson(version);
      texts.set(version, text);
    }
    members += members === '' ? text : `,${text}`;
  }
  return {
    format: 'theseus/generation/1',
    settings,
    components: inOrder,
    id: digestOf(`{"components":[${members}],"format":"theseus/generation/1","settings":${JSON.stringify(settings)}}`),
  };
}

/** The generation that a good reading of these files is. */
export function generationOfReading(files: SourceFiles, reading: SystemReading & { readonly ok: true }): Generation {
  const components = reading.components.map((component) =>
    versionOf(component, files[component.path] ?? '', files[known.get(component)?.testPath ?? testPathOf(component.path)]),
  );
  return generationOf(digestOf(files['theseus.json'] ?? ''), components);
}
