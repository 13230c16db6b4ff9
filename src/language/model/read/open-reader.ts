/**
 * A reader that keeps what it read. A change of some files parses those files and links again those, and what looked up
 * something in them that is different now; the rest stays as it is. The answer is the same as reading all files anew.
 */
import { Fault, type Settings } from '#kernel';
import { digestOf } from '../digest-of.ts';
import type { ReadComponent, ReadTests, RegionRead, SourceFiles, SourceProblem, SystemReading } from '../reading.ts';
import { linkModel } from '../system-model.ts';
import { declare } from './declare.ts';
import type { Declared } from './declared.ts';
import { Linker } from './linker.ts';
import { collector, placed } from './reporter.ts';
import { settingsOf } from '../settings/settings-of.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { PathOrder } from './path-order.ts';
import { workflowProblems } from './workflow-problems.ts';
import { statedRegion } from './stated-region.ts';
import { SystemIndex } from './system-index.ts';
import { conflicts, eventsLookedFor, loneTests, routeProblems, strayStrategies, unheardEvents } from './system-problems.ts';
import { caps, withinCaps } from './text-caps.ts';

export type SourceEdits = { readonly [path: string]: string | null };
export interface Reader {
  /** Reads exactly these files. */
  read(files: SourceFiles): SystemReading;
  /** Reads the files read last with these edits; `null` removes a file. */
  change(edits: SourceEdits): SystemReading;
  /** The region that a scope states of a formula, in the names of the files read last. */
  region(member: string, text: string): RegionRead;
}

const SETTINGS = 'theseus.json';
/** Files of a system's folder that are for people and editors, and say nothing to the system. */
const beside = (path: string): boolean =>
  path.startsWith('.theseus/') || ['rows.json', 'tsconfig.json', 'package.json', 'README.md', '.gitignore'].includes(path);
/** Declarations kept beyond the files at hand, so that going to a candidate and back parses nothing. */
const KEPT = 1_000;

