/**
 * New rows, each with its checks, records and COMMIT, sent whole: in one trip, and those of one caller that wait at the same moment
 * together in one transaction. The checks are SQL that fails, so that nothing behind a failed one is run. Promises: a trip commits
 * what the long way would commit, or nothing, and then the long way is gone for each by itself, which alone says why; none waits
 * for a lock that another call may hold for long.
 */
import type { Call, Refusal } from '#kernel';
import { dateIn } from '#schema';
import { outcomeUnknown, sqlState } from '../connection/faults.ts';
import type { Answer, Link } from '../connection/link.ts';
import type { LinkPool } from '../connection/link-pool.ts';
import { statement } from '../connection/statement.ts';
import type { Prepared } from '../prepare/prepare-model.ts';
import { sendBegin } from './begin.ts';
import { type KeyOfCall, type PlannedTrip, planTrip } from './plan-trip.ts';
import { UNLOCK } from './sql-rows.ts';
import type { WriteTransaction } from './transaction.ts';

export type OneTrip<Value> = { readonly value: Value } | 'unplanned' | 'lost';

export interface Trips {
  /** `left`: milliseconds to the deadline. */
  go<Value>(
    call: Call,
    prepared: Prepared,
    key: KeyOfCall | undefined,
    left: number,
    body: (tx: WriteTransaction) => Promise<Value | Refusal>,
  ): Promise<OneTrip<Value>>;
}

/** Transactions at once, and trips in one. More of either make single answers later, and none of them earlier. */
const MOST_AT_ONCE = 4;
const MOST_TOGETHER = 8;
/** So many trips go by themselves after some that went together failed: one that fails must not take the others with it again and again. */
const APART = 32;

interface Waiting {
  readonly call: Call;
  readonly prepared: Prepared;
  readonly trip: PlannedTrip<unknown>;
  readonly left: number;
  readonly with: string;
  readonly done: (how: 'committed' | 'unplanned' | 'lost') => void;
  readonly failed: (cause: unknown) => void;
}

export function openTrips(pool: LinkPool, newId: () => string): Trips {
  let waiting: Waiting[] = [];
  let atOnce = 0;
  let apart = 0;
  let scheduled = false;

  const depart = (): void => {
    scheduled = false;
    while (waiting.length > 0 && atOnce < MOST_AT_ONCE) {
      const group = chosen(waiting, apart > 0 ? 1 : MOST_TOGETHER);
      waiting = waiting.filter((one) => !group.includes(one));
      apart = Math.max(0, apart - 1);
      atOnce += 1;
      void travel(group).finally(() => {
        atOnce -= 1;
        soon();
      });
    }
  };
  const soon = (): void => {
    if (scheduled || waiting.length === 0) return;
    scheduled = true;
    setImmediate(depart);
  };
  const travel = async (group: readonly Waiting[]): Promise<void> => {
    try {
      const link = await pool.take(Math.min(...group.map(({ call }) => call.deadline)));
      // None was free: the long way says so.
      const how = link === undefined ? 'unplanned' : await sendTogether(link, group, newId()).finally(() => pool.give(link));
      if (how !== 'committed' && group.length > 1) apart = APART;
      for (const { done } of group) done(how);
    } catch (cause) {
      for (const { failed } of group) failed(cause);
    }
  };

  return {
    go: async (call, prepared, key, left, body) => {
      const trip = await planTrip(call, prepared, key, newId, body);
      if (trip === undefined) return 'unplanned';
      const how = await new Promise<'committed' | 'unplanned' | 'lost'>((done, failed) => {
        const today = dateIn(prepared.model.settings.timeZone, call.now);
        waiting.push({ call, prepared, trip, left, with: `${call.activation} ${today} ${call.caller.id}`, done, failed });
        soon();
      });
      return how === 'committed' ? { value: trip.value } : how;
    },
  };
}

/** The first, and those behind it that may share its transaction: none wants what another of them wants. */
function chosen(waiting: readonly Waiting[], most: number): readonly Waiting[] {
  const group: Waiting[] = [];
  const wanted = new Set<string>();
  for (const one of waiting) {
    if (group.length === most) break;
    const wants = [...one.trip.keys, ...(one.trip.once === undefined ? [] : [one.trip.once])];
    if ((group[0] !== undefined && one.with !== group[0].with) || wants.some((want) => wanted.has(want))) continue;
    for (const want of wants) wanted.add(want);
    group.push(one);
  }
  return group;
}

/** Gives leave to the trip $2 where all locks are to be had at once. */
const tryLocks = statement(
  `select set_config('theseus.free', case when bool_and(pg_try_advisory_lock(k)) then $2::text else '' end, false) from unnest($1::bigint[]) as k`,
);

/** `token` names this try and no other. */
async function sendTogether(link: Link, group: readonly Waiting[], token: string): Promise<'committed' | 'unplanned' | 'lost'> {
  const [first] = group;
  if (first === undefined) return 'unplanned';
  const keys = group.flatMap(({ trip }) => trip.keys);
  const taken = group.flatMap(({ trip }) => trip.taken);
  if (keys.length > 0) {
    link.run(tryLocks, [keys, token]).catch(ignored);
    for (const { statement: text, values } of taken) link.run(text, values).catch(ignored);
  }
  const left = Math.min(...group.map((one) => one.left));
  const { locks, entered } = sendBegin(link, first.call, first.prepared, left, { free: keys.length === 0 ? '' : token });
  const sent = [
    ...locks,
    entered,
    ...group.flatMap(({ trip }) => trip.sendings.map(({ statement: text, values }) => link.run(text, values))),
  ];
  for (const one of sent) one.catch(ignored);
  const committing = link.command('commit');
  link.end();
  if (keys.length > 0) link.command(UNLOCK).catch(ignored);
  const failure = await outcome(committing);
  if (failure === undefined) return 'committed';
  const causes = await Promise.all(
    sent.map((one) =>
      one.then(
        () => undefined,
        (cause: unknown) => cause,
      ),
    ),
  );
  const cause = causes.find((one) => one !== undefined) ?? failure;
  // Only what surely did not commit may be done again.
  if (link.broken || sqlState(failure) === undefined || sqlState(failure)?.startsWith('57P') === true) throw outcomeUnknown(failure);
  await link.command('rollback');
  // Those that stand behind the commit were not run in the transaction that had failed.
  if (keys.length > 0) await link.command(UNLOCK);
  return sqlState(cause) === '40001' || sqlState(cause) === '40P01' ? 'lost' : 'unplanned';
}
const ignored = (): void => undefined;
const outcome = (committing: Promise<Answer>): Promise<unknown> =>
  committing.then(
    ({ command }) =>
      command === 'COMMIT' ? undefined : Object.assign(new Error(`a commit was answered by ${command}`), { code: '25P02' }),
    (cause: unknown) => cause,
  );
