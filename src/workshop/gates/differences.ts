/**
 * What a candidate changes against its base, by component. Both readings are in order of path and share what is unchanged, so
 * one walk over both, comparing by identity first, finds it.
 */
import type { ComponentKind } from '#kernel';
import {
  atPath,
  type ComponentKey,
  componentKey,
  digestOfValue,
  pairsByPath,
  type ReadComponent,
  type ReadTests,
  strategiesMoved,
  testPathOf,
} from '#model';
import type { GateInput } from './gate.ts';

export interface ChangedComponent {
  readonly key: ComponentKey;
  readonly kind: ComponentKind;
  readonly old: ReadComponent | undefined;
  readonly next: ReadComponent | undefined;
  /** The source text differs, or it is new. */
  readonly source: boolean;
  readonly contract: boolean;
  readonly tests: boolean;
}

const remembered = new WeakMap<GateInput, { readonly base: GateInput; readonly changed: readonly ChangedComponent[] }>();

export function changedComponents(candidate: GateInput, base: GateInput): readonly ChangedComponent[] {
  const before = remembered.get(candidate);
  if (before !== undefined && before.base === base) return before.changed;
  const differing = pairsByPath(base.reading.components, candidate.reading.components);
  const old = new Map<ComponentKey, ReadComponent>();
  const next = new Map<ComponentKey, ReadComponent>();
  for (const [from, to] of differing) {
    if (from !== undefined) old.set(keyOf(from), from);
    if (to !== undefined) next.set(keyOf(to), to);
  }
  const moved = new Set<ComponentKey>();
  const tested = new Set(
    pairsByPath(base.reading.tests, candidate.reading.tests).flatMap(([from, to]) =>
      [from, to].flatMap((tests: ReadTests | undefined) => (tests === undefined ? [] : [tests.path])),
    ),
  );
  for (const path of tested) {
    const component = atPath(candidate.reading.components, path.replace(/\.test\.ts$/, '.ts'));
    if (component === undefined || next.has(keyOf(component))) continue;
    next.set(keyOf(component), component);
    old.set(keyOf(component), component);
  }
  for (const key of strategiesMoved(base.reading.settings, candidate.reading.settings) as readonly ComponentKey[]) {
    const [from, to] = [base, candidate].map((input) => input.reading.components.find((component) => keyOf(component) === key));
    if (from === undefined || to === undefined) continue;
    old.set(key, from);
    next.set(key, to);
    moved.add(key);
  }
  const changed = [...new Set([...old.keys(), ...next.keys()])].flatMap((key): ChangedComponent[] => {
    const [from, to] = [old.get(key), next.get(key)];
    const source = textOf(base, from?.path) !== textOf(candidate, to?.path);
    const tests = textOf(base, from && testPathOf(from.path)) !== textOf(candidate, to && testPathOf(to.path));
    const contract =
      moved.has(key) ||
      (from?.contract !== to?.contract &&
        (from === undefined || to === undefined || digestOfValue(from.contract) !== digestOfValue(to.contract)));
    return source || tests || contract ? [{ key, kind: (to ?? from)?.kind ?? 'entity', old: from, next: to, source, contract, tests }] : [];
  });
  remembered.set(candidate, { base, changed });
  return changed;
}

const keyOf = (component: ReadComponent): ComponentKey => componentKey(component.kind, component.name);

const textOf = (input: GateInput, path: string | undefined): string | undefined => (path === undefined ? undefined : input.files[path]);
