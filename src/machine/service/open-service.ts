/**
 * What is watched in service: reads are counted as they are answered and kept in the background, and times that entities state are held
 * against what all kernels saw. A database that is away loses nothing but time: what was taken is kept until it is written, and meanwhile
 * counting goes on within its bounds.
 */
import type { Pool } from 'pg';
import { isRefusal, type Json } from '#kernel';
import { readsOnly } from '#model';
import { addReadsSeen, addTimesKept, forgetReadsSeen, keptMinutes, loadTimesKept, type TimesKeptRow } from '#store/records';
import type { Answer, Calls, Running, StatedTime } from '../running.ts';
import { openReadsSeen } from './reads-seen.ts';
import { timeVerdict } from './time-broken.ts';

export interface Service {
  /** The same calls, counted. */
  watched<These extends Pick<Calls, 'get' | 'list' | 'show' | 'operate'>>(calls: These): These;
  /** Each second; keeps what was counted when it is time to. */
  look(): Promise<void>;
  /** Keeps what was counted, now. */
  keep(): Promise<void>;
  /** Times that entities of the generation that serves state, as of the last look. */
  times(): readonly StatedTime[];
}
export interface ServiceParts {
  readonly pool: Pool;
  readonly current: () => Running | null;
  readonly clock: () => number;
  /** Milliseconds of a clock that is never set. */
  readonly stopwatch?: () => number;
  readonly log: (entry: { readonly [key: string]: Json }) => void;
}
const keepEachMs = 10_000;
const forgetEachMs = 3_600_000;

export function openService({ pool, current, clock, log, stopwatch = () => performance.now() }: ServiceParts): Service {
  const reads = openReadsSeen();
  let pending: ReturnType<typeof reads.take> | undefined;
  let keptAt = clock();
  let forgotAt = 0;
  let times: readonly StatedTime[] = [];
  let running = Promise.resolve();

  const minuteNow = (): number => Math.floor(clock() / 60_000);
  const keepNow = async (): Promise<void> => {
    keptAt = clock();
    pending ??= reads.take(minuteNow());
    // Each is let go as soon as it is written, so that none is added twice.
    await addReadsSeen(pool, pending.reads);
    pending = { ...pending, reads: [] };
    await addTimesKept(pool, pending.times);
    pending = undefined;
    if (clock() - forgotAt > forgetEachMs) {
      forgotAt = clock();
      await forgetReadsSeen(pool, minuteNow());
    }
    await judge();
  };
  const judge = async (): Promise<void> => {
    const stated = (current()?.model.entities ?? []).filter(({ answersWithin }) => answersWithin !== undefined);
    const rows =
      stated.length === 0
        ? []
        : await loadTimesKept(
            pool,
            stated.map(({ id }) => id),
            minuteNow() - keptMinutes,
          );
    const of = (id: string, withinMs: number): readonly TimesKeptRow[] =>
      rows.filter((row) => row.entity === id && row.withinMs === withinMs);
    const before = times;
    times = stated.map(({ id, name, answersWithin = 0 }) => ({
      entity: name,
      withinMs: answersWithin,
      ...timeVerdict(of(id, answersWithin)),
    }));
    for (const { entity, withinMs, broken, seen, late } of times)
      if (broken !== (before.find((one) => one.entity === entity && one.withinMs === withinMs)?.broken ?? false))
        log({ kind: 'signal', what: broken ? 'time-broken' : 'time-kept', entity, withinMs, seen, late });
  };
  const keep = (): Promise<void> => {
    running = running.catch(() => undefined).then(keepNow);
    return running;
  };
  /** What was given up for want of time took longer than any time that is stated. */
  const counted = async <Value>(ask: () => Promise<Answer<Value>>, count: (ms: number) => void): Promise<Answer<Value>> => {
    const began = stopwatch();
    const answer = await ask();
    if (!isRefusal(answer.value) || answer.value.code === 'deadline') count(stopwatch() - began);
    return answer;
  };

  return {
    watched: (calls) => ({
      ...calls,
      get: (at, entity, id, options) =>
        counted(
          () => calls.get(at, entity, id, options),
          (ms) => reads.get(at, entity, ms),
        ),
      list: (at, entity, query, options) =>
        counted(
          () => calls.list(at, entity, query, options),
          (ms) => reads.list(at, entity, query, ms),
        ),
      show: (at, view, page, options) =>
        counted(
          () => calls.show(at, view, page, options),
          (ms) => reads.view(at, view, ms),
        ),
      operate: (at, operation, row, input, options) =>
        readsOnly(operation)
          ? counted(
              () => calls.operate(at, operation, row, input, options),
              (ms) => reads.operation(at, operation, ms),
            )
          : calls.operate(at, operation, row, input, options),
    }),
    look: async () => {
      if (clock() - keptAt >= keepEachMs) await keep();
    },
    keep,
    times: () => times,
  };
}
