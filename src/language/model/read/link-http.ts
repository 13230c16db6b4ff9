/**
 * Where callers find an operation and how they speak with it, held against its fields: each input stands in one place that can hold it, and
 * what callers call it is a name that a query or a header may bear. A header never carries what proves who calls, nor what a browser obeys.
 */
import type { Json, JsonObject, OperationContract } from '#kernel';
import type { DeclaredEntity, DeclaredField, DeclaredOperation, Named } from './declared.ts';
import type { LinkedFile } from './linked-file.ts';
import { bodiesIn } from './link-bodies.ts';
import { kebab, words } from '../names.ts';
import { wireNameOf } from '../wire-name.ts';

/** Of requests: what proves who calls, what the connection is about, and what every call is asked for already. */
const KEPT =
  /^(?:authorization|cookie|proxy-.*|host|origin|connection|keep-alive|upgrade|te|trailer|transfer-encoding|content-.*|expect|forwarded|x-forwarded-.*|sec-.*|idempotency-key|if-match|if-none-match|theseus-.*)$/;
/** Of answers: what says more of them, and lets no browser do anything. */
const ANSWERED =
  /^(?:location|content-location|link|retry-after|last-modified|deprecation|sunset|total-count|page(?:-[a-z-]+)?|pagination-[a-z-]+|ratelimit(?:-[a-z-]+)?|x-(?!content-type|frame|xss|accel|sendfile|dns-|permitted|ua-)[a-z0-9-]+)$/;
/** How the version of a row is told and held; no body compares it. */
const GUARDED =
  "the system itself holds a row to it: act on the row (on: 'room', and {id} in the path), leave the header out, and a version that has moved on is refused as stale, 412; its ETag is told by an output etag: integer({ required: true }) beside body, answered as row.version";
const HEADER = /^[a-z][a-z0-9_-]{0,59}$/;
const IN_QUERY = /^[A-Za-z_$][A-Za-z0-9_.$-]{0,59}(?:\[[A-Za-z0-9_-]{0,40}\]){0,3}$/;

export function httpContract(file: LinkedFile, declaration: DeclaredOperation, on: DeclaredEntity | undefined): OperationContract['http'] {
  const { start, query, headers, body, names, method = 'POST', path = ownPath(declaration, on), ...more } = declaration.http;
  // What answers nothing says so, unless the contract has it otherwise.
  const { status = declaration.output === null ? 204 : 200, ...rest } = more;
  const inputs = new Map(declaration.input.map((field) => [field.name, field]));
  const inPath = [...path.matchAll(/\{([^}]+)\}/g)].flatMap(([, name]) => (name === undefined || name === 'id' ? [] : [name]));
  const places = new Map(inPath.map((name) => [name, 'the path']));
  const plain = (name: string, at: number, where: string): void => {
    const field = inputs.get(name);
    const kind = field?.type.kind;
    if (field === undefined) file.report(at, `${name} stands in ${where} and is no input; add it to input`);
    else if (kind === 'list' || kind === 'money' || (kind === 'json' && !(where === 'the query' && isPlainList(field))))
      file.report(
        at,
        `${name} stands in ${where}, where a ${kind} cannot be written${kind === 'json' && where === 'the query' ? "; only json({ shape: { type: 'array', items: { type: 'string' } } }) can, of texts, numbers or booleans" : ''}`,
      );
  };
  for (const name of inPath) plain(name, start, 'the path');
  const stands = (all: readonly Named[] | undefined, where: string): void => {
    for (const { name, start: at } of all ?? []) {
      plain(name, at, where);
      const other = places.get(name);
      if (other !== undefined) file.report(at, `${name} stands in ${other} already`);
      places.set(name, where);
    }
  };
  stands(query, 'the query');
  stands(headers, 'the headers');
  if (body !== undefined) {
    if (!inputs.has(body.name)) file.report(body.start, `${body.name} is the whole body and is no input; add it to input`);
    for (const field of declaration.input.filter(({ name }) => name !== body.name && !places.has(name)))
      file.report(
        field.start,
        `${field.name} stands nowhere: the whole body is ${body.name}, so name it in the path, in query or in headers`,
      );
  }
  bodiesIn(file, declaration, start);
  const { output } = declaration;
  const answered =
    output !== null && 'fields' in output && output.whole === true ? output.fields.filter(({ name }) => name !== 'body') : [];
  const http = {
    method,
    path,
    status,
    ...(query === undefined ? {} : { query: query.map(({ name }) => name) }),
    ...(headers === undefined ? {} : { headers: headers.map(({ name }) => name) }),
    ...(body === undefined ? {} : { body: body.name }),
    ...(names === undefined ? {} : { names }),
    ...rest,
  };
  for (const { name, start: at } of headers ?? []) {
    const wire = wireNameOf(http, name, 'header').toLowerCase();
    if (!HEADER.test(wire)) file.report(at, `${wire.slice(0, 60)} is no name of a header: letters, digits, - and _`);
    else if (KEPT.test(wire))
      file.report(at, `the header ${wire} is not for operations; ${wire === 'if-match' ? GUARDED : 'who calls is caller'}`);
  }
  for (const field of answered) answeredIn(file, field, wireNameOf(http, field.name, 'header').toLowerCase());
  checkNames(file, http, start, new Set([...inputs.keys(), ...answered.map(({ name }) => name)]));
  return http;
}

