/** Answers over HTTP: JSON, and refusals as problem documents (RFC 9457). Every answer carries the headers that keep browsers honest. */
import { Fault, refuse, type Refusal, refusalCodes } from '#kernel';
import type { Problem } from './resources.ts';

export type Headers = { readonly [name: string]: string };

/** On every answer. */
export const safeHeaders: Headers = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
};
const jsonHeaders: Headers = { ...safeHeaders, 'content-type': 'application/json; charset=UTF-8', 'cache-control': 'private, no-cache' };
export const PROBLEM = 'application/problem+json; charset=UTF-8';
const problemHeaders: Headers = { ...safeHeaders, 'content-type': PROBLEM, 'cache-control': 'no-store' };

export const answerJson = (status: number, value: unknown, headers?: Headers): Response =>
  answerText(status, JSON.stringify(value), headers);

/** JSON that is text already. */
export const answerText = (status: number, json: string, headers?: Headers): Response =>
  new Response(json, { status, headers: headers === undefined ? { ...jsonHeaders } : { ...jsonHeaders, ...headers } });

export const answerNothing = (status: number, headers?: Headers): Response =>
  new Response(null, { status, headers: { ...safeHeaders, ...headers } });

export function problemDocument(refusal: Refusal): Problem {
  const document = {
    type: `/errors/${refusal.code}`,
    title: titleOf(refusal.code),
    status: refusalCodes[refusal.code].status,
    detail: refusal.why,
    code: refusal.code,
  };
  return refusal.evidence === undefined ? document : { ...document, evidence: refusal.evidence };
}

export function answerProblem(refusal: Refusal, headers?: Headers): Response {
  const { status } = refusalCodes[refusal.code];
  return new Response(JSON.stringify(problemDocument(refusal)), {
    status,
    headers: { ...problemHeaders, ...headersOf(refusal, status), ...headers },
  });
}

/** What HTTP wants said with a refusal: when to come again, and how to prove who calls. */
export const headersOf = (refusal: Refusal, status: number): Headers => ({
  ...(refusalCodes[refusal.code].retry ? { 'retry-after': String(secondsIn(refusal)) } : {}),
  ...(status === 401 ? { 'www-authenticate': 'Bearer realm="theseus"' } : {}),
});

/** How long to wait, where the refusal knows. */
function secondsIn({ evidence }: Refusal): number {
  const seconds = typeof evidence === 'object' && evidence !== null && 'seconds' in evidence ? evidence['seconds'] : 1;
  return typeof seconds === 'number' ? seconds : 1;
}

/** A thrown fault as a stranger may see it: what it means for them, never a stack. Anything unknown is a bug, 500. */
export function answerFault(cause: unknown, headers?: Headers): Response {
  const refusal = cause instanceof Fault ? refusalOfFault(cause) : undefined;
  if (refusal !== undefined) return answerProblem(refusal, headers);
  const problem: Problem = {
    type: '/errors/bug',
    title: 'Bug',
    status: 500,
    code: 'bug',
    detail: 'Something is wrong in the system itself, not in the request. It was written to the log; nothing was changed by this request.',
  };
  return new Response(JSON.stringify(problem), { status: 500, headers: { ...problemHeaders, ...headers } });
}

function refusalOfFault(fault: Fault): Refusal | undefined {
  switch (fault.code) {
    case 'database-unavailable':
      return refuse('unavailable', 'The database does not answer. Nothing was changed by this request; try again in a moment.');
    case 'outcome-unknown':
      return refuse(
        'unavailable',
        'The connection to the database was lost while this was being saved; whether it was saved is not known. Send it again with the same Idempotency-Key, and it is done once; without one, look first.',
      );
    case 'disk-full':
      return refuse(
        'unavailable',
        'The disk is full: nothing can be written until those who run the system free some space. What needs no room can still be read. Try again then.',
      );
    case 'serialization':
      return refuse(
        'busy',
        'Many writes of the same rows came at once, and this one found no turn in time. Nothing was changed by it; try again.',
      );
    case 'host-died':
    case 'process-died':
      return refuse(
        'unavailable',
        'A process that this request needs has just died and is being restarted. Nothing was changed; try again.',
      );
    case 'overflow':
      return refuse(
        'invalid',
        'A number would grow over what can be computed exactly (9,007,199,254,740,991 of its smallest unit). Use smaller values.',
      );
    default:
      return undefined;
  }
}

/** `not-found` is "Not found". */
const titleOf = (code: string): string => code.charAt(0).toUpperCase() + code.slice(1).replaceAll('-', ' ');
