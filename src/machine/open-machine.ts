/**
 * The machine: it performs what the pure kernel decides, and is put together here of its parts: what is admitted (`admission`), what
 * serves (`routing`), what people steer with (`steering`), the calls that are answered (`calls`) and what runs unasked. It never imports
 * the workshop, and it takes nothing from it but rows in PostgreSQL.
 */
import type { Pool } from 'pg';
import type { Digest, Json } from '#kernel';
import type { SourceFiles, SystemModel } from '#model';
import type { CodeReader, Outside } from '#ports';
import type { Hosts } from '#hosts';
import type { Store } from '#store';
import { loadPublicKeys, saveAudit, savePublicKey } from '#store/records';
import { openAdmission } from './admission.ts';
import { openDenials } from './broker/denials.ts';
import { openGuesses } from './broker/identity.ts';
import { openSendings } from './broker/sendings.ts';
import { openTokens } from './broker/tokens.ts';
import { openCalls } from './calls.ts';
import { openGuilt } from './guilt.ts';
import { healthOf } from './health.ts';
import { install } from './install.ts';
import { machineItself, openKernelLog, type SigningKeys } from './kernel-log.ts';
import type { Loaded, SettingsReader } from './loaded.ts';
import { peopleByToken } from './people.ts';
import { openPreparation } from './preparation.ts';
import { openRegionFacts } from './region-facts.ts';
import { openRouting } from './routing.ts';
import type { Machine } from './running.ts';
import { openGenerations } from './second-reading.ts';
import { openService } from './service/open-service.ts';
import { openSteering } from './steering.ts';
import { openUnasked } from './unasked/open-unasked.ts';
import { openUndo } from './undo/open-undo.ts';

