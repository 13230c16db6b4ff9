/**
 * The system's own interface as tools: every operation of the OpenAPI document of the generation that serves, with its schema,
 * of those that the caller may use. A projection of a projection: a new generation needs nothing here.
 */
import type { Client, JsonObject, Json, ModelJson } from '#api/client';
import { answerSaid, fileSchema, isBytes, isJson, sentBody, typeToSend } from './sent-body.ts';
import type { Tool } from './tool.ts';

type Argument = { readonly name: string; readonly from: 'path' | 'query'; readonly schema: Json; readonly required: boolean };
interface Endpoint {
  readonly method: string;
  readonly path: string;
  readonly operation: JsonObject;
}
const JSON_BODY = 'application/json';
const schemasAt = '#/components/schemas/';

export function systemTools(document: JsonObject, model: ModelJson): readonly Tool[] {
  const schemas = objectAt(objectAt(document, 'components'), 'schemas');
  const parameters = objectAt(objectAt(document, 'components'), 'parameters');
  return Object.entries(objectAt(document, 'paths')).flatMap(([path, methods]) =>
    Object.entries(isObject(methods) ? methods : {}).flatMap(([method, operation]): readonly Tool[] => {
      if (!isObject(operation) || !mayUse({ method, path, operation }, model)) return [];
      return [toolOf({ method, path, operation }, schemas, parameters)];
    }),
  );
}

/** `orders.list` is orders_list; an operation has a name of its own: call_placeOrder; a view is view_unpaid. */
const nameOf = (id: string): string =>
  id.startsWith('view:') ? `view_${id.slice(5)}` : id.includes('.') ? id.replace('.', '_') : `call_${id}`;

/** As the model says of this caller. The API decides again at each call. */
function mayUse({ method, path, operation }: Endpoint, model: ModelJson): boolean {
  const id = textAt(operation, 'operationId');
  const own = model.operations.find((each) => each.name === id);
  if (own !== undefined) return own.may;
  if (id.endsWith('.approve'))
    return model.entities.some((entity) => `${entity.path}/{id}/approve` === path && entity.approvals.some((approval) => approval.may));
  const move = model.entities.flatMap((entity) => entity.moves).find((each) => each.path === path);
  if (move !== undefined && method === 'post') return move.may;
  return method === 'get' ? model.may.read : model.may.write;
}

function toolOf({ method, path, operation }: Endpoint, schemas: JsonObject, parameters: JsonObject): Tool {
  const given = arrayAt(operation, 'parameters').map((parameter) =>
    '$ref' in parameter ? objectAt(parameters, textAt(parameter, '$ref').split('/').at(-1) ?? '') : parameter,
  );
  const named = given.flatMap((parameter): readonly Argument[] => {
    const from = textAt(parameter, 'in');
    return from === 'path' || from === 'query'
      ? [{ name: textAt(parameter, 'name'), from, schema: described(parameter), required: parameter['required'] === true }]
      : [];
  });
  const header = (name: string): boolean => given.some((parameter) => textAt(parameter, 'name') === name);
  const body = objectAt(operation, 'requestBody');
  const type = typeToSend(objectAt(body, 'content'));
  const schema = type === undefined ? {} : objectAt(objectAt(objectAt(body, 'content'), type), 'schema');
  const hasBody = Object.keys(schema).length > 0;
  const properties: JsonObject = {
    ...Object.fromEntries(named.map((argument) => [argument.name, argument.schema])),
    ...(header('If-Match')
      ? { version: { type: 'integer', description: 'The version that you have read; refused where the row has moved on.' } }
      : {}),
    ...(hasBody ? { values: schema } : {}),
    ...(header('Idempotency-Key') ? { idempotencyKey: { type: 'string', description: 'The same key acts once.' } } : {}),
  };
  const required = [
    ...named.filter((argument) => argument.required).map(({ name }) => name),
    ...(hasBody && body['required'] === true ? ['values'] : []),
  ];
  return {
    name: nameOf(textAt(operation, 'operationId')),
    title: textAt(operation, 'summary'),
    description: [textAt(operation, 'summary'), textAt(operation, 'description'), `${method.toUpperCase()} ${path}`]
      .filter((text) => text !== '')
      .join('. '),
    inputSchema: withDefinitions(
      { type: 'object', properties, ...(required.length === 0 ? {} : { required }), additionalProperties: false },
      schemas,
    ),
    reads: method === 'get',
    run: async (client, values) => ({
      value: enveloped(await send(client, { method: method.toUpperCase(), path, named, type, answers: answersOf(operation) }, values)),
    }),
  };
}

