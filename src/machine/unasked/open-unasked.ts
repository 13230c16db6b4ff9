/**
 * What runs unasked, in this kernel: a turn hands out events, instants and what the clock has to do, and claims what is due, then the claimed runs go side by
 * side. Several kernels take turns. All that is owed stands in PostgreSQL, so this may end at any moment and nothing is lost.
 */
import { randomInt } from 'node:crypto';
import { setTimeout as after } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import { type Caller, type Digest, Fault, hardCaps, hardHourly, type Json, refuse, type Refusal } from '#kernel';
import {
  type Backlog,
  claimDeliveries,
  type Delivery,
  endDelivery,
  endPresence,
  forgetKeys,
  forgetOld,
  hasChangedSince,
  holdForHour,
  type Images,
  imagesOfChange,
  type HourCap,
  inTurn,
  isAnythingOwed,
  loadBacklog,
  loadComponents,
  loadGeneration,
  releaseExpired,
  retryDelivery,
  showPresence,
  stopDelivery,
} from '#store/records';
import type { Running, UnaskedCalls } from '../running.ts';
import { countingOf, countStanding } from './hand-out-dues.ts';
import { handOutEvents } from './hand-out-events.ts';
import { handOutInstants } from './hand-out-instants.ts';
import { mayTakeBack } from './may-take-back.ts';
import { type Names, namesOf } from './reactions-of.ts';
import { runDelivery } from './run-delivery.ts';
import { type DueParts, runDue } from './run-due.ts';
import { timedIn } from './timed.ts';

export interface UnaskedParts {
  readonly pool: Pool;
  readonly calls: UnaskedCalls;
  readonly routed: () => Running | null;
  readonly clock: () => number;
  /** From 0 to 1. */
  readonly chance: () => number;
  readonly log: (entry: { readonly [key: string]: Json }) => void;
  /** Runs that this kernel has under way at a time. */
  readonly atOnce?: number;
}
export interface Unasked {
  /** Looks whether anything is to be run: each second, and when it may be. Cheap where the generation has neither reaction nor job. */
  look(): void;
  /** Something was written: looks soon, once for many writes. */
  wrote(): void;
  /** One turn and what it began, again until nothing is due. */
  settle(): Promise<void>;
  backlog(): Promise<readonly Backlog[]>;
  retry(by: Caller, no: number): Promise<Delivery | Refusal>;
  stop(by: Caller, no: number, why: string): Promise<Delivery | Refusal>;
  close(): Promise<void>;
}
/** Done deliveries are kept for a week, to be looked at, and as long the answers to calls that came with a key. */
const KEPT_MS = 7 * 86_400_000;
const FORGET_EVERY_MS = 3_600_000;
const [KEYS_AT_ONCE, MOST_PIECES] = [2_000, 200];
/** A run that takes this much longer than its own time is taken for lost. */
const LEASE_SPARE_MS = 15_000;
/** When what is written cannot be handed out yet, since an older transaction is open. */
const SOON_MS = 30;
const MOST_NAMES = 8;
/** How often the place in the outbox is kept up where nothing reacts: a new reaction hears no more of the past than this. */
const IDLE_MS = 10_000;

interface Turned {
  readonly claimed: number;
  readonly full: boolean;
  /** There is more that cannot be handed out yet. */
  readonly more: boolean;
}
const nothing: Turned = { claimed: 0, full: false, more: false };

