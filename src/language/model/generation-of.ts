/**
 * Why: a generation is named by the digest of its content, and the content is made from a reading in one place.
 * Promises: the id is the digest of exactly `canonicalJson(contentOf(generation))`; nothing but versions is hashed again,
 * so that one changed component among thousands costs little.
 */
import { canonicalJson, type ComponentVersion, type Digest, type Generation } from '#kernel';
import { digestOf, digestOfValue } from './digest-of.ts';
import { testPathOf } from './paths.ts';
import type { ReadComponent, SourceFiles, SystemReading } from './reading.ts';

const versions = new WeakMap<ReadComponent, { readonly source: string; readonly tests: string | undefined; readonly version: ComponentVersion }>();
const texts = new WeakMap<ComponentVersion, string>();

/** The version of one component: digests of its source, its contract and its tests. */
export function versionOf(component: ReadComponent, source: string, tests?: string): ComponentVersion {
  const before = versions.get(component);
  if (before !== undefined && before.source === source && before.tests === tests) return before.version;
  const version: ComponentVersion = {
    kind: component.kind,
    name: component.name,
    path: component.path,
    source: digestOf(source),
    contract: digestOfValue(component.contract),
    ...(tests === undefined ? {} : { tests: digestOf(tests) }),
  };
  versions.set(component, { source, tests, version });
  return version;
}

/** The generation of these component versions under these settings (`settings`: digest of the text of theseus.json). */
export function generationOf(settings: Digest, components: readonly ComponentVersion[]): Generation {
  const sorted = components.every((version, at) => at === 0 || (components[at - 1]?.path ?? '') < version.path);
  const inOrder = sorted ? components : components.toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const members = inOrder.map((version) => {
    const text = texts.get(version) ?? canonicalJson(version);
    texts.set(version, text);
    return text;
  });
  const content = `{"components":[${members.join(',')}],"format":"theseus/generation/1","settings":${JSON.stringify(settings)}}`;
  return { format: 'theseus/generation/1', settings, components: inOrder, id: digestOf(content) };
}

/** The generation that a good reading of these files is. */
export function generationOfReading(files: SourceFiles, reading: SystemReading & { readonly ok: true }): Generation {
  const components = reading.components.map((component) => versionOf(component, files[component.path] ?? '', files[testPathOf(component.path)]));
  return generationOf(digestOf(files['theseus.json'] ?? ''), components);
}
