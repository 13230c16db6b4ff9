/**
 * What a component asks of an outside host, held against its contract: host and method granted, an address without tricks, headers that
 * a component may set, a body of fair size. Pure; where a name leads is the business of whoever connects.
 */
import type { Capability, FetchMethod, Json } from '#kernel';

export interface AskedFetch {
  readonly url: string;
  readonly host: string;
  readonly method: FetchMethod;
  readonly headers: { readonly [name: string]: string };
  readonly body: string | null;
  readonly read: boolean;
}
export type FetchGrant = Capability & { readonly kind: 'fetch' };
/** `asked` and `write` where it is the contract that does not allow it; without, it is the shape. */
export interface FetchProblem {
  readonly why: string;
  readonly asked?: string;
  readonly write?: string | null;
}

const methods: readonly FetchMethod[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];
const [longestUrl, mostHeaders, longestHeader] = [4_000, 20, 1_000];
/** Everything else is ours or the connection's: where it goes, who sends it, how it is cut, what it is worth to a server in between. */
const mayBeSet =
  /^(?:accept|accept-language|content-language|content-type|if-match|if-modified-since|if-none-match|prefer|x-[a-z0-9][a-z0-9-]{0,60})$/;
const mayNot =
  /^x-(?:forwarded|real-ip|original|rewrite|http-method|method-override|host|amz-|aws-|google-|goog-|ms-|client-ip|cluster-client|auth|api-key|token)/;

export function askedFetch(input: Json, grants: readonly FetchGrant[], bytes: number): AskedFetch | FetchProblem {
  if (!isObject(input) || typeof input['url'] !== 'string' || input['url'].length > longestUrl || !URL.canParse(input['url']))
    return { why: 'fetch was asked with something that is no whole address, such as https://api.example.com/v1/rates.' };
  const url = new URL(input['url']);
  const request = input['request'] ?? {};
  if (!isObject(request)) return { why: 'fetch was asked with a request of the wrong shape: { method, headers, body }.' };
  const unknown = Object.keys(request).find((name) => !['method', 'headers', 'body'].includes(name));
  if (unknown !== undefined) return { why: `A request has method, headers and body; ${unknown.slice(0, 40)} is not known.` };
  const method = methods.find((known) => known === (request['method'] ?? 'GET'));
  if (method === undefined) return { why: `method must be one of ${methods.join(', ')}.` };
  const host = url.host;
  const grant = grants.find((held) => held.host === host && held.methods.includes(method));
  if (grant === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    return {
      asked: `fetch ${method} ${host.slice(0, 100)}`,
      why: `${host.slice(0, 100)} may not be asked by ${method}.`,
      write: grant === undefined ? `fetch: { '${host.slice(0, 100)}': { methods: ['${method}'] } }` : null,
    };
  if (url.username !== '' || url.password !== '') return { why: 'An address carries no user and no password.' };
  url.hash = '';
  const headers = headersOf(request['headers'] ?? {});
  if (typeof headers === 'string') return { why: headers };
  const body = request['body'] ?? null;
  if (body !== null && (method === 'GET' || method === 'HEAD')) return { why: `${method} takes no body.` };
  const text = body === null ? null : typeof body === 'string' ? body : JSON.stringify(body);
  if (text !== null && text.length > bytes) return { why: `The body has more than ${bytes} characters.` };
  const typed =
    text === null || 'content-type' in headers
      ? headers
      : { ...headers, 'content-type': typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/json' };
  return { url: url.href, host, method, headers: typed, body: text, read: grant.read };
}

/** Names in small letters; or what is wrong. */
function headersOf(json: Json): { readonly [name: string]: string } | string {
  if (!isObject(json)) return 'headers must be an object of texts.';
  const entries = Object.entries(json);
  if (entries.length > mostHeaders) return `A request has at most ${mostHeaders} headers.`;
  const headers: { [name: string]: string } = {};
  for (const [given, value] of entries) {
    const name = given.toLowerCase();
    if (!mayBeSet.test(name) || mayNot.test(name)) return `The header ${JSON.stringify(given.slice(0, 60))} is not a component's to set.`;
    if (typeof value !== 'string' || value.length > longestHeader || !/^[\x20-\x7e]*$/.test(value))
      return `The header ${name} must be a text of at most ${longestHeader} plain characters on one line.`;
    if (Object.hasOwn(headers, name)) return `The header ${name} stands twice.`;
    headers[name] = value;
  }
  return headers;
}
const isObject = (value: Json): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
