/**
 * Examples on the real calls of a generation (port Trial), over rows that nothing outlives: each example starts with none. The
 * same code serves the trial database, where each example is rolled back, and the store in memory, where mutants run.
 */
import { Fault, hasBody, instant, type Json, type Settings } from '#kernel';
import { componentKey, digestOf, type Example, type ReadComponent, type SystemModel } from '#model';
import type { Hosts } from '#hosts';
import { type CallParts, noGuilt, openCalls } from '#machine/calls';
import type { ExampleResult, Trial, TrialOptions, Walked, WalkOptions } from '#ports';
import { prepareModel, type Prepared, type Store } from '#store';
import type { MemoryStore } from '#store/memory';
import { runSteps } from './trial/run-steps.ts';
import type { Door, Stage } from './trial/stage.ts';
import { statedAnswers } from './trial/stated-answers.ts';
import { walkSteps } from './trial/walk-steps.ts';

/** A store without rows. `end` leaves nothing behind. */
export interface EmptyStore {
  readonly store: Store & Pick<MemoryStore, 'journal' | 'outbox'> & Partial<Pick<MemoryStore, 'unmet'>>;
  end(): Promise<void>;
}
export interface TrialParts {
  /** Makes what the model's rows need, where they need something. */
  readonly prepare?: (model: SystemModel) => Promise<void>;
  readonly begin: (prepared: Prepared, clock: () => number) => Promise<EmptyStore>;
  /** The door that callers come by over HTTP: steps by address go through it. */
  readonly door?: Door;
  /** Examples that run side by side; 1 where nothing is said. */
  readonly concurrency?: number;
  /** Where operations run: the disposable hosts of the workshop. */
  readonly hosts: Pick<Hosts, 'load' | 'call'>;
}
type Loaded = ReturnType<CallParts['loaded']>;
interface System {
  readonly settings: Settings;
  readonly model: SystemModel;
  readonly components: readonly ReadComponent[];
}

/** The day on which every example begins. */
export const exampleDay = '2026-01-15';
const ACTIVATION = 1;
const WALKS_AT_ONCE = 4;

export function trialRun(parts: TrialParts): Trial {
  const loadedCode = new Set<string>();
  return {
    run: async (system, examples, options = {}) => {
      const given = system as unknown as System;
      await parts.prepare?.(given.model);
      const loaded = await load(parts, given, loadedCode);
      const list = examples as unknown as readonly Example[];
      const results: ExampleResult[] = [];
      let next = 0;
      let stopped = false;
      const work = async (): Promise<void> => {
        for (let at = next++; at < list.length && !stopped && options.signal?.aborted !== true; at = next++) {
          const example = list[at];
          if (example === undefined) break;
          const result = await runExample(parts, loaded, example, options);
          results[at] = result;
          stopped ||= !result.passed && (options.stopAtFailure === true || (options.stopAtBroken === true && failedIn(result)));
        }
      };
      await Promise.all(Array.from({ length: Math.min(parts.concurrency ?? 1, list.length) }, work));
      return results;
    },
    walk: async (system, walks, options) => {
      const given = system as unknown as System;
      await parts.prepare?.(given.model);
      const loaded = await load(parts, given, loadedCode);
      const list = walks as unknown as readonly Example[];
      const walked: Walked[] = [];
      let next = 0;
      let end = list.length;
      // Each has rows of its own, so that they cannot meet; the first that breaks is the first of the list that does.
      const work = async (): Promise<void> => {
        for (let at = next++; at < end && options.signal?.aborted !== true; at = next++) {
          const example = list[at];
          if (example === undefined) break;
          const one = await runWalk(parts, loaded, example, options);
          walked[at] = one;
          if (one.broke !== undefined) end = Math.min(end, at + 1);
        }
      };
      await Promise.all(Array.from({ length: Math.min(WALKS_AT_ONCE, list.length) }, work));
      const gap = Array.from({ length: end }, (_, at) => walked[at] === undefined).indexOf(true);
      return walked.slice(0, gap < 0 ? end : gap);
    },
    prepare: async (system) => parts.prepare?.((system as unknown as System).model),
    close: async () => {},
  };
}

