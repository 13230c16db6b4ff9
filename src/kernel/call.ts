/** One call envelope: every effect is attributed by it, journal and recording attach to it. */
import type { ChangeId, Digest, Instant } from './brand.ts';

/** The id of the caller of what runs unasked: reactions and jobs. Its rights are the capabilities of the contract alone. */
export const systemCaller = 'system';

/** The role and the id of whoever proves nothing: operations name it that are open to all. */
export const anyone = 'anyone';

export interface Caller {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly string[];
}
export interface Call {
  /** UUIDv7 of this call. */
  readonly call: string;
  readonly caller: Caller;
  readonly generation: Digest;
  readonly activation: number;
  /** `kind/name` of the component that acts; `entity/order` for a plain create, read, update or delete. */
  readonly component: string;
  /** The change that gave the component its present form; null for what was there from the start. */
  readonly change: ChangeId | null;
  readonly now: Instant;
  /** After this moment the call is given up. */
  readonly deadline: Instant;
}
