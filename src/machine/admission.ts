/**
 * From a certificate to a generation that serves: the second reading, what the kernel decides of it, the data made ready, both
 * events in one transaction, the swap. Certificates are taken one after the other, and the change hears what became of its own,
 * whatever that is. Takes nothing from the workshop but rows in PostgreSQL.
 */
import type { Pool } from 'pg';
import { type ChangeId, type Digest, Fault, instant, isRefusal, type Json, type KernelEvent, type Refusal } from '#kernel';
import type { Hosts } from '#hosts';
import {
  appendChangeEvent,
  loadChangeEvents,
  type NewChangeEvent,
  type StoredCertificate,
  type WaitingCertificate,
  waitingCertificates,
} from '#store/records';
import type { KernelLog } from './kernel-log.ts';
import { giveToHosts } from './loaded.ts';
import type { Preparation } from './preparation.ts';
import type { RegionFactsOf } from './region-facts.ts';
import type { Routing } from './routing.ts';
import type { UnaskedCalls } from './running.ts';
import { factsOf } from './second-reading.ts';
import { openEnvelope } from './signatures.ts';
import { strandedIn } from './stranded.ts';
import { unmetIn } from './unmet.ts';

export interface AdmissionParts {
  readonly pool: Pool;
  readonly hosts: Hosts;
  readonly log: KernelLog;
  readonly routing: Routing;
  readonly preparation: Preparation;
  readonly regions: RegionFactsOf;
  readonly calls: Pick<UnaskedCalls, 'barring' | 'standing'>;
  /** The public key by which the workshop signs; empty where it has none yet. */
  readonly workshopKey: string;
  readonly clock: () => number;
  readonly note: (what: string, cause: unknown) => void;
}
export interface Admission {
  /** After a NOTIFY on `certificate`, with its digest, and each second at all of them. */
  lookAtCertificates(only?: string | null): Promise<void>;
  /** The same, waited for by nobody. */
  lookSoon(): void;
  /** After a NOTIFY on `candidate`, with its id: makes ready what its admission would need. Missing one costs time alone. */
  lookAtCandidate(id: string): Promise<void>;
  /** Ends when what was begun has ended; begins nothing more of what nobody waits for. */
  close(): Promise<unknown>;
}

