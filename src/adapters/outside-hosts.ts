/**
 * Requests to hosts outside (port Outside). A name is looked up once, here; every address that it has must be allowed; the connection
 * goes to the address that was looked at, and the other end is compared with it. The same again after each redirect.
 * Answers are capped in size and time, plain JSON or text; nothing is ever unpacked. Keeps no connection and no cookie. What a host is
 * told of who we are is added here, from a secret whose value nobody is handed: it goes to that host alone, and what comes back with
 * it in it is not handed on.
 */
import { lookup as lookUp } from 'node:dns/promises';
import { Agent as HttpAgent, type IncomingMessage, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { type FetchMethod, isRefusal, type Json, refuse, type Refusal } from '#kernel';
import type { Outside, OutsideAnswer, OutsideRequest } from '#ports';
import { addressKind } from './outside/addresses.ts';

export interface Address {
  readonly address: string;
  readonly family: number;
}
export interface OutsideOptions {
  /** All addresses of a name; the system's own resolver where nothing is said. */
  readonly resolve?: (name: string) => Promise<readonly Address[]>;
  /** The value of a secret, by its name; null where it is not set. */
  readonly secret?: (name: string) => string | null;
}
const mostRedirects = 3;
const handedOn = ['content-type', 'etag', 'last-modified', 'retry-after'];

interface Hop {
  readonly url: URL;
  readonly method: FetchMethod;
  readonly headers: { readonly [name: string]: string };
  readonly body: string | null;
}
interface Rules {
  readonly hosts: readonly string[];
  readonly privateHosts: readonly string[];
  readonly bytes: number;
  readonly signal: AbortSignal;
  /** For the first host alone. */
  readonly told: { readonly header: string; readonly value: string } | null;
}

export function outsideHosts({
  resolve = (name) => lookUp(name, { all: true, verbatim: true }),
  secret = () => null,
}: OutsideOptions = {}): Outside {
  async function send({
    url,
    method,
    headers,
    body,
    hosts,
    privateHosts,
    credential,
    wallMs,
    bytes,
  }: OutsideRequest): Promise<OutsideAnswer | Refusal> {
    const value = credential === undefined ? null : secret(credential.secret);
    if (credential !== undefined && value === null)
      return refuse(
        'unavailable',
        `The secret ${credential.secret} is not set, so ${new URL(url).host} is not asked. Those who run the system have to set it.`,
      );
    const told = credential === undefined || value === null ? null : { header: credential.header, value: `${credential.before}${value}` };
    const ending = new AbortController();
    const timer = setTimeout(() => ending.abort(), wallMs);
    try {
      const answer = await follow(
        { url: new URL(url), method, headers, body },
        { hosts, privateHosts, bytes, signal: ending.signal, told },
        resolve,
      );
      return value === null ? answer : withoutSecret(answer, value, new URL(url).host);
    } catch (cause) {
      const name = URL.canParse(url) ? new URL(url).host : 'That host';
      if (ending.signal.aborted) return refuse('unavailable', `${name} took longer than ${wallMs} ms to answer.`, { host: name });
      return refuse('unavailable', `${name} cannot be reached: ${codeOf(cause)}.`, { host: name });
    } finally {
      clearTimeout(timer);
    }
  }
  return { send };
}

async function follow(first: Hop, rules: Rules, resolve: NonNullable<OutsideOptions['resolve']>): Promise<OutsideAnswer | Refusal> {
  let hop = first;
  for (let redirects = 0; ; redirects += 1) {
    const { host } = hop.url;
    if (!rules.hosts.includes(host)) return refuse('forbidden', `${first.url.host} leads on to ${host}, which may not be asked.`, { host });
    const mayBePrivate = rules.privateHosts.includes(host);
    if (hop.url.protocol !== 'https:' && !(hop.url.protocol === 'http:' && mayBePrivate))
      return refuse('forbidden', `${host} is asked by https alone, unless theseus.json names it among policy.outside.private.`, { host });
    const addresses = await addressesOf(hop.url.hostname, mayBePrivate, resolve, rules.signal);
    if (isRefusal(addresses)) return addresses;
    const answer = await firstThatAnswers(hop, addresses, rules);
    if (isRefusal(answer) || !('location' in answer)) return answer;
    if (redirects >= mostRedirects) return refuse('unavailable', `${first.url.host} leads on more than ${mostRedirects} times.`, { host });
    const next = URL.canParse(answer.location, hop.url) ? new URL(answer.location, hop.url) : undefined;
    const keeps = answer.status === 307 || answer.status === 308 || hop.method === 'GET' || hop.method === 'HEAD';
    if (next === undefined || next.username !== '' || next.password !== '' || !keeps)
      return refuse('unavailable', `${host} answered ${answer.status} and leads nowhere that can be followed.`, {
        host,
        status: answer.status,
      });
    if (rules.told !== null && (next.host !== host || next.protocol !== hop.url.protocol))
      return refuse('forbidden', `${host} leads elsewhere, where what it is told of who we are may not go.`, { host });
    // What was said to one host is not said to another.
    hop = next.host === host ? { ...hop, url: next } : { ...hop, url: next, headers: {}, body: null };
    if (next.host !== host && hop.method !== 'GET' && hop.method !== 'HEAD')
      return refuse('unavailable', `${host} leads what was sent to it on to ${next.host}.`, { host });
  }
}

/** The addresses to connect to. One that is not allowed among several is one too many: the name cannot be trusted. */
async function addressesOf(
  name: string,
  mayBePrivate: boolean,
  resolve: NonNullable<OutsideOptions['resolve']>,
  signal: AbortSignal,
): Promise<readonly Address[] | Refusal> {
  const found = await Promise.race([resolve(name), aborted(signal)]);
  const wrong = found.find(({ address }) => {
    const kind = addressKind(address);
    return kind === 'never' || (kind === 'private' && !mayBePrivate);
  });
  if (wrong !== undefined)
    return refuse(
      'forbidden',
      addressKind(wrong.address) === 'private'
        ? `${name} leads to an address inside. An owner would have to name it in theseus.json: policy.outside.private.`
        : `${name} leads to an address that is never connected to.`,
      { host: name },
    );
  return found.length === 0 ? refuse('unavailable', `${name} has no address.`, { host: name }) : found;
}

const nobodyThere = ['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL'];
/** The next address is tried only where nothing can have been heard at the one before. */
async function firstThatAnswers(hop: Hop, addresses: readonly Address[], rules: Rules): Promise<OutsideAnswer | Moved | Refusal> {
  for (const [at, address] of addresses.entries()) {
    try {
      return await exchange(hop, address, rules);
    } catch (cause) {
      if (at === addresses.length - 1 || !nobodyThere.includes(codeOf(cause))) throw cause;
    }
  }
  throw new Error('a host without an address');
}

type Moved = { readonly status: number; readonly location: string };

function exchange(hop: Hop, { address, family }: Address, rules: Rules): Promise<OutsideAnswer | Moved | Refusal> {
  const { host } = hop.url;
  // Whoever looks the name up again is told the address that was looked at.
  const pinned = ((_name: string, options: { readonly all?: boolean }, done: (...answer: unknown[]) => void) =>
    options.all === true ? done(null, [{ address, family }]) : done(null, address, family)) as LookupFunction;
  const secure = hop.url.protocol === 'https:';
  const shared = { keepAlive: false, maxSockets: 1, lookup: pinned };
  return new Promise((resolve, reject) => {
    const asked = (secure ? httpsRequest : httpRequest)(hop.url, {
      method: hop.method,
      agent: secure ? new HttpsAgent(shared) : new HttpAgent(shared),
      lookup: pinned,
      signal: rules.signal,
      maxHeaderSize: 16_384,
      insecureHTTPParser: false,
      headers: {
        accept: 'application/json, text/*;q=0.5',
        ...hop.headers,
        'accept-encoding': 'identity',
        'user-agent': 'Theseus',
        ...(rules.told === null ? {} : { [rules.told.header]: rules.told.value }),
        ...(hop.body === null ? {} : { 'content-length': String(Buffer.byteLength(hop.body)) }),
      },
    });
    asked.on('socket', (socket) => {
      socket.once(secure ? 'secureConnect' : 'connect', () => {
        if (!sameAddress(socket.remoteAddress, address)) asked.destroy(new Error('the other end is not the address that was looked at'));
      });
    });
    asked.on('error', reject);
    // Nothing else would come after it: no answer, no error, not even when time is over.
    asked.on('upgrade', (_answer, socket) => {
      socket.destroy();
      reject(new Error('it switched to another protocol'));
    });
    rules.signal.addEventListener('abort', () => reject(new Error('it took too long')), { once: true });
    asked.on('response', (answer) => {
      const status = answer.statusCode ?? 0;
      const { location } = answer.headers;
      const refused = (refusal: Refusal): void => {
        answer.destroy();
        resolve(refusal);
      };
      if ([301, 302, 303, 307, 308].includes(status) && location !== undefined) {
        answer.destroy();
        return resolve({ status, location });
      }
      const packed = answer.headers['content-encoding'];
      if (packed !== undefined && packed !== 'identity')
        return refused(
          refuse('unavailable', `${host} answered packed (${packed.slice(0, 40)}), which was not asked for; nothing is unpacked.`, {
            host,
          }),
        );
      const chunks: Buffer[] = [];
      let size = 0;
      answer.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > rules.bytes) return refused(refuse('too-large', `${host} answered more than ${rules.bytes} bytes.`, { host }));
        chunks.push(chunk);
      });
      answer.on('error', reject);
      answer.on('end', () => resolve(readable(host, status, answer, Buffer.concat(chunks).toString('utf8'))));
    });
    asked.end(hop.body ?? undefined);
  });
}