/** Beside the body: the status, a whole number, and headers that say more of the answer. */
function answeredIn(file: LinkedFile, { name, start, type }: DeclaredField, wire: string): void {
  if (name === 'status') {
    if (type.kind !== 'integer')
      file.report(start, 'status beside a body is the status of the answer: integer({ required: true, min: 200, max: 299 })');
    return;
  }
  if (wire === 'etag') {
    if (type.kind !== 'integer') file.report(start, `${name} beside body is the version of a row: ${GUARDED}`);
    return;
  }
  if (type.kind !== 'text' && type.kind !== 'integer' && type.kind !== 'instant' && type.kind !== 'url')
    file.report(start, `${name} beside body is a header of the answer: a text, an integer, a url or an instant`);
  if (!HEADER.test(wire) || !ANSWERED.test(wire))
    file.report(
      start,
      `${name} beside body is the header ${wire.slice(0, 60)} of the answer, which an operation does not set; it may set Location, Link, ETag (the version of a row, an integer), Retry-After, Last-Modified, Total-Count, RateLimit and those that begin with X-. What belongs into the body is a member of it`,
    );
}

function checkNames(file: LinkedFile, http: OperationContract['http'], start: number, known: ReadonlySet<string>): void {
  for (const [name, wire] of Object.entries(http.names ?? {})) {
    if (!known.has(name)) file.report(start, `names: ${name} is no input and no header of the answer`);
    if (!IN_QUERY.test(wire)) file.report(start, `names: ${wire.slice(0, 60)} cannot be a name in a query or a header`);
  }
  const said = [...known].map((name) => wireNameOf(http, name, 'query'));
  const twice = said.find((wire, at) => said.indexOf(wire) !== at);
  if (twice !== undefined) file.report(start, `names: callers would know two inputs as ${twice}`);
}

/** `?tag=a&tag=b` or `?tag=a,b`: a list of texts, numbers or booleans. */
function isPlainList({ type }: DeclaredField): boolean {
  const shape = type.kind === 'json' ? type.shape : undefined;
  const items = isObject(shape) && shape['type'] === 'array' ? shape['items'] : undefined;
  const kind = isObject(items) ? items['type'] : undefined;
  return kind === 'string' || kind === 'integer' || kind === 'number' || kind === 'boolean';
}

const isObject = (value: Json | undefined): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** `cancelOrder` on an order is /api/orders/{id}/cancel; without a row /api/operations/<name>. */
function ownPath(declaration: DeclaredOperation, on: DeclaredEntity | undefined): string {
  if (on === undefined) return `/api/operations/${kebab(declaration.name)}`;
  const name = words(declaration.name);
  const entity = words(on.name);
  const ends = name.length > entity.length && entity.every((word, index) => name[name.length - entity.length + index] === word);
  return `/api/${kebab(on.plural)}/{id}/${(ends ? name.slice(0, -entity.length) : name).join('-')}`;
}
