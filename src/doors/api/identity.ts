/**
 * Who calls, from the headers of a request: an API key as a bearer token, as HTTP Basic, or in a header that the system's own people send theirs in; or the session cookie of a browser. A session may
 * alter things only from pages of this very origin, and so may Basic, which browsers keep and send by themselves. Deny by default: no proof, no caller.
 */
import { hash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { anyone, type Caller, isRefusal, refuse, type Refusal } from '#kernel';
import { type Access, type Machine, tokenPrefix } from '#machine';
import type { Proof } from './unknown-caller.ts';

export interface Identity {
  readonly caller: Caller;
  readonly by: 'session' | 'key';
  /** Names the session or key in records; not the secret. */
  readonly session: string;
  readonly secret: string;
}

/** `unknown`: what is told to who proves nothing, or no more. */
export async function identify(
  incoming: IncomingMessage,
  access: Pick<Access, 'byKey' | 'bySession'>,
  byToken: Machine['byToken'],
  cookie: string,
  unknown: (proof: Proof) => Refusal,
  tokenHeaders: readonly string[] = [],
): Promise<Identity | Refusal> {
  const said = proofIn(incoming, tokenHeaders);
  if (said !== undefined) {
    const basic = basicToken(said);
    const key = basic ?? /^(?:Bearer|Token) ([\x21-\x7e]{1,400})$/i.exec(said)?.[1];
    const caller = key === undefined ? null : key.startsWith(tokenPrefix) ? await byToken(key) : await access.byKey(key);
    if (key === undefined || caller === null) return unknown('key');
    const foreign = basic === undefined ? null : fromAnotherPage(incoming);
    if (foreign !== null) return foreign;
    return identityOf(caller, 'key', key);
  }
  const secret = cookieOf(incoming.headers.cookie, cookie);
  if (secret === undefined) return unknown('none');
  const caller = await access.bySession(secret);
  if (caller === null) return unknown('session');
  const foreign = foreignOrigin(incoming);
  if (isRefusal(foreign)) return foreign;
  return identityOf(caller, 'session', secret);
}

/** Who proves nothing, where an operation is open to all. */
export const anybody: Identity = { caller: { id: anyone, name: anyone, roles: [anyone] }, by: 'key', session: anyone, secret: '' };
export const provesNothing = (incoming: IncomingMessage, cookie: string, tokenHeaders: readonly string[] = []): boolean =>
  proofIn(incoming, tokenHeaders) === undefined && cookieOf(incoming.headers.cookie, cookie) === undefined;

/** As it stands in Authorization, or as a bearer token where it came in a header of its own. */
function proofIn({ headers }: IncomingMessage, tokenHeaders: readonly string[]): string | undefined {
  if (headers.authorization !== undefined) return headers.authorization;
  const own = tokenHeaders.find((name) => typeof headers[name] === 'string');
  return own === undefined ? undefined : `Bearer ${String(headers[own]).replace(/^(?:Bearer|Token) /i, '')}`;
}

/**
 * The key or token of HTTP Basic (RFC 7617): the password, or the user name where there is none (`curl -u KEY:`). Nobody signs in so by a password of
 * their own, and no answer asks a browser for it.
 */
function basicToken(said: string): string | undefined {
  const encoded = /^Basic ([A-Za-z0-9+/]{1,1200}={0,2})$/i.exec(said)?.[1];
  if (encoded === undefined) return undefined;
  const pair = Buffer.from(encoded, 'base64').toString('latin1');
  const at = pair.indexOf(':');
  const token = at < 0 ? '' : pair.slice(at + 1) || pair.slice(0, at);
  return /^[\x21-\x7e]{1,400}$/.test(token) ? token : undefined;
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** A page of another origin must not act with a browser's session (cross-site request forgery). */
export function foreignOrigin(incoming: IncomingMessage): Refusal | null {
  if (safeMethods.has(incoming.method ?? 'GET')) return null;
  const { origin, host } = incoming.headers;
  const same = origin === undefined ? incoming.headers['sec-fetch-site'] === 'same-origin' : hostOf(origin) === host?.toLowerCase();
  return same
    ? null
    : refuse(
        'forbidden',
        'With a session, a change must come from a page of this system itself. Programs use a key: "Authorization: Bearer KEY".',
      );
}

/** Programs say nothing of pages. A browser that was once given the key in an address would send it along from anywhere. */
function fromAnotherPage(incoming: IncomingMessage): Refusal | null {
  const { origin, 'sec-fetch-site': site } = incoming.headers;
  return origin === undefined && (site === undefined || site === 'none') ? null : foreignOrigin(incoming);
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}

export function cookieOf(header: string | undefined, name: string): string | undefined {
  if (header === undefined) return undefined;
  for (const part of header.split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return undefined;
}

/** The name is worked out where it is asked for: most requests are of no record. */
const identityOf = (caller: Caller, by: Identity['by'], secret: string): Identity => ({
  caller,
  by,
  secret,
  get session() {
    return `${by}:${hash('sha256', secret).slice(0, 16)}`;
  },
});
