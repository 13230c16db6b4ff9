/** The named schemas of a generation: rows, what makes and alters them, what operations take and answer, rows of views. Names hold dots, which no name of a component has. */
import type { EntityContract, Field, JsonObject, OperationContract, ViewContract } from '#kernel';
import { pascal, sensitiveIn, type SystemModel, workflowsOn } from '#model';
import { fieldSchema, fileTerms } from '#schema';
import { placesOf } from '../system/operation-request.ts';
import { columnFields } from '../system/view-columns.ts';
import { answeredFields, answeredRow, changedRow, newRow } from './field-schema.ts';

export const rowName = (entity: EntityContract): string => pascal(entity.name);
export const pageName = (entity: EntityContract): string => `${rowName(entity)}.Page`;
export const newName = (entity: EntityContract): string => `${rowName(entity)}.New`;
export const changeName = (entity: EntityContract): string => `${rowName(entity)}.Change`;
export const inputName = (operation: OperationContract): string => `Operation.${pascal(operation.name)}.Input`;
export const outputName = (operation: OperationContract): string => `Operation.${pascal(operation.name)}.Output`;
export const viewPageName = (view: ViewContract): string => `View.${pascal(view.name)}.Page`;
export const refTo = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });

export function rowSchemas(model: SystemModel): { readonly [name: string]: JsonObject } {
  const { settings } = model;
  const schemas: { [name: string]: JsonObject } = {};
  const sensitive = sensitiveIn(model);
  const roles = settings.roles.filter((role) => role.sensitive).map((role) => role.name);
  const shownTo = roles.length === 0 ? 'Shown to nobody: no role sees what is sensitive.' : `Shown to ${roles.join(', ')} alone.`;
  for (const entity of model.entities) {
    schemas[rowName(entity)] = { ...answeredRow(entity.fields, settings), title: rowName(entity), 'x-theseus-id': entity.id };
    schemas[newName(entity)] = begun(newRow(entity.fields, settings), entity, model);
    schemas[changeName(entity)] = changedRow(entity.fields, settings);
    for (const name of [rowName(entity), newName(entity), changeName(entity)])
      schemas[name] = withSensitive(schemas[name] ?? {}, entity.fields, sensitive, shownTo);
    schemas[pageName(entity)] = pageOf(refTo(rowName(entity)));
  }
  for (const operation of model.operations) {
    const { body, whole } = placesOf(operation);
    if (operation.http.method !== 'GET')
      schemas[inputName(operation)] = whole === undefined ? newRow(body, settings) : (fieldSchema(whole, settings, 'write') as JsonObject);
    if (operation.output !== null && 'fields' in operation.output) {
      const first = operation.output.fields.find(({ name }) => name === 'body') ?? operation.output.fields[0];
      schemas[outputName(operation)] =
        operation.output.whole === true && first !== undefined
          ? answeredSchema(first, settings)
          : answeredFields(operation.output.fields, settings);
    }
  }
  for (const view of model.views) schemas[viewPageName(view)] = pageOf(answeredFields(columnFields(model, view), settings));
  return schemas;
}

/** A file is answered as its bytes. */
const answeredSchema = (field: Field, settings: SystemModel['settings']): JsonObject =>
  field.type.kind === 'json' && fileTerms(field.type.shape) !== undefined
    ? { type: 'string', format: 'binary' }
    : (fieldSchema(field, settings, 'read') as JsonObject);

/** A row of an entity with a workflow begins in one state. */
function begun(schema: JsonObject, entity: EntityContract, model: SystemModel): JsonObject {
  const states = workflowsOn(model, entity.id).flatMap(({ field: id, starts }) => {
    const field = entity.fields.find((each) => each.id === id);
    const state = field?.type.kind === 'choice' ? field.type.choices.find((choice) => choice.id === starts)?.name : undefined;
    return field === undefined || state === undefined ? [] : [[field.name, { type: 'string', enum: [state] }]];
  });
  return states.length === 0
    ? schema
    : { ...schema, properties: { ...(schema['properties'] as JsonObject), ...(Object.fromEntries(states) as JsonObject) } };
}

const pageOf = (item: JsonObject): JsonObject => ({
  type: 'object',
  required: ['items', 'next'],
  properties: {
    items: { type: 'array', items: item },
    next: { type: ['string', 'null'], description: 'The cursor of the next page; null where there is none.' },
  },
});

/** Marks what not everybody sees or writes, items of lists included, and says who does. What is computed from it is as sensitive. */
function withSensitive(schema: JsonObject, fields: readonly Field[], sensitive: ReadonlySet<string>, shownTo: string): JsonObject {
  const members = schema['properties'] as { readonly [name: string]: JsonObject } | undefined;
  if (members === undefined) return schema;
  const marked = fields.flatMap((field): readonly (readonly [string, JsonObject])[] => {
    const member = members[field.name];
    if (member === undefined) return [];
    if (sensitive.has(field.id))
      return [[field.name, { ...member, 'x-sensitive': true, description: [member['description'], shownTo].filter(Boolean).join(' ') }]];
    const { items } = member;
    return field.type.kind === 'list' && items !== undefined
      ? [[field.name, { ...member, items: withSensitive(items as JsonObject, field.type.fields, sensitive, shownTo) }]]
      : [];
  });
  return marked.length === 0 ? schema : { ...schema, properties: { ...members, ...Object.fromEntries(marked) } };
}
