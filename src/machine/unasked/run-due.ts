/**
 * One try of a transition that is due: the row is moved on if it still stands in the state that it came to then, and its guard holds.
 * Where the row has gone elsewhere, or is gone, there is nothing to do; where the guard does not hold, or something else stands in the
 * way, it is tried again, each time after as long as it has been due, from a minute to a day. Promises: applied once, by its key.
 */
import { Fault, isRefusal, type PermanentId, type Refusal } from '#kernel';
import type { Delivery, Ended } from '#store/records';
import { unaskedDefaults } from '#model';
import type { Running, UnaskedCalls } from '../running.ts';
import { broke, LATER_MS, triedAgain, untold } from './ended.ts';
import { stateIn, timedIn } from './timed.ts';

export interface DueParts {
  readonly calls: UnaskedCalls;
  readonly clock: () => number;
  readonly chance: () => number;
  /** Whether a field of a row was given another value between two versions. */
  readonly hasChanged: (row: string, field: string, versions: { readonly after: number; readonly upTo: number }) => Promise<boolean>;
}
const [SOONEST_MS, LATEST_MS] = [60_000, 86_400_000];

export async function runDue(
  parts: DueParts,
  running: Running,
  delivery: Pick<Delivery, 'contract' | 'given' | 'call' | 'key' | 'attempts'>,
): Promise<Ended> {
  const { clock, calls } = parts;
  const ended = { ...untold(clock(), running.generation), counts: false };
  const timed = timedIn(running.model).find(({ transition }) => transition.id === delivery.contract);
  const given = delivery.given;
  const [row, state, version, since] = [
    String(given['row']),
    String(given['state']) as PermanentId,
    Number(given['version']),
    Number(given['since']),
  ];
  if (timed === undefined || !timed.transition.from.includes(state))
    return {
      ...ended,
      state: 'stopped',
      why: 'The generation that serves has no such transition of the clock. Bring it back, then try again.',
    };
  const { workflow, transition, afterMs } = timed;
  const due = since + afterMs;
  if (clock() < due) return { ...ended, state: 'waiting', dueAt: due };
  const began = performance.now();
  try {
    const now = await calls.stands(running, workflow, row);
    if (isRefusal(now)) return { ...ended, state: 'done', why: 'The row is gone.' };
    const left =
      stateIn(running.model, workflow, now.state) !== state ||
      (await parts.hasChanged(row, workflow.field, { after: version, upTo: now.version }));
    if (left) return { ...ended, state: 'done', why: 'The row has gone elsewhere since.' };
    const { value, generation } = await calls.moveUnasked(
      running,
      workflow,
      { transition: transition.id, state, row, version: now.version },
      { call: delivery.call, key: delivery.key },
    );
    const run = { ...ended, generation, wallMs: performance.now() - began };
    return isRefusal(value) ? { ...run, ...hindered(value, clock() - due, clock()) } : { ...run, state: 'done', counts: true };
  } catch (cause) {
    const told = { ...ended, ...broke(cause), wallMs: performance.now() - began };
    if (cause instanceof Fault && ['database-unavailable', 'disk-full'].includes(cause.code))
      return { ...told, state: 'waiting', dueAt: clock() + LATER_MS };
    return { ...told, counts: true, ...triedAgain(unaskedDefaults.retries, delivery.attempts, parts.chance(), clock()) };
  }
}

/** A row that was written meanwhile is looked at again at once; what else stands in the way may go. */
function hindered(
  { code, why, evidence }: Refusal,
  late: number,
  now: number,
): Pick<Ended, 'state' | 'dueAt' | 'code' | 'why' | 'evidence'> {
  const wait = code === 'stale' ? 0 : code === 'busy' || code === 'deadline' ? LATER_MS : Math.min(LATEST_MS, Math.max(SOONEST_MS, late));
  return { state: 'waiting', dueAt: now + wait, code, why, evidence: evidence ?? null };
}
