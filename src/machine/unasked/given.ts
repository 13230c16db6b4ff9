/** What a reaction and a job are given besides their powers: the event that happened, the instant that is due. */
import type { JobContract, Json, ReactionContract } from '#kernel';
import type { SystemModel } from '#model';
import { dateIn } from '#schema';

/** An event as it was written: of a row, or emitted with data. `at` in milliseconds since 1970. */
export interface Happened {
  readonly id: string;
  readonly at: number;
  readonly row?: string;
  readonly data?: Json;
}

export function reactionGiven(reaction: ReactionContract, model: SystemModel, happened: Happened): { readonly event: Json } {
  const { on } = reaction;
  const { id, at, row, data } = happened;
  if ('event' in on) return { event: { id, type: on.event, at, data: data ?? null } };
  const entity = model.entities.find((known) => known.id === on.entity);
  return { event: { id, type: `${entity?.name ?? ''}.${on.happens}`, at, row: row ?? null } };
}

/** `dueDay` is the day of the instant in the job's own time zone. */
export const jobGiven = (job: JobContract, model: SystemModel, due: number): { readonly due: number; readonly dueDay: string } => ({
  due,
  dueDay: dateIn(timeZoneOf(job, model), due),
});

export const timeZoneOf = (job: JobContract, model: SystemModel): string => job.schedule.timeZone ?? model.settings.timeZone;
