/** What a caller sent to an operation, by the shape of its contract: values from path, query, headers and body, each input from one place alone. */
import { type Field, type Json, type OperationContract, isRefusal, type Refusal } from '#kernel';
import { nowhere, wireNameOf } from '#model';
import { fromJson, isFieldError, limits, type PlainValues, type ValueSettings, valuesFromJson } from '#schema';
import type { CallOptions } from '#machine';
import type { RouteRequest } from '../routes.ts';
import { noQuery, unfit } from './list-query.ts';
import { readOperationBody } from './operation-body.ts';
import { valuesFromQuery } from './query-values.ts';
import { callOptions, readOptions } from './system-request.ts';

export interface Places {
  readonly path: readonly Field[];
  readonly query: readonly Field[];
  readonly headers: readonly Field[];
  readonly body: readonly Field[];
  /** The input that the whole body is. */
  readonly whole: Field | undefined;
}

export function placesOf({ http, input }: OperationContract): Places {
  const inPath = new Set([...http.path.matchAll(/\{([^}/]+)\}/g)].map(([, name]) => name ?? ''));
  const path = input.filter((field) => inPath.has(field.name));
  const rest = input.filter((field) => !inPath.has(field.name));
  const inQuery = (field: Field): boolean => http.query?.includes(field.name) ?? http.method === 'GET';
  const headers = rest.filter((field) => http.headers?.includes(field.name) === true);
  const elsewhere = rest.filter((field) => !headers.includes(field));
  const query = elsewhere.filter(inQuery);
  const body = elsewhere.filter((field) => !inQuery(field));
  return { path, query, headers, body, whole: body.find((field) => field.name === http.body) };
}

export async function valuesOf(
  request: RouteRequest,
  operation: OperationContract,
  places: Places,
  settings: ValueSettings,
): Promise<{ readonly values: PlainValues; readonly options: CallOptions } | Refusal> {
  const { http } = operation;
  const ignored = http.extra === 'ignored';
  const called =
    http.method === 'GET' ? { options: readOptions(request), given: undefined } : await fromBody(request, operation, places, settings);
  if (isRefusal(called)) return called;
  if (isRefusal(called.options)) return called.options;
  const query = queryValues(request, http, places.query, ignored, settings);
  if (isRefusal(query)) return query;
  const headers = headerValues(request, http, places.headers, settings);
  if (isRefusal(headers)) return headers;
  const named = valuesFromQuery(places.path, new Map(places.path.map(({ name }) => [name, [request.parameter(name)]])), settings);
  if (isFieldError(named)) return nowhere(operation, named.messages) ?? unfit(named.messages);
  const body = http.method === 'GET' ? {} : bodyValues(called.given, http, places, settings);
  if (isRefusal(body)) return body;
  return { values: { ...body, ...headers, ...query, ...named }, options: called.options };
}

async function fromBody(
  request: RouteRequest,
  operation: OperationContract,
  places: Places,
  settings: ValueSettings,
): Promise<{ readonly options: CallOptions | Refusal; readonly given: Json | undefined } | Refusal> {
  const body = await readOperationBody(request.incoming, operation, places, settings);
  if (isRefusal(body)) return body;
  const options = callOptions(request, body.text);
  return { options: isRefusal(options) || body.files.length === 0 ? options : { ...options, files: body.files }, given: body.given };
}

type Http = OperationContract['http'];

function queryValues(
  request: RouteRequest,
  http: Http,
  fields: readonly Field[],
  ignored: boolean,
  settings: ValueSettings,
): PlainValues | Refusal {
  if (fields.length === 0 && !ignored) return noQuery(request.search) ?? {};
  const given = new URLSearchParams(request.search);
  const wire = new Map(fields.map((field) => [wireNameOf(http, field.name, 'query'), field.name]));
  const unknown = [...new Set(given.keys())].filter((name) => !wire.has(name) && !wire.has(name.replace(/\[\]$/, '')));
  if (unknown.length > 0 && !ignored)
    return unfit(Object.fromEntries(unknown.map((name) => [name, `is not known; known are ${[...wire.keys()].join(', ') || 'none'}`])));
  const texts = [...wire].flatMap(([name, field]) => {
    const all = [...given.getAll(name), ...given.getAll(`${name}[]`)];
    return all.length === 0 ? [] : [[field, all] as const];
  });
  const values = valuesFromQuery(fields, new Map(texts), settings);
  return isFieldError(values) ? unfit(called(values.messages, http, 'query')) : values;
}

function headerValues(request: RouteRequest, http: Http, fields: readonly Field[], settings: ValueSettings): PlainValues | Refusal {
  const { headers } = request.incoming;
  const texts = fields.flatMap((field) => {
    const name = wireNameOf(http, field.name, 'header').toLowerCase();
    const text = Object.hasOwn(headers, name) ? headers[name] : undefined;
    return text === undefined ? [] : [[field.name, [text].flat()] as const];
  });
  const values = valuesFromQuery(fields, new Map(texts), settings);
  return isFieldError(values) ? unfit(called(values.messages, http, 'header')) : values;
}

/** Messages by what callers call the inputs. */
const called = (
  messages: { readonly [place: string]: string },
  http: Http,
  where: 'query' | 'header',
): { readonly [place: string]: string } =>
  Object.fromEntries(Object.entries(messages).map(([name, message]) => [wireNameOf(http, name, where), message]));

function bodyValues(given: Json | undefined, http: Http, { whole, body }: Places, settings: ValueSettings): PlainValues | Refusal {
  if (whole !== undefined) {
    const value = fromJson(whole, given, settings, limits.spokenCharacters);
    return isFieldError(value) ? unfit(value.messages) : { [whole.name]: value };
  }
  const values = valuesFromJson(body, ownMembers(given ?? {}, http, body), settings, 'create', limits.spokenCharacters);
  return isFieldError(values) ? unfit(called(values.messages, http, 'query')) : values;
}

/** Members by the names of the inputs; what no input is called stays, to be refused, unless the contract leaves it out. */
function ownMembers(given: Json, http: Http, body: readonly Field[]): Json {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return given;
  if (http.names === undefined && http.extra !== 'ignored') return given;
  const wire = new Map(body.map((field) => [wireNameOf(http, field.name, 'query'), field.name]));
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) => {
      const own = wire.get(name);
      return own !== undefined ? [[own, value]] : http.extra === 'ignored' ? [] : [[name, value]];
    }),
  );
}