export function openReader(): Reader {
  const texts = new Map<string, string>();
  const declared = new Map<string, Declared>();
  const byDigest = new Map<string, Declared>();
  const outcomes = new Map<string, Outcome>();
  const dependants = new Map<string, Set<string>>();
  const broken = new Set<string>();
  const index = new SystemIndex();
  const components = new PathOrder<ReadComponent>();
  const tests = new PathOrder<ReadTests>();
  let alone: readonly SourceProblem[] = [];
  let routes: readonly SourceProblem[] | undefined;
  let unheard: readonly SourceProblem[] | undefined;
  /** Events that examples look for, by the path of their tests. */
  const looked = new Map<string, readonly string[]>();
  let ways: readonly SourceProblem[] | undefined;
  let settings: Settings | undefined;
  let settingsProblems: readonly SourceProblem[] = [];
  let linker: Linker | undefined;

  function declaredOf(path: string, text: string): Declared {
    const key = `${path}\n${digestOf(text)}`;
    const before = byDigest.get(key);
    const made = before ?? declare(path, text);
    if (before === undefined) {
      const oldest = byDigest.size >= KEPT ? byDigest.keys().next() : undefined;
      if (oldest !== undefined && oldest.done !== true) byDigest.delete(oldest.value);
      byDigest.set(key, made);
    }
    return made;
  }

  function forget(path: string): void {
    const before = outcomes.get(path);
    if (before !== undefined) for (const need of before.needs) dependants.get(need)?.delete(path);
    linker?.forget(path);
  }

  function link(path: string, current: Linker): Outcome | undefined {
    const file = current.file(path);
    if (file === undefined) return undefined;
    const made = outcomeOf(file, current, texts.get(path) ?? '');
    for (const need of made.needs) {
      const set = dependants.get(need) ?? new Set<string>();
      set.add(path);
      dependants.set(need, set);
    }
    return made;
  }

  function apply(changes: ReadonlyMap<string, string | undefined>): void {
    let dirty = new Set<string>();
    const rolesBefore = index.signingRoles().join(' ');
    /* Ids that more than one file gave, before or now: what they name may be another row. */
    const shared = new Set<string>();
    for (const [path, text] of changes) {
      if (text === undefined) texts.delete(path);
      else texts.set(path, text);
      if (path === SETTINGS) continue;
      const before = declared.get(path);
      forget(path);
      if (before !== undefined) {
        for (const { id } of before.ids) if (index.twice.has(id)) shared.add(id);
        index.remove(before);
      }
      declared.delete(path);
      dirty.add(path);
    }
    for (const [path, text] of changes) {
      if (path === SETTINGS || text === undefined) continue;
      const made = declaredOf(path, text);
      declared.set(path, made);
      index.add(made);
      for (const { id } of made.ids) if (index.twice.has(id)) shared.add(id);
    }
    for (const id of shared) for (const path of dependants.get(`id:${id}`) ?? []) dirty.add(path);
    if (index.signingRoles().join(' ') !== rolesBefore) for (const path of dependants.get('roles') ?? []) dirty.add(path);
    if (changes.has(SETTINGS)) {
      const { report, found } = collector();
      const text = texts.get(SETTINGS);
      settings = text === undefined || !withinCaps(text, report) ? undefined : settingsOf(text, report);
      settingsProblems =
        text === undefined
          ? [
              {
                path: SETTINGS,
                line: 1,
                column: 1,
                message: 'theseus.json is missing: it holds the name, currency, time zone, roles and policy of the system',
              },
            ]
          : placed(SETTINGS, text, found);
      linker = settings === undefined ? undefined : new Linker(settings, index, (path) => declared.get(path));
      outcomes.clear();
      broken.clear();
      dependants.clear();
      dirty = new Set(declared.keys());
    }
    const linked = linker === undefined ? new Set(changes.keys()) : linkAll(dirty, linker);
    if (changes.has(SETTINGS)) for (const { path } of [...components.inOrder(), ...tests.inOrder()]) linked.add(path);
    refreshed(linked);
  }

  /**
   * Links what is dirty, then what depended on something that changed by it, until nothing changes any more. All that is
   * dirty is forgotten first, so what is linked together sees nothing stale of each other.
   */
  function linkAll(first: ReadonlySet<string>, current: Linker): Set<string> {
    const linked = new Set<string>();
    let dirty: ReadonlySet<string> = first;
    for (let round = 0; dirty.size > 0; round++) {
      if (round > 100) throw new Fault('bug', 'linking does not come to an end');
      for (const path of dirty) {
        forget(path);
        linked.add(path);
      }
      const touched = new Set<string>();
      for (const path of dirty) {
        const before = outcomes.get(path);
        const after = link(path, current);
        if (after === undefined) outcomes.delete(path);
        else outcomes.set(path, after);
        if (after === undefined ? false : after.problems.length > 0) broken.add(path);
        else broken.delete(path);
        if (before?.outside === after?.outside) continue;
        for (const kind of ['row', 'rule', 'workflow', 'operation', 'view', 'reaction', 'job']) touched.add(`${kind}:${path}`);
        for (const target of [...(before?.targets ?? []), ...(after?.targets ?? [])]) touched.add(`refers:${target}`);
      }
      const next = new Set<string>();
      for (const key of touched) for (const path of dependants.get(key) ?? []) if (!dirty.has(path)) next.add(path);
      dirty = next;
    }
    return linked;
  }

  /** Components and tests in order of path, and what is wrong between files; made anew only when it may have changed. */
  function refreshed(changed: ReadonlySet<string>): void {
    let pathsDiffer = false;
    for (const path of changed) {
      const outcome = outcomes.get(path);
      if (components.put(path, outcome?.component)) pathsDiffer = true;
      if (tests.put(path, outcome?.tests)) pathsDiffer = true;
    }
    if (pathsDiffer) alone = loneTests(tests.inOrder(), texts);
    for (const path of changed) {
      if (path.startsWith('operations/')) routes = undefined;
      if (/^(?:entities|rules|operations|workflows)\//.test(path)) ways = undefined;
      if (/^(?:operations|reactions|jobs)\//.test(path)) unheard = undefined;
      const events = eventsLookedFor(outcomes.get(path)?.tests);
      if (events.length > 0) looked.set(path, events);
      if (events.length > 0 || looked.delete(path)) unheard = undefined;
    }
    routes ??= routeProblems(components.inOrder());
    unheard ??= unheardEvents(components.inOrder(), looked, texts);
    ways ??= workflowProblems(components.inOrder(), texts);
  }

  function reading(): SystemReading {
    const stray = settings === undefined ? [] : strayStrategies(settings, components.inOrder(), texts.get(SETTINGS) ?? '');
    const problems = [
      ...settingsProblems,
      ...stray,
      ...conflicts(index, texts),
      ...alone,
      ...(routes ?? []),
      ...(unheard ?? []),
      ...(ways ?? []),
    ];
    for (const path of broken) problems.push(...(outcomes.get(path)?.problems ?? []));
    if (settings === undefined)
      for (const [path, file] of declared) if (file.found.length > 0) problems.push(...placed(path, texts.get(path) ?? '', file.found));
    if (problems.length > 0 || settings === undefined)
      return {
        ok: false,
        problems: problems.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.line - b.line || a.column - b.column)),
      };
    const read = components.inOrder();
    return {
      ok: true,
      settings,
      model: linkModel(
        settings,
        read.map((component) => component.contract),
      ),
      components: read,
      tests: tests.inOrder(),
    };
  }

  return {
    read(files) {
      const changes = new Map<string, string | undefined>();
      let count = 0;
      for (const [path, text] of Object.entries(files)) {
        if (beside(path)) continue;
        count++;
        if (texts.get(path) !== text) changes.set(path, text);
      }
      if (count > caps.files) return tooMany(count);
      for (const path of texts.keys()) if (!Object.hasOwn(files, path)) changes.set(path, undefined);
      if (!Object.hasOwn(files, SETTINGS) && linker === undefined) changes.set(SETTINGS, undefined);
      apply(changes);
      return reading();
    },
    change(edits) {
      const changes = new Map<string, string | undefined>();
      let count = texts.size;
      for (const [path, text] of Object.entries(edits)) {
        if (beside(path) || (texts.get(path) ?? null) === text) continue;
        changes.set(path, text ?? undefined);
        count += (text === null ? 0 : 1) - (texts.has(path) ? 1 : 0);
      }
      if (count > caps.files) return tooMany(count);
      apply(changes);
      return reading();
    },
    region: (member, text) => (linker === undefined ? { ok: false, why: 'the system does not read' } : statedRegion(member, text, linker)),
  };
}

/** Before anything of them is parsed. */
const tooMany = (count: number): SystemReading => ({
  ok: false,
  problems: [{ path: SETTINGS, line: 1, column: 1, message: `the system has ${count} files; at most ${caps.files} are read` }],
});