export function openUnasked(parts: UnaskedParts): Unasked {
  const { pool, clock, calls } = parts;
  const atOnce = parts.atOnce ?? 4;
  const names = new Map<Digest, Names>();
  const runs = new Set<Promise<void>>();
  let counting = countingOf();
  let presence: { readonly client: PoolClient; readonly kernel: number; readonly lost: () => void } | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let closed = false;
  /** The last turn found more to run than there was room for. */
  let backedUp = false;
  /** Runs that ended here. */
  let ended = 0;
  let soon: NodeJS.Timeout | undefined;
  let forgotAt = clock();
  let idleUntil = 0;
  /** Until then no job is due, in that activation. */
  let instants = { activation: -1, next: 0 };

  const fault = (cause: unknown): void =>
    parts.log({ kind: 'fault', what: 'unasked', message: cause instanceof Error ? cause.message : String(cause) });

  async function namesIn(generation: Digest, running: Running): Promise<Names> {
    if (generation === running.generation) return namesOf(running.model);
    const known = names.get(generation);
    if (known !== undefined) return known;
    const found = await loadGeneration(pool, generation);
    const contracts = found === null ? [] : (await loadComponents(pool, found)).map((component) => component.contract);
    const made = namesOf({ entities: contracts.filter((contract) => contract.kind === 'entity') });
    if (names.size >= MOST_NAMES) names.clear();
    names.set(generation, made);
    return made;
  }

  /** A connection that stands for this kernel while it lives: what it has under way is taken by others once it is gone. */
  async function present(): Promise<number> {
    if (presence !== undefined) return presence.kernel;
    const client = await pool.connect();
    for (let tries = 0; tries < 10; tries += 1) {
      const kernel = randomInt(1, 2 ** 31 - 1);
      if (!(await showPresence(client, kernel))) continue;
      const lost = (): void => {
        presence = undefined;
        client.release(true);
      };
      presence = { client, kernel, lost };
      client.once('error', lost);
      return kernel;
    }
    client.release();
    throw new Fault('bug', 'No number for this kernel is free.');
  }

  /** One turn: what it claimed is under way when it ends. */
  async function turn(): Promise<Turned> {
    const running = parts.routed();
    if (running === null || closed) return nothing;
    const { reactions, jobs } = running.model;
    const now = clock();
    const idle = reactions.length + jobs.length + timedIn(running.model).length === 0;
    if (idle && runs.size === 0 && running.activation === instants.activation && now < idleUntil) return nothing;
    idleUntil = now + IDLE_MS;
    const caps = [...reactions, ...jobs].map(({ id, hourly, caps: { wallMs } }): HourCap => ({
      contract: id,
      runs: Math.min(hourly.runs, hardHourly.runs),
      wallMs: Math.min(hourly.wallMs, hardHourly.wallMs),
      leaseMs: Math.min(wallMs, hardCaps.wallMs) + LEASE_SPARE_MS,
    }));
    const room = atOnce - runs.size;
    // One place is always left to others, so that runs that take long hold up none but their like.
    const share = caps.length > 1 ? Math.max(1, atOnce - 1) : atOnce;
    // Where nothing runs unasked, what a generation before left owed is told to have stopped; else no connection is held for it.
    const owed = !idle || (await isAnythingOwed(pool));
    const kernel = owed ? await present() : 0;
    const turned = await inTurn(pool, running.activation, async (client, place) => {
      const more = await handOutEvents(client, place, running, (generation) => namesIn(generation, running), now);
      const standing = await countStanding(client, running, calls, counting, now);
      const next =
        running.activation !== instants.activation || now >= instants.next ? await handOutInstants(client, running, now) : instants.next;
      await releaseExpired(client, now);
      await holdForHour(client, caps, now);
      return {
        more: more || standing,
        next,
        claimed: owed && room > 0 ? await claimDeliveries(client, caps, { most: room, share, now, kernel }) : [],
      };
    }).catch((cause: unknown) => {
      // What a turn that failed has counted is counted again.
      counting = countingOf();
      throw cause;
    });
    if (turned === 'busy' || turned === 'elsewhere') return { claimed: 0, full: false, more: turned === 'busy' };
    instants = { activation: running.activation, next: turned.next ?? Number.POSITIVE_INFINITY };
    for (const delivery of turned.claimed) begin(running, delivery);
    return { claimed: turned.claimed.length, full: turned.claimed.length === room, more: turned.more };
  }

  const hasChanged: DueParts['hasChanged'] = (...asked) => hasChangedSince(pool, ...asked);
  const imagesOf = (row: string, version: number): Promise<Images | null> => imagesOfChange(pool, row, version);
  function begin(running: Running, delivery: Delivery): void {
    const run = (async () => {
      const tried = { calls, clock, chance: parts.chance, imagesOf, hasChanged };
      const outcome = await (delivery.component.startsWith('workflow/') ? runDue : runDelivery)(tried, running, delivery);
      await endDelivery(pool, delivery, outcome, clock());
      if (outcome.state === 'dead') parts.log({ kind: 'dead-letter', component: delivery.component, no: delivery.no, why: outcome.why });
    })()
      .catch(fault)
      .finally(() => {
        runs.delete(run);
        ended += 1;
        if (backedUp || runs.size === 0) look();
        else lookSoon();
      });
    runs.add(run);
  }

  /** In pieces; what is left waits for the next hour. */
  async function forget(): Promise<void> {
    const before = clock() - KEPT_MS;
    await forgetOld(pool, before);
    for (let piece = 0; piece < MOST_PIECES && !closed; piece += 1)
      if ((await forgetKeys(pool, before, KEYS_AT_ONCE)) < KEYS_AT_ONCE) return;
  }

  /** One turn at a time; one that is wished for meanwhile follows. */
  function nextTurn(): Promise<Turned> {
    const mine = last.then(turn, turn);
    last = mine.catch(() => nothing);
    return mine;
  }
  let looking = false;
  let wished = false;
  function look(): void {
    if (closed) return;
    if (looking) {
      wished = true;
      return;
    }
    looking = true;
    nextTurn()
      .then(({ full, more }) => {
        backedUp = full;
        if (more) lookSoon();
      }, fault)
      .finally(() => {
        looking = false;
        if (wished) {
          wished = false;
          look();
        }
      });
    if (clock() - forgotAt > FORGET_EVERY_MS) {
      forgotAt = clock();
      forget().catch(fault);
    }
  }
  function lookSoon(): void {
    if (closed) return;
    soon ??= setTimeout(() => {
      soon = undefined;
      look();
    }, SOON_MS).unref();
  }

  async function settle(): Promise<void> {
    for (;;) {
      const before = ended;
      const { claimed, more } = await nextTurn();
      if (claimed === 0 && runs.size === 0 && ended === before && !more) return;
      await Promise.all(runs);
      if (more) await after(SOON_MS);
    }
  }

  return {
    look,
    wrote: () => {
      if ((parts.routed()?.model.reactions.length ?? 0) > 0) lookSoon();
    },
    settle,
    backlog: () => loadBacklog(pool, clock()),
    retry: async (by, no) => {
      const forbidden = mayTakeBack(by, parts.routed());
      if (forbidden !== null) return forbidden;
      const found = await retryDelivery(pool, no, clock());
      if (found === null) return refuse('not-found', 'There is no dead letter of that number.');
      look();
      return found;
    },
    stop: async (by, no, why) => {
      const forbidden = mayTakeBack(by, parts.routed());
      if (forbidden !== null) return forbidden;
      const found = await stopDelivery(pool, no, why === '' ? `Given up by ${by.name}.` : why, clock());
      return found ?? refuse('not-found', 'There is no delivery of that number that waits or is dead.');
    },
    close: async () => {
      closed = true;
      clearTimeout(soon);
      await last;
      await Promise.all(runs);
      if (presence === undefined) return;
      const { client, kernel, lost } = presence;
      presence = undefined;
      client.off('error', lost);
      await endPresence(client, kernel).catch(() => {});
      client.release();
    },
  };
}
