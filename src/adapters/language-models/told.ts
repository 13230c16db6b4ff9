/**
 * What came of one try at a provider, in our words: which no it is, whether another try may help and when, and whether it cost anything.
 * A provider's own words are shown in one short line, without secrets.
 */
import { isIP } from 'node:net';
import { type Refusal, refuse } from '#kernel';
import type { ModelEntry } from './configuration.ts';
import type { Redact } from './redact.ts';
import type { Stopped } from './watched-fetch.ts';

export interface No {
  readonly refusal: Refusal;
  /** Another try may succeed. */
  readonly again: boolean;
  /** When the provider wants to be asked again. */
  readonly afterMs?: number;
  /** The provider turned it away before it worked on it: nothing was used. */
  readonly free: boolean;
}
export interface Failure {
  readonly cause: unknown;
  readonly answered: boolean;
  readonly stopped: Stopped | undefined;
}

type Asked = Pick<ModelEntry, 'name' | 'provider' | 'model' | 'url' | 'key' | 'totalMs' | 'stallMs'>;

export function told(entry: Asked, { cause, answered, stopped }: Failure, redact: Redact): No {
  if (stopped !== undefined) return { refusal: stoppedRefusal(entry, stopped), again: false, free: false };
  const error = callError(cause);
  const status = error?.statusCode;
  const words = oneLine(redact(error?.words ?? (cause instanceof Error ? deepest(cause).message : String(cause))));
  const say = (code: Refusal['code'], why: string): Refusal =>
    refuse(code, redact(`${why}${words === '' ? '' : ` It said: ${words}`}`), {
      model: entry.name,
      provider: entry.provider,
      ...(status === undefined ? {} : { status }),
    });
  const where = placeOf(entry);
  if (status === undefined || (status >= 200 && status < 300)) {
    if (answered)
      return {
        refusal: say('unavailable', `${where} ended its answer in the middle, or it is no answer of a model.`),
        again: false,
        free: false,
      };
    // The connection was there, and ended: what was sent may have been worked on.
    const reached = ['ECONNRESET', 'UND_ERR_SOCKET'].includes(codeOf(cause) ?? '');
    return {
      refusal: say('unavailable', `${where} cannot be reached (${codeOf(cause) ?? 'no connection'}).`),
      again: true,
      free: !reached,
    };
  }
  const free = status < 500;
  const key = entry.key === undefined ? 'It asks for a key: name its variable in models.json.' : `Look at the variable ${entry.key.env}.`;
  if (status === 401 || status === 403)
    return {
      refusal: say('unavailable', `${where} does not accept the key of the model ${entry.name} (${status}). ${key}`),
      again: false,
      free,
    };
  if (status === 404)
    return { refusal: say('unavailable', `${where} knows no model ${entry.model}, or the address is wrong (404).`), again: false, free };
  if (status === 402) return { refusal: say('unavailable', `The account at ${where} has no credit left (402).`), again: false, free };
  if (status === 429)
    return { refusal: say('rate-limited', `${where} takes no more calls for now (429).`), again: true, free, ...after(error?.headers) };
  if (status === 408 || status >= 500)
    return { refusal: say('unavailable', `${where} failed (${status}).`), again: true, free, ...after(error?.headers) };
  return { refusal: say('unavailable', `${where} refused the call (${status}).`), again: false, free };
}

/** A host's name, never the path or query of its address. */
export function placeOf({ url, provider }: Pick<ModelEntry, 'url' | 'provider'>): string {
  if (url === undefined) return provider;
  const { hostname, host } = new URL(url);
  return isIP(hostname.replace(/^\[|\]$/g, '')) === 0 && hostname !== 'localhost' ? hostname : host;
}

const stoppedRefusal = (entry: Asked, stopped: Stopped): Refusal => {
  const where = placeOf(entry);
  switch (stopped) {
    case 'total':
      return refuse(
        'deadline',
        `The model ${entry.name} at ${where} was not done within ${seconds(entry.totalMs)} (totalMs in models.json).`,
      );
    case 'stall':
      return refuse('deadline', `The model ${entry.name} at ${where} said nothing for ${seconds(entry.stallMs)} (stallMs in models.json).`);
    case 'too-long':
      return refuse('too-large', `The model ${entry.name} at ${where} did not stop writing, and was cut off.`);
    case 'asked':
      return refuse('unavailable', 'The call was stopped.');
  }
};
const seconds = (ms: number): string => `${Math.round(ms / 100) / 10} s`;

interface CallError {
  readonly statusCode: number | undefined;
  readonly headers: { readonly [name: string]: string } | undefined;
  readonly words: string | undefined;
}
/** An error of the SDK's providers, recognised by its parts: its class is loaded late. */
function callError(cause: unknown): CallError | undefined {
  const error = unwrapped(cause);
  if (typeof error !== 'object' || error === null || !('statusCode' in error || 'responseBody' in error)) return undefined;
  const { statusCode, responseHeaders, responseBody, message } = error as { readonly [name: string]: unknown };
  return {
    statusCode: typeof statusCode === 'number' ? statusCode : undefined,
    headers:
      typeof responseHeaders === 'object' && responseHeaders !== null
        ? (responseHeaders as { readonly [name: string]: string })
        : undefined,
    words: typeof message === 'string' && message !== '' ? message : typeof responseBody === 'string' ? responseBody : undefined,
  };
}
const unwrapped = (cause: unknown): unknown =>
  typeof cause === 'object' && cause !== null && 'lastError' in cause ? (cause as { readonly lastError: unknown }).lastError : cause;

function deepest(error: Error): Error {
  let at = error;
  for (let depth = 0; depth < 5 && at.cause instanceof Error; depth++) at = at.cause;
  return at;
}
function codeOf(cause: unknown): string | undefined {
  const error = unwrapped(cause);
  const at = error instanceof Error ? deepest(error) : undefined;
  return at !== undefined && 'code' in at && typeof at.code === 'string' ? at.code : undefined;
}

/** `retry-after` in seconds or as a date, `retry-after-ms` as some say it. */
function after(headers: { readonly [name: string]: string } | undefined): { readonly afterMs?: number } {
  const exact = Number(headers?.['retry-after-ms']);
  if (Number.isFinite(exact) && exact >= 0 && headers?.['retry-after-ms'] !== undefined) return { afterMs: exact };
  const said = headers?.['retry-after'];
  if (said === undefined || said === '') return {};
  const wait = /^\d+(\.\d+)?$/.test(said) ? Number(said) * 1_000 : Date.parse(said) - Date.now();
  return Number.isFinite(wait) ? { afterMs: Math.max(0, wait) } : {};
}

const controls = /[\p{Cc}\p{Cf}\u2028\u2029]+/gu;
const oneLine = (text: string): string => text.replace(controls, ' ').replace(/\s+/g, ' ').trim().slice(0, 240);
