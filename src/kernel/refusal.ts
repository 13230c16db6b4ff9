/**
 * The two ways in which something does not happen. An expected "no" is a value, `Refusal`; a bug or a broken world
 * is thrown, `Fault`. Both are recognised by their code; each code has a heading in docs/errors.md.
 */
import type { Json } from './json.ts';

export interface Refusal {
  readonly refused: true;
  readonly code: RefusalCode;
  /** One or two sentences for a person: what is wrong and what to do. */
  readonly why: string;
  /** A witness: field errors, the words not understood, the conflicting component. */
  readonly evidence?: Json;
}

export type RefusalCode =
  | 'malformed'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'method-not-allowed'
  | 'not-acceptable'
  | 'conflict'
  | 'approval-needed'
  | 'state-forbids'
  | 'in-use'
  | 'frozen'
  | 'stale'
  | 'too-large'
  | 'unsupported-media-type'
  | 'invalid'
  | 'idempotency-mismatch'
  | 'not-understood'
  | 'ambiguous'
  | 'impossible'
  | 'gates-failed'
  | 'not-admitted'
  | 'over-budget'
  | 'rate-limited'
  | 'component-failed'
  | 'loop'
  | 'busy'
  | 'unavailable'
  | 'deadline';

/** Each code and the HTTP status that a door answers with. Retry is a property of the code. */
export const refusalCodes: { readonly [Code in RefusalCode]: { readonly status: number; readonly retry: boolean } } = {
  malformed: { status: 400, retry: false },
  unauthenticated: { status: 401, retry: false },
  forbidden: { status: 403, retry: false },
  'not-found': { status: 404, retry: false },
  'method-not-allowed': { status: 405, retry: false },
  'not-acceptable': { status: 406, retry: false },
  conflict: { status: 409, retry: false },
  'approval-needed': { status: 409, retry: false },
  'state-forbids': { status: 409, retry: false },
  'in-use': { status: 409, retry: false },
  frozen: { status: 409, retry: false },
  stale: { status: 412, retry: false },
  'too-large': { status: 413, retry: false },
  'unsupported-media-type': { status: 415, retry: false },
  invalid: { status: 422, retry: false },
  'idempotency-mismatch': { status: 422, retry: false },
  'not-understood': { status: 422, retry: false },
  ambiguous: { status: 422, retry: false },
  impossible: { status: 422, retry: false },
  'gates-failed': { status: 422, retry: false },
  'not-admitted': { status: 422, retry: false },
  'over-budget': { status: 402, retry: false },
  'rate-limited': { status: 429, retry: true },
  'component-failed': { status: 502, retry: false },
  loop: { status: 508, retry: false },
  busy: { status: 503, retry: true },
  unavailable: { status: 503, retry: true },
  deadline: { status: 504, retry: true },
};

export const refuse = (code: RefusalCode, why: string, evidence?: Json): Refusal =>
  evidence === undefined ? { refused: true, code, why } : { refused: true, code, why, evidence };

/** A row may have a field of the name `refused`; it then has an id as well, and no refusal has one. */
export const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' &&
  value !== null &&
  'refused' in value &&
  value.refused === true &&
  'code' in value &&
  typeof value.code === 'string' &&
  Object.hasOwn(refusalCodes, value.code) &&
  !('id' in value);

export type FaultCode =
  | 'bug'
  | 'database-unavailable'
  | 'disk-full'
  | 'host-died'
  | 'host-protocol'
  | 'outcome-unknown'
  | 'overflow'
  | 'parser-died'
  | 'port-taken'
  | 'process-died'
  | 'schema-too-new'
  | 'serialization'
  | 'setup'
  | 'tampered';

/** A bug or a broken world. Recognised by `code`, never by text. */
export class Fault extends Error {
  readonly code: FaultCode;
  constructor(code: FaultCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'Fault';
    this.code = code;
  }
}