/** An answer, or a refusal, that says the secret back in some common writing is not handed on. */
function withoutSecret(answer: OutsideAnswer | Refusal, value: string, host: string): OutsideAnswer | Refusal {
  const told = JSON.stringify(answer).toLowerCase();
  const written = [
    value,
    JSON.stringify(value).slice(1, -1),
    encodeURIComponent(value),
    ...unpadded(value),
    Buffer.from(value).toString('hex'),
  ];
  return written.some((text) => told.includes(text.toLowerCase()))
    ? refuse('unavailable', `${host} said back what it was told of who we are; its answer is not handed on.`, { host })
    : answer;
}
/** The middle of a text in base64, wherever in a longer one it begins. */
const unpadded = (value: string): readonly string[] =>
  [0, 1, 2].flatMap((before) => {
    const coded = Buffer.from(`${'\0'.repeat(before)}${value}`)
      .toString('base64')
      .replaceAll('=', '');
    const middle = coded.slice(before === 0 ? 0 : before + 1, -1);
    return middle.length < 8 ? [] : [middle, middle.replaceAll('+', '-').replaceAll('/', '_')];
  });

function readable(host: string, status: number, answer: IncomingMessage, text: string): OutsideAnswer | Refusal {
  const headers = Object.fromEntries(
    handedOn.flatMap((name) => (typeof answer.headers[name] === 'string' ? [[name, answer.headers[name].slice(0, 1_000)]] : [])),
  );
  if (text === '') return { status, headers, body: null };
  const type = (answer.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (/^application\/(?:[a-z0-9.+-]+\+)?json$/.test(type)) {
    try {
      return { status, headers, body: JSON.parse(text) as Json };
    } catch {
      return refuse('unavailable', `${host} answered what calls itself JSON and is none.`, { host, status });
    }
  }
  if (type.startsWith('text/')) return { status, headers, body: text };
  return refuse('unavailable', `${host} answered neither JSON nor text${type === '' ? '' : `, but ${type.slice(0, 60)}`}.`, {
    host,
    status,
  });
}

const sameAddress = (one: string | undefined, other: string): boolean =>
  one !== undefined && one.replace(/^::ffff:/i, '').toLowerCase() === other.replace(/^::ffff:/i, '').toLowerCase();
const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('it took too long')), { once: true }));
/** A word for what went wrong, never a text of the other side. */
function codeOf(cause: unknown): string {
  if (typeof cause === 'object' && cause !== null && 'code' in cause && typeof cause.code === 'string') return cause.code.slice(0, 60);
  return cause instanceof Error ? cause.name : 'unknown';
}
