/** What every route of a generation shares: the machine, the generation that the request entered with, and how its answers become HTTP. */
import { type EntityContract, type Field, isRefusal, refuse, type Refusal } from '#kernel';
import { isFieldError, rowToJson, valuesFromJson, type PlainValues } from '#schema';
import { entityById, kebab, type SystemModel } from '#model';
import type { Answer, CallOptions, Calls, Running } from '#machine';
import { answerJson, answerProblem, type Headers } from '../answers.ts';
import { readJson } from '../body.ts';
import { idempotency, ifMatch, tagOf } from '../call-headers.ts';
import type { RouteRequest } from '../routes.ts';
import { unfit } from './list-query.ts';

export interface SystemParts {
  readonly machine: Calls;
  readonly running: Running;
  /** A generation that served here lately; undefined where it is not known any more. */
  readonly lately: (generation: string) => Running | undefined;
}

/**
 * The model of the generation that answered. A write whose generation was closed meanwhile is answered by the one that serves
 * then, and must be shown by its names, as the header says.
 */
export const answeringModel = ({ running, lately }: SystemParts, generation: string): SystemModel =>
  (generation === running.generation ? running : (lately(generation) ?? running)).model;

export const generationHeader = (generation: string): Headers => ({ 'theseus-generation': generation });

/** Who calls and what came with it; `text` is that of the body. */
export function callOptions(request: RouteRequest, text: string): CallOptions | Refusal {
  const { identity, incoming, method, path } = request;
  if (identity === null) return refuse('unauthenticated', 'This needs a caller.');
  const version = ifMatch(incoming.headers);
  if (isRefusal(version)) return version;
  const key = idempotency(incoming.headers, method, path, text);
  if (isRefusal(key)) return key;
  return { caller: identity.caller, ...(version === undefined ? {} : { version }), ...(key === undefined ? {} : { idempotency: key }) };
}

/** For what acts on no row that is there: a version of nothing is stale. */
export const noVersion = (options: CallOptions): Refusal | null =>
  options.version === undefined
    ? null
    : refuse('stale', 'If-Match names a version, and there is no row here that could have one. Leave it out.');

/** A read takes nothing from the headers but who calls. */
export const readOptions = ({ identity }: RouteRequest): CallOptions | Refusal =>
  identity === null ? refuse('unauthenticated', 'This needs a caller.') : { caller: identity.caller };

/** The body as values of these fields, and the options of the call. A missing body is an empty object where `empty` allows it. */
export async function callWithValues(
  parts: SystemParts,
  request: RouteRequest,
  fields: readonly Field[],
  mode: 'create' | 'update',
  empty: boolean,
): Promise<{ readonly values: PlainValues; readonly options: CallOptions } | Refusal> {
  const body = await readJson(request.incoming);
  if (isRefusal(body)) return body;
  if (body.value === undefined && !empty) return refuse('malformed', 'A JSON object is needed as the body.');
  const options = callOptions(request, body.text);
  if (isRefusal(options)) return options;
  const values = valuesFromJson(fields, body.value === undefined ? {} : body.value, parts.running.model.settings, mode);
  return isFieldError(values) ? unfit(values.messages) : { values, options };
}

export function answerRow(
  parts: SystemParts,
  entity: EntityContract,
  answer: Answer<{ readonly [field: string]: unknown }>,
  status: number,
  headers: Headers = {},
): Response {
  const { value, generation, replayed } = answer;
  if (isRefusal(value)) return answerRefusal(value, generation);
  const id = value['id'];
  const version = value['version'];
  const model = answeringModel(parts, generation);
  const { fields } = model === parts.running.model ? entity : (entityById(model, entity.id) ?? entity);
  /** A stored answer is given again as it was: without fields that came later. */
  const shown = replayed ? fields.filter((field) => Object.hasOwn(value, field.name)) : fields;
  return answerJson(status, rowToJson(shown, value, model.settings), {
    'theseus-generation': generation,
    ...(typeof version === 'number' ? { etag: tagOf(version) } : {}),
    ...(status === 201 && typeof id === 'string' ? { location: `${pathOfEntity(entity)}/${id}` } : {}),
    ...(replayed ? { 'idempotency-replayed': 'true' } : {}),
    ...headers,
  });
}
export const answerRefusal = (refusal: Refusal, generation: string): Response => answerProblem(refusal, generationHeader(generation));

const paths = new WeakMap<EntityContract, string>();

/** `/api/order-lines` of the plural `orderLines`. */
export function pathOfEntity(entity: EntityContract): string {
  const known = paths.get(entity);
  if (known !== undefined) return known;
  const path = `/api/${kebab(entity.plural)}`;
  paths.set(entity, path);
  return path;
}
