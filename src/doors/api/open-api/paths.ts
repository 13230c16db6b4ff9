/** The paths of a generation. Operations come first: a path and method that one states is not described again. */
import type { EntityContract, Field, Json, JsonObject, OperationContract, ViewContract } from '#kernel';
import { approvalsOn, entityById, label, movesOn, type SystemModel, wireNameOf } from '#model';
import { fileTerms, type ValueSettings } from '#schema';
import { hasActions } from '../system/action-routes.ts';
import { placesOf } from '../system/operation-request.ts';
import { pathOfEntity } from '../system/system-request.ts';
import { pathOfView } from '../system/view-routes.ts';
import { writtenSchema } from './field-schema.ts';
import { changeName, inputName, newName, outputName, pageName, refTo, rowName, viewPageName } from './row-schemas.ts';

interface Described {
  readonly path: string;
  readonly method: string;
  readonly operation: JsonObject;
}

export function paths(model: SystemModel): JsonObject {
  const made: { [path: string]: { [method: string]: Json } } = {};
  const described = [
    ...model.operations.map((operation) => describeOperation(model, operation)),
    ...model.views.map(describeView),
    ...model.entities.flatMap((entity) => [
      ...describeApprovals(model, entity),
      ...describeActions(model, entity),
      ...describeMoves(model, entity),
      ...describeEntity(entity),
    ]),
  ];
  for (const { path, method, operation } of described) {
    const here = (made[path] ??= {});
    here[method] ??= operation;
  }
  return made;
}

const read = [401, 403, 404, 422, 500, 503];
const write = [400, 401, 403, 404, 409, 412, 413, 415, 422, 500, 503, 504];
const problem = (statuses: readonly number[]): JsonObject =>
  Object.fromEntries(statuses.map((status) => [String(status), { $ref: `#/components/responses/Problem${status}` }]));
const header = (name: string): JsonObject => ({ $ref: `#/components/headers/${name}` });
const parameter = (name: string): JsonObject => ({ $ref: `#/components/parameters/${name}` });
const content = (schema: JsonObject): JsonObject => ({ 'application/json': { schema } });
const answered = (
  description: string,
  schema: JsonObject | null,
  more: JsonObject = {},
  types: readonly string[] = ['application/json'],
): JsonObject => ({
  description,
  headers: { 'Theseus-Generation': header('Theseus-Generation'), ...more },
  ...(schema === null ? {} : { content: Object.fromEntries(types.map((type) => [type, { schema }])) }),
});
const tagged: JsonObject = { ETag: header('ETag') };
const body = (schema: JsonObject, required = true): JsonObject => ({ required, content: content(schema) });

function describeEntity(entity: EntityContract): readonly Described[] {
  const path = pathOfEntity(entity);
  const rowPath = `${path}/{id}`;
  const row = refTo(rowName(entity));
  const tags = [entity.plural];
  const name = label(entity.name).toLowerCase();
  const id = (verb: string): string => `${entity.plural}.${verb}`;
  return [
    {
      path,
      method: 'get',
      operation: {
        tags,
        operationId: id('list'),
        summary: `The ${label(entity.plural).toLowerCase()}, page by page`,
        parameters: listParameters(entity),
        responses: { 200: answered('A page of rows.', refTo(pageName(entity))), ...problem([400, ...read]) },
      },
    },
    {
      path,
      method: 'post',
      operation: {
        tags,
        operationId: id('create'),
        summary: `A new ${name}`,
        parameters: [parameter('idempotencyKey')],
        requestBody: body(refTo(newName(entity))),
        responses: { 201: answered('The new row.', row, { ...tagged, Location: header('Location') }), ...problem(write) },
      },
    },
    {
      path: rowPath,
      method: 'get',
      operation: {
        tags,
        operationId: id('get'),
        summary: `One ${name}`,
        parameters: [parameter('id')],
        responses: {
          200: answered('The row.', row, tagged),
          304: { description: 'The row is still that of If-None-Match.' },
          ...problem(read),
        },
      },
    },
    {
      path: rowPath,
      method: 'patch',
      operation: {
        tags,
        operationId: id('update'),
        summary: `Alters ${article(name)} ${name}: what is named, nothing else`,
        parameters: [parameter('id'), parameter('ifMatch'), parameter('idempotencyKey')],
        requestBody: body(refTo(changeName(entity))),
        responses: { 200: answered('The row as it is now.', row, tagged), ...problem(write) },
      },
    },
    {
      path: rowPath,
      method: 'delete',
      operation: {
        tags,
        operationId: id('delete'),
        summary: `Deletes ${article(name)} ${name}`,
        parameters: [parameter('id'), parameter('ifMatch'), parameter('idempotencyKey')],
        responses: { 204: answered('It is deleted.', null), ...problem(write) },
      },
    },
  ];
}

