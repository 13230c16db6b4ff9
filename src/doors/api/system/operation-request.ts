/** What a caller sent to an operation, by the shape of its contract: values from path, query and body, each input from one place alone. */
import { type Field, type Json, type OperationContract, isRefusal, type Refusal } from '#kernel';
import { fromJson, isFieldError, type PlainValues, type ValueSettings, valuesFromJson } from '#schema';
import type { CallOptions } from '#machine';
import { readJson } from '../body.ts';
import type { RouteRequest } from '../routes.ts';
import { noQuery, unfit } from './list-query.ts';
import { valuesFromQuery } from './query-values.ts';
import { callOptions, readOptions } from './system-request.ts';

export interface Places {
  readonly path: readonly Field[];
  readonly query: readonly Field[];
  readonly body: readonly Field[];
  /** The input that the whole body is. */
  readonly whole: Field | undefined;
}

export function placesOf({ http, input }: OperationContract): Places {
  const inPath = new Set([...http.path.matchAll(/\{([^}/]+)\}/g)].map(([, name]) => name ?? ''));
  const path = input.filter((field) => inPath.has(field.name));
  const rest = input.filter((field) => !inPath.has(field.name));
  const inQuery = (field: Field): boolean => http.query?.includes(field.name) ?? http.method === 'GET';
  const query = rest.filter(inQuery);
  const body = rest.filter((field) => !inQuery(field));
  return { path, query, body, whole: body.find((field) => field.name === http.body) };
}

export async function valuesOf(
  request: RouteRequest,
  { http }: OperationContract,
  places: Places,
  settings: ValueSettings,
): Promise<{ readonly values: PlainValues; readonly options: CallOptions } | Refusal> {
  const ignored = http.extra === 'ignored';
  const called = http.method === 'GET' ? { options: readOptions(request), given: undefined } : await fromBody(request);
  if (isRefusal(called)) return called;
  if (isRefusal(called.options)) return called.options;
  const query = queryValues(request, places.query, ignored, settings);
  if (isRefusal(query)) return query;
  const named = valuesFromQuery(places.path, new Map(places.path.map(({ name }) => [name, request.parameter(name)])), settings);
  if (isFieldError(named)) return unfit(named.messages);
  const body = http.method === 'GET' ? {} : bodyValues(called.given, places, ignored, settings);
  if (isRefusal(body)) return body;
  return { values: { ...body, ...query, ...named }, options: called.options };
}

async function fromBody(
  request: RouteRequest,
): Promise<{ readonly options: CallOptions | Refusal; readonly given: Json | undefined } | Refusal> {
  const body = await readJson(request.incoming);
  return isRefusal(body) ? body : { options: callOptions(request, body.text), given: body.value as Json | undefined };
}

function queryValues(request: RouteRequest, fields: readonly Field[], ignored: boolean, settings: ValueSettings): PlainValues | Refusal {
  if (fields.length === 0 && !ignored) return noQuery(request.search) ?? {};
  const given = new Map<string, string>(new URLSearchParams(request.search));
  const unknown = [...given.keys()].filter((name) => !fields.some((field) => field.name === name));
  if (unknown.length > 0 && !ignored)
    return unfit(
      Object.fromEntries(
        unknown.map((name) => [name, `is not known; known are ${fields.map((field) => field.name).join(', ') || 'none'}`]),
      ),
    );
  const values = valuesFromQuery(fields, given, settings);
  return isFieldError(values) ? unfit(values.messages) : values;
}

function bodyValues(given: Json | undefined, { whole, body }: Places, ignored: boolean, settings: ValueSettings): PlainValues | Refusal {
  if (whole !== undefined) {
    const value = fromJson(whole, given, settings);
    return isFieldError(value) ? unfit(value.messages) : { [whole.name]: value };
  }
  const members = given ?? {};
  const known =
    ignored && typeof members === 'object' && members !== null && !Array.isArray(members)
      ? Object.fromEntries(Object.entries(members).filter(([name]) => body.some((field) => field.name === name)))
      : members;
  const values = valuesFromJson(body, known, settings, 'create');
  return isFieldError(values) ? unfit(values.messages) : values;
}
