/** The schema objects of OpenAPI 3.1 (they are JSON Schema 2020-12) for one entity: how it is read, made and changed. */
import type { EntityContract } from '#kernel';
import { createSchema, rowSchema, updateSchema, type JsonSchema } from './json-schema.ts';
import type { ValueSettings } from './to-json.ts';

/** `Order`, `OrderCreate`, `OrderUpdate`, with the permanent id that outlives the name. */
export function openApiSchemas(entity: EntityContract, settings: ValueSettings): { readonly [name: string]: JsonSchema } {
  const name = entity.name.charAt(0).toUpperCase() + entity.name.slice(1);
  return {
    [name]: { ...rowSchema(entity, settings), title: name, 'x-theseus-id': entity.id },
    [`${name}Create`]: { ...createSchema(entity, settings), title: `${name}Create` },
    [`${name}Update`]: { ...updateSchema(entity, settings), title: `${name}Update` },
  };
}
