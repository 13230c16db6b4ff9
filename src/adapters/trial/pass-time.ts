/**
 * Time that passes in an example. What the clock has to do meanwhile is done in its turn and as in service, by the same code: transitions of workflows as they fall
 * due, and the runs of one job at each instant of its schedule. Promises: nothing that is due is passed by; what would never end is refused.
 */
import { randomUUID } from 'node:crypto';
import { Fault, isRefusal, type JobContract, type JsonObject, refuse, type Refusal } from '#kernel';
import type { Expected } from '#model';
import { type DueParts, jobGiven, runDue, timedIn, timeZoneOf } from '#machine/calls';
import { instantsBetween } from '#schema/schedule';
import type { Row, Wrong } from './judged.ts';
import type { Due, Stage } from './stage.ts';

/** Transitions and runs that one step may bring. */
const MOST = 500;

/** Answers the instants at which the job ran, or the first refusal of one of its runs. */
export async function passTime(stage: Stage, milliseconds: number, job?: JobContract): Promise<Row | Refusal> {
  const { clock, running } = stage;
  const from = clock.now;
  const until = from + milliseconds;
  const begun = clock.passed;
  const zone = job === undefined ? '' : timeZoneOf(job, running.model);
  const instants = job === undefined ? [] : instantsBetween(job.schedule.cron, zone, from, until, MOST + 1);
  const ran: number[] = [];
  const goTo = (at: number): void => {
    clock.now = Math.max(clock.now, at);
    clock.passed = begun + clock.now - from;
  };
  for (let done = 0; ; done += 1) {
    const due = nextDue(stage);
    const instant = instants[ran.length];
    const at = Math.min(due?.at ?? Infinity, instant ?? Infinity);
    if (at > until) break;
    if (done >= MOST) return refuse('too-large', `More than ${MOST} things fall due in that time; let less of it pass in one step.`);
    goTo(at);
    if (due !== undefined && due.at === at) await fallDue(stage, due);
    else if (job !== undefined && instant !== undefined) {
      const refused = await runJob(stage, job, instant);
      if (refused !== undefined) return refused;
      ran.push(instant);
    }
  }
  goTo(until);
  return { at: ran.map(instantText) };
}

/** What is due first, of what was owed before and what was written since. */
function nextDue({ told, owed, running }: Stage): Due | undefined {
  const timed = timedIn(running.model);
  const entered = `${running.model.settings.name}.workflow.entered`;
  for (const { type, subject, data } of told.outbox.slice(owed.read)) {
    const given = data as JsonObject;
    const found = type === entered ? timed.find(({ transition }) => transition.id === given['transition']) : undefined;
    if (found === undefined || subject === null) continue;
    const at = Number(given['since']) + found.afterMs;
    owed.due = [...owed.due, { at, contract: found.transition.id, given: { ...given, row: subject }, call: randomUUID() }];
  }
  owed.read = told.outbox.length;
  return owed.due.toSorted((a, b) => a.at - b.at)[0];
}

async function fallDue(stage: Stage, due: Due): Promise<void> {
  const { calls, clock, running, owed } = stage;
  const parts: DueParts = {
    calls,
    clock: () => clock.now,
    chance: () => 1,
    hasChanged: async (row, field, { after, upTo }) =>
      stage.told.journal.some((one) => {
        const version = Number(one.after?.['version']);
        return (
          one.row === row && one.action === 'update' && version > after && version <= upTo && one.before?.[field] !== one.after?.[field]
        );
      }),
  };
  const ended = await runDue(parts, running, { ...due, key: due.call, attempts: 1 });
  if (ended.state === 'dead' || ended.code === 'database-unavailable' || (ended.state === 'waiting' && ended.counts))
    throw new Fault(ended.code === 'database-unavailable' ? ended.code : 'bug', ended.why ?? 'The clock could not move a row.');
  owed.due = owed.due.flatMap((one) => (one !== due ? [one] : ended.state === 'waiting' ? [{ ...due, at: ended.dueAt }] : []));
}

async function runJob({ calls, running }: Stage, job: JobContract, at: number): Promise<Refusal | undefined> {
  const call = randomUUID();
  const { value } = await calls.runUnasked(running, job, jobGiven(job, running.model, at), { call, key: call });
  return isRefusal(value) ? value : undefined;
}

const instantText = (at: number): string => new Date(at).toISOString().replace('.000', '');

/** The instants at which it ran, held against those that the example states. */
export function ranAt(then: Expected | undefined, answer: Row | null): Wrong {
  const stated = (then as JsonObject | undefined)?.['at'];
  if (then === undefined) return undefined;
  const ran = (answer?.['at'] ?? []) as readonly string[];
  if (!Array.isArray(stated)) return { why: 'it should be refused and was done', expected: then, actual: { at: [...ran] } };
  const wanted = stated.map((one) => instantText(Date.parse(String(one))));
  return wanted.join() === ran.join()
    ? undefined
    : {
        why: `it ran ${ran.length === 0 ? 'not at all' : `at ${ran.join(', ')}`}, not at ${wanted.join(', ') || 'any instant'}`,
        expected: then,
        actual: { at: [...ran] },
      };
}