export interface MachineParts {
  readonly pool: Pool;
  readonly store: Store;
  readonly hosts: Hosts;
  readonly reader: CodeReader;
  readonly readSettings: SettingsReader;
  readonly keys: SigningKeys;
  /** Prepares the data for a generation whose components are saved: additive DDL, in the short-lived process `migrate`, where any is needed. */
  readonly migrate: (generation: Digest, model: SystemModel) => Promise<void>;
  /** The way to hosts outside. */
  readonly outside?: Outside;
  readonly clock: () => number;
  /** From 0 to 1, for waiting times; that of this machine where none is given. */
  readonly chance?: () => number;
  readonly log: (entry: { readonly [key: string]: Json }) => void;
}
/** What the process around it drives: installation, notices from PostgreSQL, the periodic look. */
export interface MachineProcess extends Machine {
  /** The first generation of a system, from its sources; nothing where there is one. */
  install(files: SourceFiles): Promise<void>;
  /** Reads what serves, so that the first admission finds the reader warm. */
  warmUp(): Promise<void>;
  /** After a NOTIFY on `routing`, and each second as well. */
  lookAtRouting(): Promise<void>;
  /** After a NOTIFY on `certificate`, with its digest, and each second at all of them. */
  lookAtCertificates(only?: string | null): Promise<void>;
  /** After a NOTIFY on `candidate`, with its id: makes ready what its admission would need. Missing one costs time alone. */
  lookAtCandidate(id: string): Promise<void>;
  /** Each second: requests to hosts outside that are due. */
  lookAtSendings(): Promise<void>;
  /** Each second: what was read is kept, and required times are held against it. */
  lookAtService(): Promise<void>;
  /** Each second: goes on with what is to be undone of rows. Ends when nothing of it waits. */
  lookAtUndos(): Promise<void>;
  /** Each second: runs what is due of reactions and jobs. After a write it looks by itself. */
  lookAtUnasked(): void;
  /** Runs what is due of reactions and jobs, and ends when nothing is. */
  settleUnasked(): Promise<void>;
}
export async function openMachine(parts: MachineParts): Promise<MachineProcess> {
  const { pool, hosts, clock, reader, outside } = parts;
  const note = noteTo(parts.log);
  const log = await openKernelLog(pool, parts.keys);
  await savePublicKey(pool, 'kernel', parts.keys.publicKey);
  const workshopKey = (await loadPublicKeys(pool)).get('workshop') ?? '';
  const generations = openGenerations(pool);
  const regions = openRegionFacts({ reader, calls: () => calls, serving: () => routing.current() });
  const preparation = openPreparation({ ...parts, generations, regions });
  const routing = openRouting({ ...parts, log, note });
  const { current, look: lookAtRouting } = routing;

  const guilt = openGuilt({
    log,
    clock,
    policy: routing.policy,
    sourcesOf: async (generation) =>
      new Set((await generations.whole(generation))?.generation.components.map((component) => component.source) ?? []),
    tookBack: async (event, why) => {
      const { generation, changes } = event;
      await saveAudit(pool, { caller: machineItself.id, action: 'roll-back', subject: changes.join(' '), detail: { generation, why } });
      await routing.tookBack(event, `${why}${rowsStay(changes)}`);
    },
    tell: parts.log,
  });
  const routed = async (): Promise<Loaded> => {
    await lookAtRouting();
    return routing.serving();
  };
  const undo = openUndo({ ...parts, log, routed, note });
  const denials = openDenials(clock, parts.log);
  const tokens = openTokens(parts.keys.privateKey);
  const calls = openCalls({
    tokens,
    guesses: openGuesses(),
    wrote: () => unasked.wrote(),
    store: parts.store,
    hosts,
    clock,
    log: parts.log,
    loaded: routing.loaded,
    routed,
    guilt,
    denials,
    ...(outside === undefined ? {} : { outside }),
  });
  const sendings =
    outside === undefined ? undefined : openSendings({ pool, outside, model: () => current()?.model ?? null, log: parts.log });
  const lookAtSendings = async (): Promise<void> => sendings?.look();
  const unasked = openUnasked({ pool, calls, routed: current, clock, chance: parts.chance ?? Math.random, log: parts.log });
  routing.onSwap(() => unasked.look());
  const admission = openAdmission({ pool, hosts, log, routing, preparation, regions, calls, workshopKey, clock, note });

  const service = openService({ pool, current, clock, log: parts.log });

  return {
    ...service.watched(calls),
    ...openSteering({ pool, log, routing, admission, guilt, unasked, calls, undo, lookAtSendings, clock, note }),
    byToken: peopleByToken({ tokens, store: parts.store, current, clock }),
    denials: denials.of,
    held: guilt.held,
    current,
    onSwap: routing.onSwap,
    health: () => healthOf({ pool, hosts, log, guilt, current, times: service.times }),
    times: service.times,
    lookAtService: service.look,
    install: async (files) => {
      if (await install({ ...parts, log }, files)) await lookAtRouting();
    },
    warmUp: async () => {
      const serving = current();
      const whole = serving === null ? null : await generations.whole(serving.generation);
      if (whole !== null) await reader.read(whole.files);
    },
    lookAtRouting,
    lookAtCertificates: admission.lookAtCertificates,
    lookAtCandidate: admission.lookAtCandidate,
    lookAtSendings,
    lookAtUndos: undo.look,
    lookAtUnasked: unasked.look,
    settleUnasked: unasked.settle,
    close: async () => {
      await service.keep().catch((cause: unknown) => note('service', cause));
      routing.close();
      await undo.close();
      await unasked.close();
      await admission.close();
    },
  };
}

/** Nothing but code goes back by itself. */
const rowsStay = (changes: readonly string[]): string =>
  ` What it wrote stays; theseus rollback ${changes.join(' ')} --data revert puts it back, and shows first what that would alter.`;

/** Tells what broke where nobody waits for an answer. */
const noteTo =
  (log: (entry: { readonly [key: string]: Json }) => void) =>
  (what: string, cause: unknown): void =>
    log({ kind: 'fault', what, message: cause instanceof Error ? cause.message : String(cause) });
