/** What runs without being called, and what of it is owed: runs of reactions, jobs and the clock, and requests to hosts outside. Types alone. */
import type { Json } from '#kernel';

/** GET /_theseus/unasked: a reaction, a job or a transition of the clock, when it comes next, and what of it is owed. */
export interface UnaskedJson {
  readonly component: string;
  /** `workflow`: a transition that the clock makes. */
  readonly kind: 'reaction' | 'job' | 'workflow';
  readonly name: string;
  /** `order.updated`, or what a component emits. */
  readonly event: string | null;
  readonly schedule: { readonly cron: string; readonly timeZone: string; readonly catchUp: 'none' | 'last' | 'all' } | null;
  readonly next: string | null;
  readonly waiting: number;
  readonly running: number;
  readonly dead: number;
  readonly stopped: number;
  /** Of those that wait, the ones that wait for the next hour, since this one is spent. */
  readonly heldForHour: number;
  /** `lapse, after 30 days in open`; null of a reaction and a job. */
  readonly after: string | null;
  /** Of transitions as many are made as are due. */
  readonly hour: { readonly runs: number; readonly wallMs: number; readonly mostRuns: number | null; readonly mostWallMs: number | null };
}

/** GET /_theseus/deliveries?state=dead: one run that is or was owed. POST deliveries/{no}/retry; POST deliveries/{no}/stop takes `{ why }`. */
export interface DeliveryJson {
  readonly no: number;
  readonly component: string;
  readonly state: 'waiting' | 'running' | 'done' | 'dead' | 'stopped';
  readonly attempts: number;
  /** The row of the event, the id of one without a row, or the instant of the job. */
  readonly about: string;
  /** The runs that led to this one, and itself. */
  readonly trail: readonly string[];
  readonly dueAt: string | null;
  /** `hour`: its hour is spent. `quarantine`: its component is. */
  readonly held: string | null;
  readonly code: string | null;
  readonly why: string | null;
  readonly evidence: Json;
  readonly madeAt: string;
  readonly endedAt: string | null;
  readonly wallMs: number;
  readonly generation: string | null;
  /** By which journal and recordings name it. */
  readonly call: string;
}

/** GET /_theseus/sendings?state=dead: one request to a host outside, without what it says. POST sendings/{id}/retry; POST sendings/{id}/stop takes `{ why }`. */
export interface SendingJson {
  /** Its Idempotency-Key. */
  readonly id: string;
  readonly component: string;
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly state: 'waiting' | 'sent' | 'dead' | 'stopped';
  readonly tries: number;
  /** What the host answered last, where it took it. */
  readonly status: number | null;
  readonly why: string | null;
  readonly madeAt: string;
  /** Of the last try, or of the last word of a person. */
  readonly at: string;
  readonly call: string;
}
