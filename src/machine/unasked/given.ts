/** What a reaction and a job are given besides their powers: the event that happened, the instant that is due. */
import type { EntityContract, JobContract, Json, ReactionContract } from '#kernel';
import { type SystemModel, sensitiveBut } from '#model';
import { dateIn } from '#schema';

/** What a row held, by the names of its fields, in the plain form. */
export type Held = { readonly [field: string]: Json };
/** An event as it was written: of a row, or emitted with data. `at` in milliseconds since 1970. */
export interface Happened {
  readonly id: string;
  readonly at: number;
  readonly row?: string;
  readonly data?: Json;
  /** Of a change: what the row held before it and right after it. */
  readonly before?: Held;
  readonly after?: Held;
}

export function reactionGiven(reaction: ReactionContract, model: SystemModel, happened: Happened): { readonly event: Json } {
  const { on } = reaction;
  const { id, at, row, data, before, after } = happened;
  if ('event' in on) return { event: { id, type: on.event, at, data: data ?? null } };
  const entity = model.entities.find((known) => known.id === on.entity);
  const event = { id, type: `${entity?.name ?? ''}.${on.happens}`, at, row: row ?? null };
  if (on.happens !== 'updated' || entity === undefined) return { event };
  const told = toldOf(reaction, model, entity);
  return { event: { ...event, before: told(before ?? {}), after: told(after ?? {}) } };
}
/** Own fields alone, and of them those that the contract lets the reaction read: of rows that it may not read, none. */
function toldOf({ capabilities }: ReactionContract, model: SystemModel, entity: EntityContract): (held: Held) => Held {
  const may = capabilities.find((capability) => capability.kind === 'data' && capability.entity === entity.id);
  if (may?.kind !== 'data' || !may.access.includes('read')) return () => ({});
  const hidden = sensitiveBut(model, may.sensitive);
  const fields = entity.fields.filter((field) => field.derived === undefined && field.type.kind !== 'list' && !hidden.has(field.id));
  return (held) => Object.fromEntries(fields.flatMap(({ name }) => (held[name] === undefined ? [] : [[name, held[name]] as const])));
}

/** `dueDay` is the day of the instant in the job's own time zone. */
export const jobGiven = (job: JobContract, model: SystemModel, due: number): { readonly due: number; readonly dueDay: string } => ({
  due,
  dueDay: dateIn(timeZoneOf(job, model), due),
});

export const timeZoneOf = (job: JobContract, model: SystemModel): string => job.schedule.timeZone ?? model.settings.timeZone;