function describeApprovals(model: SystemModel, entity: EntityContract): readonly Described[] {
  const rules = approvalsOn(model, entity.id);
  if (rules.length === 0) return [];
  const rule: JsonObject = {
    type: 'object',
    additionalProperties: false,
    properties: {
      rule: {
        type: 'string',
        enum: rules.map(({ name }) => name),
        description: 'One rule; left out, every one that your roles can approve by.',
      },
    },
  };
  return [
    {
      path: `${pathOfEntity(entity)}/{id}/approve`,
      method: 'post',
      operation: {
        tags: [entity.plural],
        operationId: `${entity.plural}.approve`,
        summary: `Approves a row, as ${rules.map((one) => one.role).join(' or ')}`,
        parameters: [parameter('id'), parameter('idempotencyKey')],
        requestBody: body(rule, false),
        responses: { 200: answered('The row, approved.', refTo(rowName(entity)), tagged), ...problem(write) },
      },
    },
  ];
}

function describeActions(model: SystemModel, entity: EntityContract): readonly Described[] {
  if (!hasActions(model, entity)) return [];
  return [
    {
      path: `${pathOfEntity(entity)}/{id}/actions`,
      method: 'get',
      operation: {
        tags: [entity.plural],
        operationId: `${entity.plural}.actions`,
        summary: `What the caller may do with a ${label(entity.name).toLowerCase()} now, and why not where it may not`,
        parameters: [parameter('id')],
        responses: {
          200: answered('Every move and operation of the row, as it would be answered now.', refTo('Theseus.Actions')),
          ...problem(read),
        },
      },
    },
  ];
}

function describeMoves(model: SystemModel, entity: EntityContract): readonly Described[] {
  return movesOn(model, entity.id).map(({ workflow, name, segment, transitions, roles }) => {
    const type = entity.fields.find(({ id }) => id === workflow.field)?.type;
    const choices = type?.kind === 'choice' ? type.choices : [];
    const named = (states: readonly string[]): string =>
      choices
        .filter(({ id }) => states.includes(id))
        .map((choice) => choice.name)
        .join(' or ');
    const froms = named(transitions.flatMap(({ from }) => from));
    const messages = transitions.flatMap(({ message }) => (message === undefined ? [] : [message]));
    return {
      path: `${pathOfEntity(entity)}/{id}/${segment}`,
      method: 'post',
      operation: {
        tags: [entity.plural],
        operationId: `${entity.plural}.move_${name}`,
        summary: `${label(name)}: from ${froms} to ${named(transitions.map(({ to }) => to))}`,
        ...(roles === null && messages.length === 0
          ? {}
          : { description: [...(roles === null ? [] : [`Only for ${roles.join(', ')}.`]), ...messages].join(' ') }),
        parameters: [parameter('id'), parameter('ifMatch'), parameter('idempotencyKey')],
        responses: { 200: answered('The row as it is now.', refTo(rowName(entity)), tagged), ...problem(write) },
      },
    };
  });
}

function describeOperation(model: SystemModel, operation: OperationContract): Described {
  const { method, path, status } = operation.http;
  const on = operation.on === undefined ? undefined : entityById(model, operation.on);
  const { output } = operation;
  const row = output !== null && 'row' in output ? entityById(model, output.row) : undefined;
  const schema = row !== undefined ? refTo(rowName(row)) : output === null ? null : refTo(outputName(operation));
  const named = new Map(operation.input.map((field) => [field.name, field]));
  const inPath = [...path.matchAll(/\{([^}/]+)\}/g)].flatMap(([, name]) => (name === undefined ? [] : [name]));
  const get = method === 'GET';
  const places = placesOf(operation);
  const parameters = [
    ...inPath.map((name) =>
      name === 'id' ? parameter('id') : { name, in: 'path', required: true, schema: inUrl(named.get(name), model.settings) },
    ),
    ...[...places.query, ...places.headers].map((field) => ({
      name: wireNameOf(operation.http, field.name, places.headers.includes(field) ? 'header' : 'query'),
      in: places.headers.includes(field) ? 'header' : 'query',
      required: field.required && field.default === undefined,
      schema: inUrl(field, model.settings),
    })),
    ...(get ? [] : [parameter('idempotencyKey')]),
  ];
  const needed = places.body.some((field) => field.required && field.default === undefined);
  return {
    path,
    method: method.toLowerCase(),
    operation: {
      operationId: operation.name,
      summary: label(operation.name),
      ...(on === undefined && row === undefined ? {} : { tags: [(on ?? row)?.plural ?? ''] }),
      parameters,
      ...(get || (places.body.length === 0 && method === 'DELETE')
        ? {}
        : { requestBody: { required: needed, content: takenAs(operation) } }),
      ...(operation.roles.length > 0 ? { description: `Only for ${operation.roles.join(', ')}.` } : {}),
      responses: {
        [String(status)]: answered(
          'What it answers.',
          schema,
          row === undefined ? answerHeaders(operation, model) : tagged,
          answeredAs(operation),
        ),
        ...refusals(operation),
      },
    },
  };
}

