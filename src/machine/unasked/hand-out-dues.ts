/**
 * What the clock will have to do, to deliveries: one for each row that came to stand in a state that the clock leads on from, written of
 * in the transaction that brought it there. Rows that stood there before the transition was known count from the moment when it serves.
 * Promises: none is passed by, whoever is killed when; a time that was changed holds for what waits already.
 */
import type { PoolClient } from 'pg';
import type { PermanentId } from '#kernel';
import { addDeliveries, isDraining, keepTimer, newTimers, type NewDelivery, rowsWaiting, setDues, type WrittenEvent } from '#store/records';
import type { Running, UnaskedCalls } from '../running.ts';
import { callOf } from './call-of.ts';
import { type Timed, timedIn } from './timed.ts';

/** What a due delivery says: the row came to stand in this state with this version, then. */
export interface DueGiven {
  readonly row: string;
  readonly state: string;
  readonly version: number;
  /** Milliseconds since 1970. */
  readonly since: number;
}

/** Of an event that says so: what is due of it in this generation. */
export function dueOf(event: WrittenEvent, timed: readonly Timed[]): readonly NewDelivery[] {
  const { data, subject } = event;
  if (timed.length === 0 || subject === null || event.type.slice(event.source.length) !== 'workflow.entered') return [];
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return [];
  const { transition, state, version, since } = data as { readonly [member: string]: unknown };
  const found = timed.find((each) => each.transition.id === transition);
  if (found === undefined || !found.transition.from.includes(state as PermanentId)) return [];
  return [deliveryOf(found, { row: subject, state: String(state), version: Number(version), since: Number(since) })];
}

function deliveryOf({ transition, component, afterMs }: Timed, given: DueGiven): NewDelivery {
  const key = `${transition.id} ${given.row} ${given.version} ${given.since}`;
  return {
    key,
    contract: transition.id,
    component,
    lane: null,
    call: callOf(key),
    given: { ...given },
    trail: [component],
    state: 'waiting',
    dueAt: given.since + afterMs,
    code: null,
    why: null,
  };
}

/** Where this kernel stands in counting rows that stood there before; it begins anew in the next one. */
export interface Counting {
  activation: number;
  readonly cursors: Map<PermanentId, string>;
  /** Transitions of the activation that are counted. */
  readonly done: Set<PermanentId>;
}
export const countingOf = (): Counting => ({ activation: -1, cursors: new Map(), done: new Set() });

/** One page of rows for each transition that is new; answers whether there is more. */
export async function countStanding(
  client: PoolClient,
  running: Running,
  calls: Pick<UnaskedCalls, 'standing'>,
  counting: Counting,
  now: number,
): Promise<boolean> {
  if (counting.activation !== running.activation) {
    counting.activation = running.activation;
    counting.cursors.clear();
    counting.done.clear();
    const timed = timedIn(running.model);
    const fresh = await newTimers(
      client,
      timed.map(({ timer }) => timer),
      running.activation,
    );
    for (const { transition, timer, afterMs } of timed) {
      if (!fresh.includes(timer)) counting.done.add(transition.id);
      else await setDues(client, transition.id, afterMs);
    }
  }
  const left = timedIn(running.model).filter(({ transition }) => !counting.done.has(transition.id));
  if (left.length === 0 || (await isDraining(client))) return false;
  for (const timed of left) {
    const { workflow, transition, timer } = timed;
    const page = await calls.standing(running, workflow, transition.from, counting.cursors.get(transition.id));
    const waiting = await rowsWaiting(
      client,
      transition.id,
      page.rows.map(({ row }) => row),
    );
    const made = page.rows.filter(({ row }) => !waiting.has(row)).map((row) => deliveryOf(timed, { ...row, since: now }));
    await addDeliveries(client, made, now);
    if (page.next !== null) counting.cursors.set(transition.id, page.next);
    else {
      await keepTimer(client, timer, running.activation, now);
      counting.done.add(transition.id);
    }
  }
  return left.some(({ transition }) => !counting.done.has(transition.id));
}
