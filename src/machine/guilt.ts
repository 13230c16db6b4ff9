/**
 * Guilt of component versions: what calls ask before they begin, and tell when one ended by a component's own deed. Strikes are
 * events of the kernel's log, signed and chained like all others; the kernel decides on quarantine and on taking back.
 * Never: a strike for what somebody else did (a refusal, a slow database, a host killed from outside).
 */
import {
  type Caller,
  type Digest,
  digest,
  type Held,
  instant,
  isDigest,
  isRefusal,
  type Json,
  type KernelEvent,
  type KernelState,
  quarantineOf,
  refuse,
  type Refusal,
  type Settings,
  strikesInForce,
} from '#kernel';
import { type KernelLog, machineItself } from './kernel-log.ts';

/** What the calls need of it. `source` is the digest of a component version's source. */
export interface Guilt {
  /** Why no call of that version is taken. */
  quarantined(source: string): string | null;
  /** Whether it runs alone, having a strike. */
  suspect(source: string): boolean;
  /** Ends when what follows from it is in force. */
  strike(component: string, source: string, why: string): Promise<void>;
}
/** For places where nothing is held against anybody: trials. */
export const noGuilt: Guilt = { quarantined: () => null, suspect: () => false, strike: async () => {} };

export interface GuiltParts {
  readonly log: Pick<KernelLog, 'state' | 'refresh' | 'perform'>;
  readonly clock: () => number;
  readonly policy: () => Settings['policy'];
  /** The sources of a generation's components; empty where it is not known. */
  readonly sourcesOf: (generation: Digest) => Promise<ReadonlySet<string>>;
  /** Puts a rollback that the kernel decided into force. */
  readonly tookBack: (event: KernelEvent & { readonly kind: 'rolled-back' }, why: string) => Promise<void>;
  readonly tell: (entry: { readonly [key: string]: Json }) => void;
}
export interface GuiltLog extends Guilt {
  /** Versions with strikes or in quarantine, as the log has them. */
  held(): readonly Held[];
  release(by: Caller, component: string): Promise<{ readonly released: readonly Digest[] } | Refusal>;
}

export function openGuilt({ log, clock, policy, sourcesOf, tookBack, tell }: GuiltParts): GuiltLog {
  async function strike(component: string, source: string, why: string): Promise<void> {
    if (!isDigest(source) || quarantineOf(log.state(), source) !== null) return;
    tell({ kind: 'strike', component, why });
    const decided = await log.perform({
      kind: 'strike',
      at: instant(clock()),
      by: machineItself,
      component,
      source,
      change: await broughtBy(log.state(), source, sourcesOf),
      why: why.slice(0, 500),
      policy: policy(),
    });
    if (isRefusal(decided)) return;
    for (const event of decided) {
      if (event.kind === 'quarantined') tell({ kind: 'quarantine', component, why: event.why });
      if (event.kind === 'rolled-back')
        await tookBack(event, `Taken back by the kernel itself: ${component} was quarantined, since ${why}`.slice(0, 1_000));
    }
  }

  return {
    quarantined: (source) => quarantineOf(log.state(), source)?.why ?? null,
    suspect: (source) => strikesInForce(log.state(), source, instant(clock())) > 0,
    strike: (component, source, why) =>
      strike(component, source, why).catch((cause: unknown) =>
        tell({ kind: 'fault', what: 'strike', component, message: cause instanceof Error ? cause.message : String(cause) }),
      ),
    held: () => Object.values(log.state().held),
    release: async (by, component) => {
      await log.refresh();
      const held = Object.values(log.state().held).filter((each) => each.component === component || each.source === component);
      if (held.length === 0) return refuse('not-found', `Nothing is held against ${component.slice(0, 100)}.`);
      for (const { source } of held) {
        const decided = await log.perform({ kind: 'release', at: instant(clock()), by, source, policy: policy() });
        if (isRefusal(decided)) return decided;
      }
      return { released: held.map(({ source }) => digest(source)) };
    },
  };
}

/** The newest change, where the version came with it. Taken from the generations themselves, never from what a source says of itself. */
async function broughtBy(
  state: KernelState,
  source: Digest,
  sourcesOf: GuiltParts['sourcesOf'],
): Promise<KernelState['line'][number]['change']> {
  const [newest, before] = [state.line.at(-1), state.line.at(-2)];
  if (newest === undefined || before === undefined || newest.change === null) return null;
  const [now, then] = await Promise.all([sourcesOf(newest.generation), sourcesOf(before.generation)]);
  return now.has(source) && !then.has(source) ? newest.change : null;
}

/** What a caller hears of a version in quarantine. */
export const quarantineRefusal = (component: string, why: string): Refusal =>
  refuse(
    'component-failed',
    `${component} is quarantined and is not called: ${why}. Ask for a change that replaces it, take back the change that brought it (theseus rollback), or release it (theseus release ${component}).`,
    { component, quarantined: true },
  );
