/**
 * The shapes that entities name, as schemas of the document: stated once, and referred to wherever they stand. Why: who reads the document, or makes a client of it,
 * finds one Customer and not twelve of them. What a schema says stays the same: a reference stands only for what is equal, part by part.
 */
import { canonicalJson, type Json, type JsonObject } from '#kernel';
import { pascal, type SystemModel } from '#model';
import { fieldSchema } from '#schema';

const at = '#/components/schemas/';
const isObject = (value: Json | undefined): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** `Shape.Customer.Card`: no other schema is called so. */
const nameOf = (entity: string, shape: string): string => `Shape.${pascal(entity)}.${pascal(shape)}`;

/** The schemas with those of shapes that have members beside them: what is equal by chance, such as a list of texts, is no shape of anybody's. */
export function withNamedShapes(
  schemas: { readonly [name: string]: JsonObject },
  model: SystemModel,
): { readonly [name: string]: JsonObject } {
  const names = new Map<string, string>();
  const named = new Map<string, JsonObject>();
  for (const entity of model.entities)
    for (const [shape, stated] of Object.entries(entity.shapes ?? {}))
      for (const use of ['write', 'read'] as const) {
        const schema = schemaOf(entity.fields[0], stated, model, use);
        if (schema === undefined || !isObject(schema['properties'])) continue;
        const said = canonicalJson(schema);
        if (names.has(said)) continue;
        const name = named.has(nameOf(entity.name, shape)) ? `${nameOf(entity.name, shape)}.Read` : nameOf(entity.name, shape);
        names.set(said, name);
        named.set(name, schema);
      }
  if (names.size === 0) return schemas;
  const referred = (value: Json, own?: string): Json => {
    if (Array.isArray(value)) return (value as readonly Json[]).map((each) => referred(each));
    if (!isObject(value)) return value;
    const name = names.get(canonicalJson(value));
    if (name !== undefined && name !== own) return { $ref: at + name };
    const bare = name === undefined ? nullable(value) : undefined;
    const other = bare === undefined ? undefined : names.get(canonicalJson(bare));
    if (other !== undefined) return { anyOf: [{ $ref: at + other }, { type: 'null' }] };
    return Object.fromEntries(Object.entries(value).map(([member, inner]) => [member, referred(inner)]));
  };
  return Object.fromEntries(
    [...Object.entries(schemas), ...named].map(([name, schema]) => [
      name,
      referred(schema, named.has(name) ? name : undefined) as JsonObject,
    ]),
  );
}

/** The same without null, where null may stand there as well. */
function nullable(schema: JsonObject): JsonObject | undefined {
  const { type } = schema;
  if (!Array.isArray(type) || !type.includes('null')) return undefined;
  const [only, ...more] = (type as readonly Json[]).filter((each) => each !== 'null');
  return only === undefined ? undefined : { ...schema, type: more.length === 0 ? only : [only, ...more] };
}

/** As a field of that shape says it, so that the two are equal where they are the same. */
function schemaOf(
  like: SystemModel['entities'][number]['fields'][number] | undefined,
  shape: Json,
  model: SystemModel,
  use: 'write' | 'read',
): JsonObject | undefined {
  if (like === undefined) return undefined;
  const { default: _default, derived: _derived, ...field } = like;
  const schema = fieldSchema(
    { ...field, required: true, unique: false, sensitive: false, type: { kind: 'json', shape } },
    model.settings,
    use,
  );
  return isObject(schema as Json) ? (schema as JsonObject) : undefined;
}
