/** The named schemas of a generation: rows, what makes and alters them, what operations take and answer, rows of views. Names hold dots, which no name of a component has. */
import type { EntityContract, JsonObject, OperationContract, ViewContract } from '#kernel';
import { pascal, type SystemModel } from '#model';
import { fieldSchema } from '#schema';
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

export function rowSchemas(model: SystemModel): JsonObject {
  const { settings } = model;
  const schemas: { [name: string]: JsonObject } = {};
  for (const entity of model.entities) {
    schemas[rowName(entity)] = { ...answeredRow(entity.fields, settings), title: rowName(entity), 'x-theseus-id': entity.id };
    schemas[newName(entity)] = newRow(entity.fields, settings);
    schemas[changeName(entity)] = changedRow(entity.fields, settings);
    schemas[pageName(entity)] = pageOf(refTo(rowName(entity)));
  }
  for (const operation of model.operations) {
    const { body, whole } = placesOf(operation);
    if (operation.http.method !== 'GET')
      schemas[inputName(operation)] = whole === undefined ? newRow(body, settings) : (fieldSchema(whole, settings, 'write') as JsonObject);
    if (operation.output !== null && 'fields' in operation.output) {
      const [first] = operation.output.fields;
      schemas[outputName(operation)] =
        operation.output.whole === true && first !== undefined
          ? (fieldSchema(first, settings, 'read') as JsonObject)
          : answeredFields(operation.output.fields, settings);
    }
  }
  for (const view of model.views) schemas[viewPageName(view)] = pageOf(answeredFields(columnFields(model, view), settings));
  return schemas;
}

const pageOf = (item: JsonObject): JsonObject => ({
  type: 'object',
  required: ['items', 'next'],
  properties: {
    items: { type: 'array', items: item },
    next: { type: ['string', 'null'], description: 'The cursor of the next page; null where there is none.' },
  },
});