export function openAdmission(parts: AdmissionParts): Admission {
  const { pool, hosts, log, routing, preparation, calls, clock, note } = parts;
  /** Certificates that wait, and how long the log was when the kernel looked at them. */
  const answeredAt = new Map<Digest, number>();
  let admitting: Promise<unknown> = Promise.resolve();
  let closing = false;

  const append = (event: NewChangeEvent): Promise<void> => appendChangeEvent(pool, event);
  const ended = (change: ChangeId, outcome: 'failed' | 'refused', why: string, evidence?: Json): Promise<void> =>
    append({ change, at: instant(clock()), kind: 'ended', outcome, why, ...(evidence === undefined ? {} : { evidence }) });
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

  async function admit(certificate: WaitingCertificate): Promise<void> {
    const { change, request } = certificate;
    const heard = clock();
    const watch = stopwatch(clock);
    const current = routing.current();
    if (request === null || current === null) return;
    if (log.state().line.some((entry) => entry.change === change)) return lives(change, certificate.generation);
    const settings = current.model.settings;
    const opened = openEnvelope(certificate.envelope, parts.workshopKey);
    const reading = opened && (await preparation.reading(change, opened.statement.predicate.base, certificate.generation));
    if (opened === null || reading === null) return ended(change, 'failed', 'The certificate or its candidate cannot be read.');
    watch.lap('readMs');
    const by = { id: request.by, roles: request.roles };
    if (!request.roles.some((role) => settings.policy.ask.includes(role)))
      return ended(change, 'refused', `Only ${settings.policy.ask.join(' or ')} may ask for a change.`);
    const { id: generation } = reading.generation;
    const regions = await parts.regions(reading, opened.statement.predicate, request);
    const facts = factsOf(reading, certificate, opened, settings.policy, regions);
    const { base, issued } = facts.predicate;
    const commands = [
      { kind: 'admit', at: instant(clock()), by, facts },
      { kind: 'activate', at: instant(clock()), by, generation },
    ] as const;
    const would = log.wouldPerform(...commands);
    if (isRefusal(would)) return refused(certificate, would);
    const [loaded] = await Promise.all([preparation.ready(reading, base, change), giveToHosts(hosts, reading.whole?.components ?? [])]);
    watch.lap('prepareMs');
    const stranded = await strandedIn(calls, routing.serving(), loaded.model);
    if (stranded.length > 0) {
      const why = `${stranded.map((each) => each.why).join('; ')}. Move them first, or give them a place in it.`;
      return ended(change, 'refused', why, { stranded: stranded.map((each) => ({ ...each })) });
    }
    const unmet = await unmetIn(calls, routing.serving(), loaded.model);
    if (unmet.length > 0) return ended(change, 'refused', `${unmet.join('; ')}. Change them first, or ask for less.`, { unmet });
    const decided = await log.performAll(commands, { generation, parent: base, change });
    if (isRefusal(decided)) return refused(certificate, decided);
    const event = decided.find((each): each is KernelEvent & { kind: 'activated' } => each.kind === 'activated');
    const activation = event?.activation ?? log.state().routing.activation;
    if (event !== undefined && routing.current()?.activation !== activation) routing.swapTo({ ...loaded, activation });
    await lives(change, generation, { activation, heardMs: heard - issued, ...watch.lap('switchMs') });
    routing.lookSoon();
  }

  async function refused({ digest, change }: StoredCertificate, decided: Refusal): Promise<void> {
    const conditions = Array.isArray(decided.evidence) ? decided.evidence : [];
    const detail = { certificate: digest, conditions };
    // The workshop makes the change again on what serves now; the change has not ended.
    if (conditions.includes('base') || decided.code === 'conflict')
      return append({ change, at: instant(clock()), kind: 'step', step: 'roll-out', state: 'failed', detail });
    if (conditions.length === 0) return ended(change, 'failed', decided.why);
    if (!conditions.every((name) => name === 'autonomy')) return ended(change, 'refused', decided.why, detail);
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
          await ended(certificate.change, 'failed', cause instanceof Error ? cause.message : String(cause));
        }
      }
    });
    admitting = next.catch(() => {});
    return next;
  }

  /** What is made ready is nobody's hurry, and of the candidates that come meanwhile the newest alone is looked at. */
  let offered: string | null = null;
  let preparing: Promise<void> | null = null;
  async function lookAtCandidate(id: string): Promise<void> {
    offered = id;
    preparing ??= (async () => {
      for (let next: string | null = id; next !== null && !closing; next = offered) {
        offered = null;
        const settings = routing.current()?.model.settings;
        if (settings !== undefined)
          await preparation.ahead(next, log.state(), settings.policy).catch((cause: unknown) => note('preparation', cause));
      }
      preparing = null;
    })();
    await preparing;
  }

  return {
    lookAtCertificates,
    lookSoon: () => void lookAtCertificates().catch((cause: unknown) => note('admission', cause)),
    lookAtCandidate,
    close: () => {
      closing = true;
      return Promise.all([admitting, preparing]);
    },
  };
}

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
/** Looked at again later: by our own word, or by the code of an error that is none of ours. */
const isOfDatabase = (cause: unknown): boolean =>
  cause instanceof Fault ? cause.code === 'database-unavailable' || cause.code === 'disk-full' : cause instanceof Error && 'code' in cause;
const certificateIn = (detail: Json | undefined): Json | undefined =>
  typeof detail === 'object' && detail !== null && !Array.isArray(detail)
    ? (detail as { readonly [name: string]: Json })['certificate']
    : undefined;
