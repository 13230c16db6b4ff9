/**
 * The machine: it performs what the pure kernel decides. It admits certificates, prepares the data, builds a generation
 * completely, appends the events, swaps a reference, drains and closes what served before, and takes back. It never
 * imports the workshop, and it takes nothing from it but rows in PostgreSQL.
 */
import type { Pool } from 'pg';
import {
  type Caller,
  type ChangeId,
  changeId,
  type Digest,
  Fault,
  instant,
  isRefusal,
  type Json,
  type KernelEvent,
  refuse,
  type Refusal,
  type Settings,
  type Steerer,
} from '#kernel';
import { generationOfReading, type SourceFiles, type SystemModel, type SystemReading, digestOf } from '#model';
import type { CodeReader, Outside } from '#ports';
import type { Hosts } from '#hosts';
import type { Store } from '#store';
import {
  appendChangeEvent,
  awaitFence,
  countDeadLetters,
  loadCertificate,
  loadPublicKeys,
  loadChangeEvents,
  type NewChangeEvent,
  reviveSending,
  saveAudit,
  saveComponents,
  saveGeneration,
  savePublicKey,
  saveSources,
  stopSending,
  type StoredCertificate,
  type WaitingCertificate,
  waitingCertificates,
} from '#store/records';
import { openDenials } from './broker/denials.ts';
import { openGuesses } from './broker/identity.ts';
import { openSendings } from './broker/sendings.ts';
import { openTokens } from './broker/tokens.ts';
import { openCalls } from './calls.ts';
import { type Stranded, strandedIn } from './stranded.ts';
import { openGuilt } from './guilt.ts';
import { type KernelLog, openKernelLog, type SigningKeys } from './kernel-log.ts';
import { giveToHosts, type Loaded, loadGenerationToRun, type SettingsReader } from './loaded.ts';
import type { Health, Machine, Running } from './running.ts';
import { peopleByToken } from './people.ts';
import { openPreparation } from './preparation.ts';
import { factsOf, openGenerations, storedOf } from './second-reading.ts';
import { openEnvelope } from './signatures.ts';
import { mayTakeBack } from './unasked/may-take-back.ts';
import { openUnasked } from './unasked/open-unasked.ts';

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
  /** Each second: runs what is due of reactions and jobs. After a write it looks by itself. */
  lookAtUnasked(): void;
  /** Runs what is due of reactions and jobs, and ends when nothing is. */
  settleUnasked(): Promise<void>;
}
type RolledBack = KernelEvent & { readonly kind: 'rolled-back' };
const drainMs = 12_000;
/** What each part of an admission took, in milliseconds; `heardMs` is the way of the certificate until the machine looked at it. */
function stopwatch(clock: () => number): { lap(name: string): { readonly [name: string]: number } } {
  const laps: { [name: string]: number } = {};
  let last = clock();
  return {
    lap: (name) => {
      const now = clock();
      laps[name] = now - last;
      last = now;
      return laps;
    },
  };
}
/** Installs and closes; asks for nothing and approves nothing. */
const machineItself: Steerer = { id: 'machine', roles: [] };

/** A database that takes longer to say 1 is not well. */
const longestLookMs = 2_000;