/** Filters are written as `field[op]=value` in the query, so they are given as an object or as one value. */
function described(parameter: JsonObject): JsonObject {
  const schema = objectAt(parameter, 'schema');
  const text = textAt(parameter, 'description');
  const shown = textAt(parameter, 'style') === 'deepObject' ? { anyOf: [{ type: 'string' }, schema] } : schema;
  return text === '' ? shown : { description: text, ...shown };
}

interface Sending {
  readonly method: string;
  readonly path: string;
  readonly named: readonly Argument[];
  /** In which its body leaves. */
  readonly type: string | undefined;
  /** In which it is answered. */
  readonly answers: readonly string[];
}
/** The media types of what is answered where nothing is refused. */
const answersOf = (operation: JsonObject): readonly string[] =>
  Object.entries(objectAt(operation, 'responses')).flatMap(([status, answer]) =>
    status.startsWith('2') && isObject(answer) ? Object.keys(objectAt(answer, 'content')) : [],
  );

async function send(client: Client, { method, path, named, type, answers }: Sending, given: JsonObject): Promise<Json> {
  const query = new URLSearchParams();
  let target = path;
  for (const { name, from } of named) {
    const value = given[name];
    if (value === undefined || value === null) continue;
    if (from === 'path') target = target.replace(`{${name}}`, encodeURIComponent(written(value)));
    else if (isObject(value)) for (const [op, operand] of Object.entries(value)) query.append(`${name}[${op}]`, written(operand));
    else query.append(name, written(value));
  }
  const { values, version, idempotencyKey } = given;
  const url = query.size === 0 ? target : `${target}?${query.toString()}`;
  const options = {
    ...(typeof version === 'number' ? { version } : {}),
    ...(typeof idempotencyKey === 'string' ? { idempotencyKey } : {}),
  };
  if ((type ?? JSON_BODY) === JSON_BODY && answers.every(isJson))
    return client.call(method, url, method === 'GET' ? undefined : isObject(values) ? values : undefined, options);
  const body = values === undefined || type === undefined ? undefined : sentBody(type, values);
  return answerSaid(await client.exchange(method, url, body, answers, options));
}
const written = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));
const enveloped = (value: Json): JsonObject => (isObject(value) ? value : { answer: value });

/** What no agent reads: the characters that a text may not have. An agent pays for each letter, and the API tells it what is wrong. */
const longestPattern = 100;

/** The schema with all that it refers to inside it: an agent has no document to look references up in. */
function withDefinitions(schema: Tool['inputSchema'], schemas: JsonObject): Tool['inputSchema'] {
  const wanted = new Set<string>();
  const visit = (value: Json): Json => {
    if (Array.isArray(value)) return (value as readonly Json[]).map(visit);
    if (!isObject(value)) return value;
    if (isBytes(value)) return fileSchema;
    return Object.fromEntries(
      Object.entries(value)
        .flatMap(([name, inner]) => {
          if (name === 'pattern' && typeof inner === 'string' && (inner.length > longestPattern || 'format' in value)) return [];
          return [[name, inner] as const];
        })
        .map(([name, inner]) => {
          if (name !== '$ref' || typeof inner !== 'string' || !inner.startsWith(schemasAt)) return [name, visit(inner)];
          wanted.add(inner.slice(schemasAt.length));
          return [name, `#/$defs/${inner.slice(schemasAt.length)}`];
        }),
    );
  };
  const made = visit(schema) as Tool['inputSchema'];
  const definitions: { [name: string]: Json } = {};
  for (const name of wanted) definitions[name] = visit(schemas[name] ?? {});
  return wanted.size === 0 ? made : { ...made, $defs: definitions };
}

const isObject = (value: Json | undefined): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);
const objectAt = (value: JsonObject, name: string): JsonObject => {
  const inner = value[name];
  return isObject(inner) ? inner : {};
};
const arrayAt = (value: JsonObject, name: string): readonly JsonObject[] => {
  const inner = value[name];
  return Array.isArray(inner) ? (inner as readonly Json[]).filter(isObject) : [];
};
const textAt = (value: JsonObject, name: string): string => {
  const inner = value[name];
  return typeof inner === 'string' ? inner : '';
};
