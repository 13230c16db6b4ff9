/**
 * What a candidate adds, changes and removes against its base: as the scope that its files touch, and in plain sentences for
 * whoever must judge it. Both are read from the two readings, never from what the author says.
 */
import { leastRisk, newCapabilities, type RiskClass, type Scope } from '#kernel';
import {
  compareContracts,
  componentKey,
  digestOfValue,
  kindOfPath,
  newData,
  reachedBy,
  type ReadComponent,
  type ReadTests,
  type SystemReading,
  testsAltered,
} from '#model';
import type { Files, Sources } from './rebase.ts';

export type Reading = Extract<SystemReading, { ok: true }>;
export interface Differences {
  readonly scope: Scope;
  readonly echo: readonly string[];
  readonly risk: RiskClass;
}
type Key = Scope['components'][number];

export function differencesOf(base: Reading, next: Reading, files: Files, sources: Sources): Differences {
  const old = byKey(base);
  const now = byKey(next);
  const touched = new Set(Object.keys(files).map((path) => path.replace(/\.test\.ts$/, '.ts')));
  const keys = [...new Set([...old.keys(), ...now.keys()])].filter((key) => {
    const [was, is] = [old.get(key), now.get(key)];
    return touched.has(was?.path ?? '') || touched.has(is?.path ?? '') || contractDigest(was) !== contractDigest(is);
  });
  const contracts = compareContracts(
    base.components.map((component) => component.contract),
    next.components.map((component) => component.contract),
  );
  const reaches = reachedBy(
    base.components.map((component) => component.contract),
    next.components.map((component) => component.contract),
  );
  const changed = keys.filter((key) => {
    const [was, is] = [old.get(key), now.get(key)];
    return (
      was === undefined ||
      is === undefined ||
      (files[is.path] ?? sources[is.path]) !== sources[was.path] ||
      contractDigest(was) !== contractDigest(is)
    );
  });
  return {
    scope: {
      components: keys,
      members: [...new Set(contracts.map((difference) => difference.member))],
      ...(reaches.length === 0 ? {} : { reaches }),
      tests: testsAltered(base, next),
      data: newData(
        base.components.map((component) => component.contract),
        next.components.map((component) => component.contract),
      ),
    },
    echo: [
      ...keys.flatMap((key) => componentEcho(key, old.get(key), now.get(key), files)),
      ...contracts.filter(({ member }) => member.includes('#')).map(({ member, change }) => `${spoken(member)} ${change}.`),
      ...reaches.map((key) => `Calls ${spoken(key)}, which stays as it is.`),
      ...testsEcho(base.tests, next.tests, Object.keys(files)),
    ],
    risk: atLeastMedium(
      leastRisk({
        changedComponents: changed,
        newCapabilities: changed.flatMap((key) =>
          newCapabilities(old.get(key)?.contract, now.get(key)?.contract).map((grant) => `${key}: ${grant}`),
        ),
        settingsChanged: 'no',
        incompatible: contracts.filter((difference) => !difference.compatible).map((difference) => difference.member),
      }),
    ),
  };
}

/** Of what does not read: the components of the layout that its files stand for. */
export function scopeOfPaths(files: Files): Scope {
  const components = Object.keys(files).flatMap((path): readonly Key[] => {
    const kind = kindOfPath(path);
    const name = /\/([a-z0-9-]+?)(?:\.test)?\.ts$/.exec(path)?.[1];
    return kind === undefined || name === undefined
      ? []
      : [
          componentKey(
            kind,
            name.replaceAll(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()),
          ),
        ];
  });
  return { components: [...new Set(components)], members: [] };
}

const byKey = (reading: Reading): ReadonlyMap<Key, ReadComponent> =>
  new Map(reading.components.map((component) => [componentKey(component.kind, component.name), component]));
const contractDigest = (component: ReadComponent | undefined): string => (component === undefined ? '' : digestOfValue(component.contract));
/** Whoever writes code by hand writes none of low risk. */
const atLeastMedium = (risk: RiskClass): RiskClass => (risk === 'low' ? 'medium' : risk);

function componentEcho(key: Key, was: ReadComponent | undefined, is: ReadComponent | undefined, files: Files): readonly string[] {
  if (was === undefined && is !== undefined) return [`Adds ${spoken(key)}: ${sentence(is.head.what)}`];
  if (was !== undefined && is === undefined) return [`Removes ${spoken(key)}: ${sentence(was.head.what)}`];
  if (is === undefined || files[is.path] === undefined) return [];
  return [`Changes ${spoken(key)}.`];
}
const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
/** `entity/order#field/dueDate` is "entity order, field dueDate". */
const spoken = (member: string): string => member.replace('#', ', ').replaceAll('/', ' ');

function testsEcho(base: readonly ReadTests[], next: readonly ReadTests[], paths: readonly string[]): readonly string[] {
  return paths.flatMap((path) => {
    const before = namesOf(base.find((tests) => tests.path === path));
    const after = namesOf(next.find((tests) => tests.path === path));
    const added = [...after.keys()].filter((name) => !before.has(name));
    const altered = [...before].filter(([name, text]) => after.get(name) !== text).map(([name]) => name);
    return [
      ...(added.length === 0
        ? []
        : [`Adds ${added.length === 1 ? 'an example' : `${added.length} examples`} to ${path}: ${quoted(added)}.`]),
      ...(altered.length === 0 ? [] : [`Alters or removes in ${path}: ${quoted(altered)}.`]),
    ];
  });
}
const namesOf = (tests: ReadTests | undefined): ReadonlyMap<string, string> =>
  new Map([...(tests?.examples ?? []), ...(tests?.properties ?? [])].map((test) => [test.name, JSON.stringify(test)]));
const quoted = (names: readonly string[]): string =>
  `${names
    .slice(0, 5)
    .map((name) => `"${name}"`)
    .join(', ')}${names.length > 5 ? ' and more' : ''}`;