async function load(parts: TrialParts, { model, components }: System, known: Set<string>): Promise<Loaded> {
  const prepared = prepareModel(model);
  const code = new Map<string, string>();
  for (const component of components) {
    if (!hasBody(component.contract) || component.code === undefined) continue;
    const digest = digestOf(component.code);
    code.set(component.contract.id, digest);
    if (known.has(digest)) continue;
    await parts.hosts.load({ key: componentKey(component.kind, component.name), digest, code: component.code });
    known.add(digest);
  }
  return { generation: prepared.generation, activation: ACTIVATION, model, prepared, code, changes: new Map(), files: new Map() };
}

interface Opened {
  readonly place: EmptyStore;
  readonly stage: Stage;
}
/** Calls of a generation over a store without rows. */
async function openPlace(parts: TrialParts, loaded: Loaded, example: Example, options: TrialOptions): Promise<Opened> {
  const clock = { now: Date.parse(`${exampleDay}T10:00:00Z`), passed: 0 };
  const outside = statedAnswers();
  const place = await parts.begin(loaded.prepared, () => clock.now);
  const calls = openCalls({
    store: place.store,
    hosts: hostsFor(parts.hosts, clock, example.name, options),
    clock: () => clock.now,
    outside,
    log: () => {},
    guilt: noGuilt,
    failuresInFull: true,
    // Hundreds of runs a second: what is kept of them lasts no longer than they do.
    secretCost: 4,
    loaded: () => loaded,
    routed: async () => loaded,
  });
  return {
    place,
    stage: {
      calls,
      running: loaded,
      clock,
      outside,
      told: place.store,
      owed: { read: 0, due: [] },
      ...(parts.door === undefined ? {} : { door: parts.door }),
    },
  };
}

async function runWalk(parts: TrialParts, loaded: Loaded, example: Example, options: WalkOptions): Promise<Walked> {
  const { place, stage } = await openPlace(parts, loaded, example, {});
  const { unmet } = place.store;
  if (unmet === undefined) throw new Fault('bug', 'Sequences are run on a store that can be looked into.');
  try {
    return await walkSteps(stage, example, options, (promised) => unmet(loaded.prepared, instant(stage.clock.now), promised));
  } finally {
    await place.end();
  }
}

async function runExample(parts: TrialParts, loaded: Loaded, example: Example, options: TrialOptions): Promise<ExampleResult> {
  const began = performance.now();
  const { place, stage } = await openPlace(parts, loaded, example, options);
  try {
    const fault = await runSteps(stage, example);
    const wallMs = performance.now() - began;
    if (fault === undefined) return { name: example.name, passed: true, wallMs };
    return { name: example.name, passed: false, step: fault.step, expected: fault.expected, actual: fault.actual, why: fault.why, wallMs };
  } catch (cause) {
    if (cause instanceof Fault && cause.code === 'database-unavailable') throw cause;
    return {
      name: example.name,
      passed: false,
      why: `it broke: ${cause instanceof Error ? cause.message : 'unknown'}`,
      wallMs: performance.now() - began,
    };
  } finally {
    await place.end();
  }
}

/**
 * The hosts as an example uses them: its clock is its own, theirs is not; the mutant that is on goes in with the input. Its randomness
 * follows from its name, so that it comes out the same each time: nothing is shown by luck.
 */
function hostsFor(
  hosts: TrialParts['hosts'],
  clock: { readonly now: number },
  name: string,
  { mutants = {}, alone = false }: TrialOptions,
): Hosts {
  let calls = 0;
  const call: Hosts['call'] = (asked) => {
    const seed = digestOf(`${name} ${(calls += 1)}`).slice('sha256:'.length);
    const mutant = mutants[asked.key];
    const given = asked.input as { readonly [name: string]: Json };
    const input = given['input'] ?? {};
    const switched = mutant === undefined || typeof input !== 'object' ? given : { ...given, input: { ...input, $mutant: mutant } };
    return hosts.call({ ...asked, seed, alone: asked.alone || alone, input: switched, deadline: Date.now() + asked.deadline - clock.now });
  };
  return { load: (component) => hosts.load(component), call } as Hosts;
}

const failedIn = ({ actual }: ExampleResult): boolean =>
  typeof actual === 'object' && actual !== null && 'refused' in actual && actual['refused'] === 'component-failed';