/** The media types that its body comes in; a file is bytes of its own types. */
function takenAs(operation: OperationContract): JsonObject {
  const { whole } = placesOf(operation);
  const file = whole?.type.kind === 'json' ? fileTerms(whole.type.shape) : undefined;
  const types = operation.http.takes ?? (file === undefined ? ['application/json'] : (file.mediaTypes ?? ['application/octet-stream']));
  return Object.fromEntries(types.map((type) => [type, { schema: refTo(inputName(operation)) }]));
}
function answeredAs({ http, output }: OperationContract): readonly string[] {
  const body =
    output !== null && 'fields' in output && output.whole === true ? output.fields.find(({ name }) => name === 'body') : undefined;
  const file = body?.type.kind === 'json' ? fileTerms(body.type.shape) : undefined;
  return http.answers !== undefined
    ? [http.answers]
    : file === undefined
      ? ['application/json']
      : (file.mediaTypes ?? ['application/octet-stream']);
}

/** What stands beside the whole body, but its status. */
function answerHeaders({ http, output }: OperationContract, model: SystemModel): JsonObject {
  const fields = output !== null && 'fields' in output && output.whole === true ? output.fields : [];
  return Object.fromEntries(
    fields
      .filter(({ name }) => name !== 'body' && name !== 'status')
      .map((field) => [wireNameOf(http, field.name, 'header'), field] as const)
      .map(([wire, field]) => [wire, { schema: wire.toLowerCase() === 'etag' ? { type: 'string' } : inUrl(field, model.settings) }]),
  );
}

/** Where the contract states a shape of its own, refusals are described by it: its statuses, and JSON of no stated schema. */
function refusals(operation: OperationContract): JsonObject {
  const { http } = operation;
  const usual = problem([...write, ...(answeredAs(operation).includes('application/json') ? [] : [406]), 502]);
  if (http.refusals === undefined) return usual;
  const own = answered('It was refused.', {});
  const stated = Object.fromEntries(Object.values(http.refusals.statuses).map((status) => [String(status), own]));
  return http.refusals.body === undefined
    ? { ...usual, ...stated }
    : { ...Object.fromEntries(Object.keys(usual).map((status) => [status, own])), ...stated };
}

function describeView(view: ViewContract): Described {
  return {
    path: pathOfView(view),
    method: 'get',
    operation: {
      tags: ['views'],
      operationId: `view:${view.name}`,
      summary: view.title,
      parameters: [parameter('limit'), parameter('cursor')],
      responses: { 200: answered('A page of rows, in the order of the view.', refTo(viewPageName(view))), ...problem([400, ...read]) },
    },
  };
}

/** `field[op]=value`, which OpenAPI calls a deep object. A field whose name is a parameter's own is left to `field[op]` in prose. */
function listParameters(entity: EntityContract): Json {
  const own = ['limit', 'cursor', 'sort', 'q'];
  const filterable = entity.fields.filter((field) => field.type.kind !== 'list' && field.type.kind !== 'json');
  return [
    parameter('limit'),
    parameter('cursor'),
    {
      name: 'sort',
      in: 'query',
      required: false,
      description: `Names of fields with commas between, with - for descending: ${filterable.map((field) => field.name).join(', ')}.`,
      schema: { type: 'string' },
    },
    {
      name: 'q',
      in: 'query',
      required: false,
      description: 'Words, each of which stands in one of the texts.',
      schema: { type: 'string' },
    },
    ...filterable
      .filter((field) => !own.includes(field.name))
      .map((field) => ({
        name: field.name,
        in: 'query',
        required: false,
        style: 'deepObject',
        explode: true,
        description: `${field.name}=value, or ${field.name}[op]=value; for \`in\` with commas between.`,
        schema: refTo('Theseus.Comparison'),
      })),
  ];
}

/** In a URL money is its amount as text. */
function inUrl(field: Field | undefined, settings: ValueSettings): JsonObject {
  if (field === undefined) return { type: 'string' };
  const { kind } = field.type;
  const shape = field.type.kind === 'json' ? field.type.shape : undefined;
  if (typeof shape === 'object' && shape !== null && !Array.isArray(shape) && (shape as JsonObject)['type'] === 'array')
    return shape as JsonObject;
  return kind === 'money' || kind === 'list' || kind === 'json'
    ? { type: 'string' }
    : writtenSchema({ ...field, required: true }, settings);
}

const article = (noun: string): string => (/^[aeiou]/i.test(noun) ? 'an' : 'a');
