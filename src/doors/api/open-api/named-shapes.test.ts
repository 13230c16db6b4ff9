import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import { type JsonObject, permanentId } from '#kernel';
import { firstGeneration } from '../specimen/machine.ts';
import { specimenModel } from '../specimen/model.ts';
import { openApiOf } from './open-api.ts';

const city = { type: 'object', properties: { name: { type: 'string' }, zip: { type: ['string', 'null'] } } };
const card = { type: 'object', required: ['id'], properties: { id: { type: 'integer' }, city: { ...city, $ref: 'customer.city' } } };
const names = { type: 'array', items: { type: 'string' } };
const field = (name: string, shape: JsonObject) => ({
  id: permanentId(`f_${name}x`),
  no: 90,
  name,
  type: { kind: 'json' as const, shape },
  required: true,
  unique: false,
  sensitive: false,
});

test('shapes that an entity names stand once in the document, and are referred to, alone, in lists, within one another and where they may be null', async () => {
  const [first] = specimenModel.operations;
  assert.ok(first !== undefined);
  const shown: JsonObject = {
    type: 'object',
    properties: {
      data: { type: 'array', items: { ...card, $ref: 'customer.card' } },
      last: { ...card, type: ['object', 'null'], $ref: 'customer.card', nullable: true },
      tags: names,
    },
  };
  const model = {
    ...specimenModel,
    entities: specimenModel.entities.map((entity) => (entity.name === 'customer' ? { ...entity, shapes: { city, card, names } } : entity)),
    operations: [{ ...first, output: { whole: true as const, fields: [field('body', shown)] } }, ...specimenModel.operations.slice(1)],
  };
  const document = openApiOf(model, firstGeneration);
  const { schemas } = document['components'] as unknown as { readonly schemas: { readonly [name: string]: JsonObject } };
  const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/Shape.Customer.${name}` });
  const output = Object.entries(schemas).find(([name]) => name.startsWith('Operation.') && name.endsWith('.Output'))?.[1];
  assert.deepEqual(output?.['properties'], {
    data: { type: 'array', items: ref('Card') },
    last: { anyOf: [ref('Card'), { type: 'null' }] },
    tags: names,
  });
  assert.deepEqual(schemas['Shape.Customer.Card']?.['properties'], { id: { type: 'integer' }, city: ref('City') });
  assert.deepEqual(schemas['Shape.Customer.City'], city);
  assert.deepEqual(
    Object.keys(schemas)
      .filter((name) => name.startsWith('Shape.'))
      .sort(),
    ['Shape.Customer.Card', 'Shape.Customer.City'],
  );
  assert.deepEqual(await new Validator().validate(JSON.parse(JSON.stringify(document))), { valid: true });
});
