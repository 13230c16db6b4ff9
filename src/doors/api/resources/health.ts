/** How the system is, what it holds against components, and what an open page hears of it. Types alone. */

/** GET /_theseus/health */
export interface HealthJson {
  readonly status: 'ok' | 'degraded';
  readonly database: 'ok' | 'unavailable';
  readonly generation: string | null;
  readonly activation: number;
  readonly frozen: boolean;
  readonly hosts: {
    readonly running: number;
    readonly isolation: string;
    /** What holds hosts on this machine, and what does not. */
    readonly containment: readonly { readonly name: string; readonly holds: boolean; readonly found: string }[];
  };
  /** Component versions in quarantine; GET /_theseus/held names them to those who steer. */
  readonly quarantined: number;
  /** Runs and requests to hosts outside that failed for good and wait for a person; no more than 2,000 are counted. */
  readonly deadLetters: number;
  /** Required times that are not kept in service; GET /_theseus/service names them to those who steer. */
  readonly timesBroken: number;
  readonly notes: readonly string[];
}

/** GET /_theseus/held: component versions with strikes or in quarantine. POST /_theseus/release takes `{ component }`. */
export interface HeldJson {
  readonly component: string;
  readonly source: string;
  readonly strikes: readonly { readonly at: string; readonly why: string }[];
  readonly quarantined: { readonly at: string; readonly why: string } | null;
}

export interface ReleasedJson {
  readonly released: readonly string[];
}

/** GET /_theseus/events (SSE): what a page that shows the system must look at again. */
export type SystemEvent =
  | { readonly kind: 'hello'; readonly generation: string | null; readonly activation: number }
  | { readonly kind: 'change'; readonly change: string }
  | { readonly kind: 'generation'; readonly generation: string; readonly activation: number };

/** GET /_theseus/service: what callers read lately and how long it took, and the times that entities are required to answer within. */
export interface ServiceJson {
  readonly times: readonly StatedTimeJson[];
  /** Of the last days, what was asked most first. */
  readonly reads: readonly ReadSeenJson[];
}
export interface StatedTimeJson {
  readonly entity: string;
  readonly withinMs: number;
  /** `unknown`: nobody has read since it is required. */
  readonly state: 'kept' | 'broken' | 'unknown';
  readonly since: string | null;
  /** In the last day: answers and those of them that came later; minutes and those of them in which more than one in twenty did. */
  readonly answers: number;
  readonly late: number;
  readonly minutes: number;
  readonly lateMinutes: number;
}
export interface ReadSeenJson {
  /** `orders by customer[eq], newest placedOn first`: fields and operators, never a value. */
  readonly read: string;
  readonly seen: number;
  readonly meanMs: number;
  /** Half, and 95 in 100, of the answers came within; null: longer than 5 seconds. */
  readonly halfWithinMs: number | null;
  readonly mostWithinMs: number | null;
}
