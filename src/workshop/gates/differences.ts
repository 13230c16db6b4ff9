/** What a candidate changes against its base, by component. Compared by identity first: unchanged parts of two readings are shared. */
import { canonicalJson, type ComponentKind } from '#kernel';
import { type ComponentKey, componentKey, type ReadComponent, testPathOf } from '#model';
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
  const changed: ChangedComponent[] = [];
  const old = componentsOf(base);
  const next = componentsOf(candidate);
  const compare = (key: ComponentKey, from: ReadComponent | undefined, to: ReadComponent | undefined): void => {
    const source = textOf(base, from?.path) !== textOf(candidate, to?.path);
    const tests = textOf(base, from && testPathOf(from.path)) !== textOf(candidate, to && testPathOf(to.path));
    const contract = from?.contract !== to?.contract && (from === undefined || to === undefined || canonicalJson(from.contract) !== canonicalJson(to.contract));
    if (source || tests || contract) changed.push({ key, kind: (to ?? from)?.kind ?? 'entity', old: from, next: to, source, contract, tests });
  };
  for (const [key, component] of next) compare(key, old.get(key), component);
  for (const [key, component] of old) if (!next.has(key)) compare(key, component, undefined);
  remembered.set(candidate, { base, changed });
  return changed;
}

const byKey = new WeakMap<object, ReadonlyMap<ComponentKey, ReadComponent>>();
export function componentsOf(input: GateInput): ReadonlyMap<ComponentKey, ReadComponent> {
  const known = byKey.get(input.reading);
  if (known !== undefined) return known;
  const made = new Map(input.reading.components.map((component) => [componentKey(component.kind, component.name), component]));
  byKey.set(input.reading, made);
  return made;
}

const textOf = (input: GateInput, path: string | undefined): string | undefined => (path === undefined ? undefined : input.files[path]);
