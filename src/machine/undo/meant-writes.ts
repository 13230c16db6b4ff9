/**
 * Which writes are undone with a change: those of calls in which a component version ran that the change brought, in whichever generation
 * it ran, and moves that the clock made by a transition which it brought. Never what people and programs wrote themselves while the change
 * was live (a plain create or update, a move, an approval), nor what components wrote that it did not touch.
 */
import type { Pool } from 'pg';
import {
  canonicalJson,
  type Contract,
  type Digest,
  type Generation,
  hasBody,
  type Json,
  type KernelState,
  type PermanentId,
  type Settings,
  type WorkflowTransition,
} from '#kernel';
import { chosenStrategies, componentKey } from '#model';
import { loadComponents, loadGeneration, loadSources, type Meant, type StoredComponent } from '#store/records';
import type { SettingsReader } from '../loaded.ts';

export interface MeantParts {
  readonly pool: Pool;
  readonly readSettings: SettingsReader;
}

/** `target`: the generation that serves, or is to, once the changes are taken back; what it runs itself is not meant. */
export async function meantWrites(
  { pool, readSettings }: MeantParts,
  state: KernelState,
  changes: readonly string[],
  target: Digest,
): Promise<readonly Meant[]> {
  const open = async (id: Digest | null): Promise<Version | null> => (id === null ? null : openVersion(pool, readSettings, id));
  const serving = await open(target);
  const meant = new Map<string, Meant>();
  for (const change of changes) {
    for (const [id, { base }] of Object.entries(state.admitted).filter(([, admitted]) => admitted.change === change)) {
      const made = await open(id as Digest);
      if (made === null) continue;
      const before = await open(base);
      const brought = broughtBy(made, before);
      if (brought.bodies.size === 0 && brought.moves.size === 0) continue;
      for (const generation of liveSince(state, id as Digest)) {
        const ran = generation === made.id ? made : await open(generation);
        for (const write of ran === null ? [] : writesIn(ran, brought, serving)) meant.set(canonicalJson(write as unknown as Json), write);
      }
    }
  }
  return [...meant.values()];
}

/** A generation, as far as it says what ran in it. */
interface Version {
  readonly id: Digest;
  /** Component key -> what tells this version from others: its source, and the strategies it goes by. */
  readonly bodies: ReadonlyMap<string, string>;
  /** Transition id -> what the clock does by it. */
  readonly moves: ReadonlyMap<PermanentId, Clocked>;
}
interface Clocked {
  readonly component: string;
  readonly field: PermanentId;
  readonly transition: WorkflowTransition;
  readonly text: string;
}

async function openVersion(pool: Pool, readSettings: SettingsReader, id: Digest): Promise<Version | null> {
  const generation = await loadGeneration(pool, id);
  if (generation === null) return null;
  const settings = readSettings((await loadSources(pool, [generation.settings])).get(generation.settings) ?? '');
  return versionOf(generation, await loadComponents(pool, runningOf(generation)), settings);
}
/** What runs: the rest of a generation is not asked for. */
const kinds: ReadonlySet<string> = new Set(['operation', 'reaction', 'job', 'workflow']);
const runningOf = (generation: Generation): Generation => ({
  ...generation,
  components: generation.components.filter(({ kind }) => kinds.has(kind)),
});

function versionOf({ id }: Generation, components: readonly StoredComponent[], settings: Settings): Version {
  const bodies = new Map<string, string>();
  const moves = new Map<PermanentId, Clocked>();
  for (const { contract, source } of components) {
    if (hasBody(contract)) bodies.set(keyOf(contract), canonicalJson([source, chosenStrategies(settings, contract)]));
    if (contract.kind !== 'workflow') continue;
    for (const transition of contract.transitions.filter((each) => each.after !== undefined))
      moves.set(transition.id, {
        component: keyOf(contract),
        field: contract.field,
        transition,
        text: canonicalJson(transition as unknown as Json),
      });
  }
  return { id, bodies, moves };
}
const keyOf = (contract: Contract): string => componentKey(contract.kind, contract.name);

type Brought = Pick<Version, 'bodies' | 'moves'>;
const broughtBy = (made: Version, before: Version | null): Brought => ({
  bodies: new Map([...made.bodies].filter(([key, version]) => before?.bodies.get(key) !== version)),
  moves: new Map([...made.moves].filter(([id, { text }]) => before?.moves.get(id)?.text !== text)),
});

function writesIn(ran: Version, brought: Brought, serving: Version | null): readonly Meant[] {
  const generation = ran.id;
  const bodies = [...brought.bodies].filter(([key, version]) => ran.bodies.get(key) === version && serving?.bodies.get(key) !== version);
  const moves = [...brought.moves].filter(([id, { text }]) => ran.moves.get(id)?.text === text && serving?.moves.get(id)?.text !== text);
  return [
    ...bodies.map(([component]) => ({ generation, component })),
    ...moves.map(([, { component, field, transition }]) => ({
      generation,
      component,
      move: { field, from: transition.from, to: transition.to },
    })),
  ];
}

/** Every generation that came to serve from the first activation of this one on. */
function liveSince({ live }: KernelState, generation: Digest): ReadonlySet<Digest> {
  const numbered = Object.entries(live).map(([activation, life]) => ({ activation: Number(activation), generation: life.generation }));
  const first = Math.min(...numbered.filter((life) => life.generation === generation).map(({ activation }) => activation));
  return new Set(numbered.filter(({ activation }) => activation >= first).map((life) => life.generation));
}
