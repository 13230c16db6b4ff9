/**
 * Instants of schedules to deliveries. Promises: each instant once, whatever kernels there are (the key); what passed while the
 * system was down as the job says; one run of a job at a time, and no more of them waiting than it can use.
 */
import type { PoolClient } from 'pg';
import type { JobContract } from '#kernel';
import { componentKey } from '#model';
import { instantsBetween, nextInstant } from '#schema/schedule';
import { addDeliveries, moveJobTo, type NewDelivery, placesOf, undoneOf } from '#store/records';
import type { Running } from '../running.ts';
import { callOf } from './call-of.ts';
import { timeZoneOf } from './given.ts';

/** An instant that is later than this was missed: the system was down, or too busy to look. */
const GRACE_MS = 60_000;
/** Missed instants that are made up for, and runs that wait, at most; older instants are skipped and counted. */
const MOST_WAITING = 100;

/** Answers the next instant of any job, in milliseconds since 1970; null where none comes. */
export async function handOutInstants(client: PoolClient, { model }: Running, now: number): Promise<number | null> {
  const { jobs } = model;
  const scheduleOf = (job: JobContract): string => `${job.schedule.cron} ${timeZoneOf(job, model)}`;
  const places = await placesOf(
    client,
    jobs.map((job) => ({ job: job.id, schedule: scheduleOf(job) })),
    now,
  );
  if (jobs.length === 0) return null;
  let next: number | null = null;
  let undone: Awaited<ReturnType<typeof undoneOf>> | undefined;
  for (const job of jobs) {
    const place = places.find((known) => known.job === job.id);
    const zone = timeZoneOf(job, model);
    const comes = nextInstant(job.schedule.cron, zone, place?.after ?? now);
    if (place === undefined || comes === null) continue;
    if (comes > now) {
      next = Math.min(next ?? comes, comes);
      continue;
    }
    undone ??= await undoneOf(
      client,
      jobs.map((known) => known.id),
    );
    const passed = instantsBetween(job.schedule.cron, zone, place.after, now, MOST_WAITING + 1);
    const chosen = chosenOf(job, passed, undone.get(job.id) ?? { waiting: 0, running: 0 }, now);
    await addDeliveries(
      client,
      chosen.map((due) => deliveryOf(job, due)),
      now,
    );
    await moveJobTo(client, job.id, now, passed.length - chosen.length);
    const after = nextInstant(job.schedule.cron, zone, now);
    if (after !== null) next = Math.min(next ?? after, after);
  }
  return next;
}

/** Of the instants that passed, those that are run. `undone`: runs of the job that wait or are under way. Pure. */
export function chosenOf(
  { schedule }: Pick<JobContract, 'schedule'>,
  passed: readonly number[],
  undone: { readonly waiting: number; readonly running: number },
  now: number,
): readonly number[] {
  const fresh = passed.filter((instant) => now - instant <= GRACE_MS);
  switch (schedule.catchUp) {
    case 'none':
      return undone.waiting + undone.running > 0 ? [] : fresh.slice(-1);
    case 'last':
      return undone.waiting > 0 ? [] : passed.slice(-1);
    case 'all':
      return passed.slice(Math.max(0, passed.length - Math.max(0, MOST_WAITING - undone.waiting)));
  }
}

function deliveryOf(job: JobContract, due: number): NewDelivery {
  const component = componentKey('job', job.name);
  const key = `${job.id} ${new Date(due).toISOString()}`;
  return {
    key,
    contract: job.id,
    component,
    lane: job.id,
    call: callOf(key),
    given: { due },
    trail: [component],
    state: 'waiting',
    code: null,
    why: null,
  };
}
