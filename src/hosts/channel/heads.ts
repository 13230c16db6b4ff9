/** The heads of the frames: the kernel's messages without what travels as payload. */
import type { FromHost, Json, ToHost } from '#kernel';

type Without<Message, Members extends string> = Message extends unknown ? Omit<Message, Members> : never;
/** Payloads: of `load` the code as a JSON text, of `call` the input, of `answer` `{ value }` or `{ refusal }`. */
export type ToHostHead = Without<ToHost, 'code' | 'input' | 'value' | 'refusal'>;
/** Payloads: of `ask` the input, of `result` the value, of `refused` and `failed` and `load-failed` what is said. */
export type FromHostHead = Without<FromHost, 'input' | 'value' | 'code' | 'why' | 'evidence' | 'message' | 'line' | 'column'>;

/** What a component was refused, as it goes into the isolate and comes out again. */
export interface SaidRefusal {
  readonly code: string;
  readonly why: string;
  readonly evidence?: Json;
}
/** What a component threw, as plain data; line and column are those of its source. */
export interface SaidFailure {
  readonly message: string;
  readonly line?: number;
  readonly column?: number;
}
