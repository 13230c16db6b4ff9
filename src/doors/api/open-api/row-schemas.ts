/** The named schemas of a generation: rows, what makes and alters them, what operations take and answer, rows of views. Names hold dots, which no name of a component has. */
import type { EntityContract, JsonObject, OperationContract, ViewContract } from '#kernel';
import { pascal, type SystemModel } from '#model';
import { columnFields } from '../system/view-columns.ts';
import { inputSchema, objectOf, outputSchema, properties } from './field-schema.ts';

export const rowName = (entity: EntityContract): string => pascal(entity.name);
export const pageName = (entity: EntityContract): string => `${rowName(entity)}.Page`;
export const newName = (entity: EntityContract): string => `${rowName(entity)}.New`;
export const changeName = (entity: EntityContract): string => `${rowName(entity)}.Change`;
export const inputName = (operation: OperationContract): string => `Operation.${pascal(operation.name)}.Input`;
export const outputName = (operation: OperationContract): string => `Operation.${pascal(operation.name)}.Output`;
export const viewPageName = (view: ViewContract): string => `View.${pascal(view.name)}.Page`;
export const refTo = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });

export function rowSchemas(model: SystemModel): JsonObject {
  const schemas: { [name: string]: JsonObject } = {};
  for (const entity of model.entities) {
    const own = {
      id: { type: 'string', format: 'uuid', readOnly: true },
      version: { type: 'integer', minimum: 1, readOnly: true, description: 'Grows with each write; the ETag.' },
    };
    schemas[rowName(entity)] = objectOf({ ...own, ...properties(entity.fields, 'read') }, [
      'id',
      'version',
      ...entity.fields.map((field) => field.name),
    ]);
    schemas[newName(entity)] = inputSchema(entity.fields, true);
    schemas[changeName(entity)] = inputSchema(entity.fields, false);
    schemas[pageName(entity)] = pageOf(refTo(rowName(entity)));
  }
  for (const operation of model.operations) {
    if (operation.http.method !== 'GET')
      schemas[inputName(operation)] = inputSchema(
        operation.input.filter((field) => !operation.http.path.includes(`{${field.name}}`)),
        true,
      );
    if (operation.output !== null && 'fields' in operation.output) schemas[outputName(operation)] = outputSchema(operation.output.fields);
  }
  for (const view of model.views) schemas[viewPageName(view)] = pageOf(outputSchema(columnFields(model, view)));
  return schemas;
}

const pageOf = (item: JsonObject): JsonObject =>
  objectOf(
    {
      items: { type: 'array', items: item },
      next: { type: ['string', 'null'], description: 'The cursor of the next page; null where there is none.' },
    },
    ['items', 'next'],
  );
