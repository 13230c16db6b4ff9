/** Reactions and jobs: bodies that run unasked. All that a body can do is what it is given; nobody waits for an answer. */
import type { CapsDefinition, Capabilities, Powers } from './operations.ts';
import type { EntityName, JsonValue, RowId, Stored } from './rows.ts';

export type Happens = 'created' | 'updated' | 'deleted' | 'approved';

/** Something happened to a row. The row may have moved on since, or be gone: read it to know. */
export interface RowHappened {
  readonly id: string;
  readonly type: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly row: RowId;
}
/**
 * A row was changed: what its own fields held before this change and right after it. Without lists, what is computed, and what the
 * contract does not let the reaction read: a field that is not there is not told.
 */
export interface RowChanged<Entity extends string> extends RowHappened {
  readonly before: Partial<Stored<Entity>>;
  readonly after: Partial<Stored<Entity>>;
}
/** A component emitted it, with this data. */
export interface Emitted {
  readonly id: string;
  readonly type: string;
  readonly at: number;
  readonly data: JsonValue;
}
type EventOf<Name extends string> = Name extends `${infer Entity}.${infer Verb}`
  ? Entity extends EntityName
    ? Verb extends 'updated'
      ? RowChanged<Entity>
      : Verb extends Happens
        ? RowHappened
        : never
    : never
  : Emitted;

interface UnaskedDefinition<Held extends Capabilities> {
  readonly id?: string;
  readonly name: string;
  readonly capabilities?: Held;
  readonly emits?: readonly string[];
  readonly calls?: readonly string[];
  readonly caps?: CapsDefinition;
  /** A run that failed comes again: after firstMs, then twice as long each time, at most mostMs. After `attempts` a person is asked. */
  readonly retries?: { readonly attempts?: number; readonly firstMs?: number; readonly mostMs?: number };
  /** What all its runs in an hour may cost. What is over waits for the next hour; nothing is lost. */
  readonly hourly?: { readonly runs?: number; readonly wallMs?: number };
}
export interface ReactionDefinition<Name extends string, Held extends Capabilities> extends UnaskedDefinition<Held> {
  /** 'order.updated' for rows, or the name that a component emits. */
  readonly on: { readonly event: Name };
  run(given: Powers<Held> & { readonly event: EventOf<Name> }): Promise<unknown>;
}
export interface JobDefinition<Held extends Capabilities> extends UnaskedDefinition<Held> {
  readonly schedule: {
    /** Minute, hour, day of the month, month, day of the week: '0 6 * * 1-5'. */
    readonly cron: string;
    /** Such as 'Europe/Berlin'; that of the system where none is given. */
    readonly timeZone?: string;
    /** What becomes of instants that passed while the system was down. */
    readonly catchUp: 'none' | 'last' | 'all';
  };
  run(
    given: Powers<Held> & {
      /** The instant of the schedule that this run is for, in milliseconds since 1970: not later than now. */
      readonly due: number;
      /** Its day in the job's time zone: "2026-01-31". */
      readonly dueDay: string;
    },
  ): Promise<unknown>;
}

export const reaction = <const Name extends string, const Held extends Capabilities = Record<never, never>>(
  definition: ReactionDefinition<Name, Held>,
): ReactionDefinition<Name, Held> => definition;
export const job = <const Held extends Capabilities = Record<never, never>>(definition: JobDefinition<Held>): JobDefinition<Held> =>
  definition;