export async function openMachine(parts: MachineParts): Promise<MachineProcess> {
  const { pool, hosts, clock } = parts;
  const log: KernelLog = await openKernelLog(pool, parts.keys);
  await savePublicKey(pool, 'kernel', parts.keys.publicKey);
  const workshopKey = (await loadPublicKeys(pool)).get('workshop') ?? '';
  const generations = openGenerations(pool);
  const preparation = openPreparation({ ...parts, generations });
  const loadedByActivation = new Map<number, Loaded>();
  const listeners: ((running: Running) => void)[] = [];
  const draining = new Set<number>();
  /** Certificates that wait, and how long the log was when the kernel looked at them. */
  const answeredAt = new Map<Digest, number>();
  let current: Loaded | null = null;
  let closing = false;
  let admitting: Promise<unknown> = Promise.resolve();

  const load = (generation: Digest, activation: number): Promise<Loaded> =>
    loadGenerationToRun(pool, hosts, parts.readSettings, generation, activation);
  function swapTo(loaded: Loaded): void {
    loadedByActivation.set(loaded.activation, loaded);
    current = loaded;
    for (const listener of listeners) listener(loaded);
  }

  /** Follows the log of another kernel, or of this one after a restart. */
  async function lookAtRouting(): Promise<void> {
    const { routing, live } = await log.refresh();
    if (routing.stable !== null && current?.activation !== routing.activation) {
      const { stable, activation } = routing;
      const loaded = loadedByActivation.get(activation) ?? (await load(stable, activation));
      if (log.state().routing.activation === activation) swapTo(loaded);
    }
    for (const [number, life] of Object.entries(live))
      if (life.state === 'draining') void drain(Number(number)).catch((cause: unknown) => note('drain', cause));
  }

  /** When the calls of an activation have had their time, it is closed; then no write can come from it any more. */
  async function drain(activation: number): Promise<void> {
    if (draining.has(activation) || closing) return;
    draining.add(activation);
    await new Promise<void>((done) => setTimeout(done, drainMs).unref());
    if (closing) return;
    await log.perform({ kind: 'close', at: instant(clock()), by: machineItself, activation });
    await awaitFence(pool, activation, 2_000);
    loadedByActivation.delete(activation);
    draining.delete(activation);
  }

  async function install(files: SourceFiles): Promise<void> {
    if ((await log.refresh()).line.length > 0) return;
    const reading = (await parts.reader.read(files)) as unknown as SystemReading;
    if (!reading.ok)
      throw new Fault(
        'setup',
        `The system cannot be read: ${reading.problems.map((problem) => `${problem.path}:${problem.line}: ${problem.message}`).join('\n')}`,
      );
    const generation = generationOfReading(files, reading);
    await saveSources(
      pool,
      Object.values(files).map((text) => ({ digest: digestOf(text), text })),
    );
    await saveComponents(
      pool,
      reading.components.map((component) => storedOf(files, component)),
    );
    await saveGeneration(pool, generation, null, null);
    await parts.migrate(generation.id, reading.model);
    const events = await log.perform({ kind: 'install', at: instant(clock()), by: machineItself, generation: generation.id });
    if (isRefusal(events)) throw new Fault('bug', events.why);
    await lookAtRouting();
  }

  async function warmUp(): Promise<void> {
    const whole = current === null ? null : await generations.whole(current.generation);
    if (whole !== null) await parts.reader.read(whole.files);
  }

  /** Admission and activation of one certificate. The change hears what became of it, whatever that is. */
  async function admit(certificate: WaitingCertificate): Promise<void> {
    const { change, request } = certificate;
    const heard = clock();
    const watch = stopwatch(clock);
    if (request === null || current === null) return;
    if (log.state().line.some((entry) => entry.change === change)) return lives(change, certificate.generation);
    const settings = current.model.settings;
    const opened = openEnvelope(certificate.envelope, workshopKey);
    const reading = opened && (await preparation.reading(change, opened.statement.predicate.base, certificate.generation));
    if (opened === null || reading === null) return end(change, 'failed', 'The certificate or its candidate cannot be read.');
    watch.lap('readMs');
    const by = { id: request.by, roles: request.roles };
    if (!request.roles.some((role) => settings.policy.ask.includes(role)))
      return end(change, 'refused', `Only ${settings.policy.ask.join(' or ')} may ask for a change.`);
    const { id: generation } = reading.generation;
    const facts = factsOf(reading, certificate, opened, settings.policy);
    const { base, issued } = facts.predicate;
    const commands = [
      { kind: 'admit', at: instant(clock()), by, facts },
      { kind: 'activate', at: instant(clock()), by, generation },
    ] as const;
    const would = log.wouldPerform(...commands);
    if (isRefusal(would)) return refused(certificate, would);
    const [loaded] = await Promise.all([preparation.ready(reading, base, change), giveToHosts(hosts, reading.whole?.components ?? [])]);
    watch.lap('prepareMs');
    const stranded = current === null ? [] : await strandedIn(calls, current, loaded.model);
    if (stranded.length > 0) {
      const why = `${stranded.map((each) => each.why).join('; ')}. Move them first, or give them a place in it.`;
      return end(change, 'refused', why, { stranded: stranded.map((each) => ({ ...each })) });
    }
    const decided = await log.performAll(commands, { generation, parent: base, change });
    if (isRefusal(decided)) return refused(certificate, decided);
    const event = decided.find((each): each is KernelEvent & { kind: 'activated' } => each.kind === 'activated');
    const activation = event?.activation ?? log.state().routing.activation;
    if (event !== undefined && current?.activation !== activation) swapTo({ ...loaded, activation });
    await lives(change, generation, { activation, heardMs: heard - issued, ...watch.lap('switchMs') });
    void lookAtRouting().catch((cause: unknown) => note('routing', cause));
  }
  async function refused({ digest, change }: StoredCertificate, decided: Refusal): Promise<void> {
    const conditions = Array.isArray(decided.evidence) ? decided.evidence : [];
    const detail = { certificate: digest, conditions };
    // The workshop makes the change again on what serves now; the change has not ended.
    if (conditions.includes('base') || decided.code === 'conflict')
      return append({ change, at: instant(clock()), kind: 'step', step: 'roll-out', state: 'failed', detail });
    if (conditions.length === 0) return end(change, 'failed', decided.why);
    if (!conditions.every((name) => name === 'autonomy')) return end(change, 'refused', decided.why, detail);
    const events = await loadChangeEvents(pool, change);
    if (events.some((event) => event.kind === 'step' && event.step === 'approve' && certificateIn(event.detail) === digest)) return;
    await append({
      change,
      at: instant(clock()),
      kind: 'step',
      step: 'approve',
      state: 'started',
      detail: { why: decided.why, certificate: digest },
    });
  }

  /** What is made ready is nobody's hurry, and of the candidates that come meanwhile the newest alone is looked at. */
  let offered: string | null = null;
  let preparing: Promise<void> | null = null;
  async function lookAtCandidate(id: string): Promise<void> {
    offered = id;
    preparing ??= (async () => {
      for (let next: string | null = id; next !== null && !closing; next = offered) {
        offered = null;
        if (current !== null)
          await preparation.ahead(next, log.state(), current.model.settings.policy).catch((cause: unknown) => note('preparation', cause));
      }
      preparing = null;
    })();
    await preparing;
  }
  const append = (event: NewChangeEvent): Promise<void> => appendChangeEvent(pool, event);
  const lives = (change: ChangeId, generation: Digest, evidence?: Json): Promise<void> =>
    append({
      change,
      at: instant(clock()),
      kind: 'ended',
      outcome: 'live',
      why: 'It serves now.',
      generation,
      ...(evidence === undefined ? {} : { evidence }),
    });
  const end = (change: ChangeId, outcome: 'failed' | 'refused' | 'rejected', why: string, evidence?: Json): Promise<void> =>
    append({ change, at: instant(clock()), kind: 'ended', outcome, why, ...(evidence === undefined ? {} : { evidence }) });
  const untold = (cause: unknown): readonly Stranded[] => {
    note('stranded rows', cause);
    return [];
  };
  const note = (what: string, cause: unknown): void =>
    parts.log({ kind: 'fault', what, message: cause instanceof Error ? cause.message : String(cause) });

  function lookAtCertificates(only: string | null = null): Promise<void> {
    const next = admitting.then(async () => {
      for (const certificate of await waitingCertificates(pool, only)) {
        // Where the log has not moved on, the kernel would decide as it did.
        if (answeredAt.get(certificate.digest) === log.state().seq) continue;
        try {
          await admit(certificate);
          answeredAt.set(certificate.digest, log.state().seq);
        } catch (cause) {
          note('admission', cause);
          if (isOfDatabase(cause)) throw cause;
          // One that cannot be looked at must not stand in the way of the others.
          await end(certificate.change, 'failed', cause instanceof Error ? cause.message : String(cause));
        }
      }
    });
    admitting = next.catch(() => {});
    return next;
  }

  const policyOf = (): Settings['policy'] => current?.model.settings.policy ?? fail();
  const fail = (): never => {
    throw new Fault('setup', 'The system has no generation yet.');
  };
  const audit = (by: Caller, action: string, subject?: string, detail?: Json): Promise<void> =>
    saveAudit(pool, { caller: by.id, action, ...(subject === undefined ? {} : { subject }), ...(detail === undefined ? {} : { detail }) });

  /** Puts a rollback of the log into force, and tells the changes that it took back. */
  async function tookBack(event: RolledBack, why: string): Promise<void> {
    const known = [...loadedByActivation.values()].find((loaded) => loaded.generation === event.generation);
    swapTo(known === undefined ? await load(event.generation, event.activation) : { ...known, activation: event.activation });
    for (const taken of event.changes)
      await append({ change: taken, at: instant(clock()), kind: 'ended', outcome: 'rolled-back', why, generation: event.generation });
    void lookAtRouting().catch((cause: unknown) => note('routing', cause));
  }
  const guilt = openGuilt({
    log,
    clock,
    policy: policyOf,
    sourcesOf: async (generation) =>
      new Set((await generations.whole(generation))?.generation.components.map((component) => component.source) ?? []),
    tookBack: async (event, why) => {
      await saveAudit(pool, {
        caller: machineItself.id,
        action: 'roll-back',
        subject: event.changes.join(' '),
        detail: { generation: event.generation, why },
      });
      await tookBack(event, why);
    },
    tell: parts.log,
  });

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
    loaded: (running) => loadedByActivation.get(running.activation) ?? current ?? fail(),
    routed: async () => {
      await lookAtRouting();
      return current ?? fail();
    },
    guilt,
    denials,
    ...(parts.outside === undefined ? {} : { outside: parts.outside }),
  });
  const sendings =
    parts.outside === undefined
      ? undefined
      : openSendings({ pool, outside: parts.outside, model: () => current?.model ?? null, log: parts.log });

  const unasked = openUnasked({ pool, calls, routed: () => current, clock, chance: parts.chance ?? Math.random, log: parts.log });
  listeners.push(() => unasked.look());

  return {
    ...calls,
    byToken: peopleByToken({ tokens, store: parts.store, current: () => current, clock }),
    lookAtSendings: async () => sendings?.look(),
    denials: denials.of,
    lookAtUnasked: () => unasked.look(),
    settleUnasked: () => unasked.settle(),
    retryDelivery: async (by, no) => {
      const retried = await unasked.retry(by, no);
      if (!isRefusal(retried)) await audit(by, 'retry-delivery', retried.component, { no });
      return isRefusal(retried) ? retried : { waiting: true };
    },
    stopDelivery: async (by, no, why) => {
      const stopped = await unasked.stop(by, no, why);
      if (!isRefusal(stopped)) await audit(by, 'stop-delivery', stopped.component, { no, why });
      return isRefusal(stopped) ? stopped : { stopped: true };
    },
    retrySending: async (by, id) => {
      const revived = mayTakeBack(by, current) ?? (await reviveSending(pool, id));
      if (revived === null) return refuse('not-found', 'No request of that id is dead. All are listed at /_theseus/sendings.');
      if (isRefusal(revived)) return revived;
      await audit(by, 'retry-sending', revived, { id });
      void sendings?.look().catch((cause: unknown) => note('sendings', cause));
      return { waiting: true };
    },
    stopSending: async (by, id, why) => {
      const stopped = mayTakeBack(by, current) ?? (await stopSending(pool, id, why === '' ? `Given up by ${by.name}.` : why));
      if (stopped === null) return refuse('not-found', 'No request of that id is dead or waits. All are listed at /_theseus/sendings.');
      if (isRefusal(stopped)) return stopped;
      await audit(by, 'stop-sending', stopped, { id, why });
      return { stopped: true };
    },
    install,
    warmUp,
    lookAtRouting,
    lookAtCertificates,
    lookAtCandidate,
    current: () => current,
    onSwap: (listener) => void listeners.push(listener),
    rollBack: async (by, { change, withLater }) => {
      await log.refresh();
      const decided = await log.perform({
        kind: 'roll-back',
        at: instant(clock()),
        by,
        withLater,
        policy: policyOf(),
        ...(change === undefined ? {} : { change: changeId(change) }),
      });
      if (isRefusal(decided)) return decided;
      const event = decided.find((candidate): candidate is RolledBack => candidate.kind === 'rolled-back');
      if (event === undefined) return refuse('conflict', 'There is nothing to take back.');
      await audit(by, 'roll-back', event.changes.join(' '), { generation: event.generation });
      const left = current;
      await tookBack(event, `Taken back by ${by.name}.`);
      // It is taken back whatever became of this question.
      const stranded = await (left === null || current === null ? [] : strandedIn(calls, left, current.model).catch(untold));
      return { generation: event.generation, changes: event.changes, stranded: stranded.map(({ why }) => why) };
    },
    approveChange: async (by, session, change) => {
      const certified = (await loadChangeEvents(pool, change)).findLast((event) => event.kind === 'certified');
      const certificate = certified === undefined ? null : await loadCertificate(pool, certified.certificate);
      if (certificate === null) return refuse('not-found', 'That change waits for no approval.');
      const decided = await log.perform({
        kind: 'approve',
        at: instant(clock()),
        by,
        policy: policyOf(),
        approval: { certificate: certificate.digest, by: by.id, roles: by.roles, session, at: instant(clock()) },
      });
      if (isRefusal(decided)) return decided;
      await audit(by, 'approve', change, { certificate: certificate.digest });
      void lookAtCertificates().catch((cause: unknown) => note('admission', cause));
      return { approved: true };
    },
    rejectChange: async (by, change, why) => {
      if (!by.roles.some((role) => policyOf().approve.includes(role)))
        return refuse('forbidden', `Only ${policyOf().approve.join(' or ')} may reject a change.`);
      const events = await loadChangeEvents(pool, change);
      if (events.length === 0 || events.some((event) => event.kind === 'ended'))
        return refuse('conflict', 'That change waits for no approval.');
      await end(changeId(change), 'rejected', why === '' ? `Rejected by ${by.name}.` : why);
      await audit(by, 'reject', change, { why });
      return { rejected: true };
    },
    freeze: async (by, why) => {
      const decided = await log.perform({ kind: 'freeze', at: instant(clock()), by, why, policy: policyOf() });
      if (isRefusal(decided)) return decided;
      await audit(by, 'freeze', undefined, { why });
      return { frozen: true };
    },
    unfreeze: async (by) => {
      const decided = await log.perform({ kind: 'unfreeze', at: instant(clock()), by, policy: policyOf() });
      if (isRefusal(decided)) return decided;
      await audit(by, 'unfreeze');
      return { frozen: false };
    },
    held: () => guilt.held(),
    release: async (by, component) => {
      const released = await guilt.release(by, component);
      if (!isRefusal(released)) await audit(by, 'release', component);
      return released;
    },
    health: async (): Promise<Health> => {
      const deadLetters = await Promise.race([
        countDeadLetters(pool).catch(() => null),
        new Promise<null>((resolve) => setTimeout(resolve, longestLookMs, null).unref()),
      ]);
      const reachable = deadLetters !== null;
      const hostStatus = hosts.status();
      const state = log.state();
      return {
        status: reachable && current !== null ? 'ok' : 'degraded',
        database: reachable ? 'ok' : 'unavailable',
        generation: current?.generation ?? null,
        activation: current?.activation ?? 0,
        frozen: state.frozen !== null,
        hosts: { running: hostStatus.running, isolation: hostStatus.isolation, containment: hostStatus.containment },
        quarantined: guilt.held().filter((held) => held.quarantined !== null).length,
        deadLetters: deadLetters ?? 0,
        notes: hostStatus.notes,
      };
    },
    close: async () => {
      closing = true;
      await unasked.close();
      await Promise.all([admitting, preparing]);
    },
  };
}

/** Looked at again later: by our own word, or by the code of an error that is none of ours. */
const isOfDatabase = (cause: unknown): boolean =>
  cause instanceof Fault ? cause.code === 'database-unavailable' || cause.code === 'disk-full' : cause instanceof Error && 'code' in cause;
const certificateIn = (detail: Json | undefined): Json | undefined =>
  typeof detail === 'object' && detail !== null && !Array.isArray(detail)
    ? (detail as { readonly [name: string]: Json })['certificate']
    : undefined;
