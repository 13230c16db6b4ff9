/**
 * What serves: the reference that every call reads, and the generations that still answer calls which entered before a swap.
 * It follows the log, of this kernel or of another; when the calls of an activation have had their time it is closed, and no
 * write can come from it any more. Decides nothing: which generation serves is the kernel's word.
 */
import type { Pool } from 'pg';
import { type Digest, Fault, instant, type KernelEvent, type Settings } from '#kernel';
import type { Hosts } from '#hosts';
import { appendChangeEvent, awaitFence } from '#store/records';
import { type KernelLog, machineItself } from './kernel-log.ts';
import { type Loaded, loadGenerationToRun, type SettingsReader } from './loaded.ts';
import type { Running } from './running.ts';

export type RolledBack = KernelEvent & { readonly kind: 'rolled-back' };

export interface RoutingParts {
  readonly pool: Pool;
  readonly hosts: Hosts;
  readonly log: KernelLog;
  readonly readSettings: SettingsReader;
  readonly clock: () => number;
  readonly note: (what: string, cause: unknown) => void;
}
export interface Routing {
  /** Null until the system has a generation. */
  current(): Loaded | null;
  /** The generation that serves; a fault where there is none yet. */
  serving(): Loaded;
  /** That of a request which entered before a swap. */
  loaded(running: Running): Loaded;
  policy(): Settings['policy'];
  /** Reads what the log says since, and puts it into force. */
  look(): Promise<void>;
  /** The same, waited for by nobody. */
  lookSoon(): void;
  swapTo(loaded: Loaded): void;
  onSwap(listener: (running: Running) => void): void;
  /** Puts a rollback of the log into force, and tells the changes that it took back. */
  tookBack(event: RolledBack, why: string): Promise<void>;
  /** Closes no activation from here on. */
  close(): void;
}
const drainMs = 12_000;
const fenceMs = 2_000;

export function openRouting({ pool, hosts, log, readSettings, clock, note }: RoutingParts): Routing {
  const byActivation = new Map<number, Loaded>();
  const listeners: ((running: Running) => void)[] = [];
  const draining = new Set<number>();
  let current: Loaded | null = null;
  let closing = false;

  const load = (generation: Digest, activation: number): Promise<Loaded> =>
    loadGenerationToRun(pool, hosts, readSettings, generation, activation);
  const serving = (): Loaded => {
    if (current === null) throw new Fault('setup', 'The system has no generation yet.');
    return current;
  };
  function swapTo(loaded: Loaded): void {
    byActivation.set(loaded.activation, loaded);
    current = loaded;
    for (const listener of listeners) listener(loaded);
  }

  async function look(): Promise<void> {
    const { routing, live } = await log.refresh();
    if (routing.stable !== null && current?.activation !== routing.activation) {
      const { stable, activation } = routing;
      const loaded = byActivation.get(activation) ?? (await load(stable, activation));
      if (log.state().routing.activation === activation) swapTo(loaded);
    }
    for (const [number, life] of Object.entries(live))
      if (life.state === 'draining') void drain(Number(number)).catch((cause: unknown) => note('drain', cause));
  }
  const lookSoon = (): void => void look().catch((cause: unknown) => note('routing', cause));

  async function drain(activation: number): Promise<void> {
    if (draining.has(activation) || closing) return;
    draining.add(activation);
    await new Promise<void>((done) => setTimeout(done, drainMs).unref());
    if (closing) return;
    await log.perform({ kind: 'close', at: instant(clock()), by: machineItself, activation });
    await awaitFence(pool, activation, fenceMs);
    byActivation.delete(activation);
    draining.delete(activation);
  }

  return {
    current: () => current,
    serving,
    loaded: (running) => byActivation.get(running.activation) ?? serving(),
    policy: () => serving().model.settings.policy,
    look,
    lookSoon,
    swapTo,
    onSwap: (listener) => void listeners.push(listener),
    tookBack: async ({ generation, activation, changes }, why) => {
      const known = [...byActivation.values()].find((loaded) => loaded.generation === generation);
      swapTo(known === undefined ? await load(generation, activation) : { ...known, activation });
      for (const change of changes)
        await appendChangeEvent(pool, { change, at: instant(clock()), kind: 'ended', outcome: 'rolled-back', why, generation });
      lookSoon();
    },
    close: () => {
      closing = true;
    },
  };
}
