import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { permanentId, type EntityContract, type Field, type FieldType } from '#kernel';
import { valuesArbitrary } from './arbitrary.ts';
import {
  columnsOf,
  createSchema,
  formField,
  isFieldError,
  openApiSchemas,
  rowSchema,
  rowToJson,
  updateSchema,
  valuesFromJson,
  type PlainValues,
} from './index.ts';

const settings = { currency: { code: 'EUR', digits: 2 } };
const field = (name: string, no: number, type: FieldType, more: Partial<Field> = {}): Field => ({
  id: permanentId(`f_${name.toLowerCase()}`),
  no,
  name,
  type,
  required: false,
  unique: false,
  sensitive: false,
  ...more,
});
const entity: EntityContract = {
  kind: 'entity',
  id: permanentId('e_note'),
  name: 'note',
  plural: 'notes',
  title: 'name',
  retired: [],
  invariants: [],
  fields: [
    field('name', 1, { kind: 'text', max: 20 }, { required: true, unique: true }),
    field('body', 2, { kind: 'text', multiline: true }),
    field('count', 3, { kind: 'integer', min: 0, max: 9 }, { required: true, default: { literal: 1 } }),
    field('price', 4, { kind: 'money', min: '0.00' }),
    field('share', 5, { kind: 'decimal', scale: 3 }),
    field('weight', 6, { kind: 'quantity', unit: 'kg', scale: 1 }),
    field('done', 7, { kind: 'boolean' }),
    field('day', 8, { kind: 'date' }),
    field('moment', 9, { kind: 'instant' }),
    field('length', 10, { kind: 'duration' }),
    field('mail', 11, { kind: 'email' }),
    field('site', 12, { kind: 'url' }),
    field('state', 13, {
      kind: 'choice',
      choices: [
        { id: permanentId('c_open'), name: 'open' },
        { id: permanentId('c_done'), name: 'done' },
      ],
    }),
    field('owner', 14, { kind: 'reference', to: permanentId('e_user') }),
    field(
      'lines',
      15,
      {
        kind: 'list',
        item: 'line',
        itemId: permanentId('e_line'),
        fields: [field('quantity', 1, { kind: 'integer', min: 1 }, { required: true })],
      },
      { required: true },
    ),
    field('extra', 16, { kind: 'json' }),
    field('due', 17, { kind: 'date' }, { derived: { mode: 'live', formula: { node: 'today', type: { kind: 'date', optional: false } } } }),
  ],
};

test('each field has the columns that its permanent id names; money has its currency, a list a table of its own', () => {
  assert.deepEqual(
    entity.fields
      .flatMap(columnsOf)
      .map(({ name, type }) => `${name} ${type}`)
      .slice(0, 5),
    ['f_name text', 'f_body text', 'f_count bigint', 'f_price bigint', 'f_price_c text'],
  );
  assert.equal(
    entity.fields.flatMap(columnsOf).some(({ name }) => name.startsWith('f_lines')),
    false,
  );
});

test('a form shows what a person may enter, with its bounds; what is computed is shown only', () => {
  const forms = new Map(entity.fields.map((each) => [each.name, formField(each, settings)]));
  assert.deepEqual(forms.get('price'), {
    name: 'price',
    label: 'Price',
    widget: 'money',
    required: false,
    readOnly: false,
    sensitive: false,
    min: '0.00',
    scale: 2,
    unit: 'EUR',
  });
  assert.equal(forms.get('name')?.required, true);
  assert.equal(forms.get('count')?.required, false, 'a default stands in for it');
  assert.equal(forms.get('due')?.readOnly, true);
  assert.deepEqual(forms.get('state')?.choices, ['open', 'done']);
  assert.equal(forms.get('lines')?.items?.[0]?.widget, 'whole');
});

test('the schemas are good OpenAPI 3.1 in the eyes of an outside validator', async () => {
  const schemas = openApiSchemas(entity, settings);
  assert.deepEqual(Object.keys(schemas), ['Note', 'NoteCreate', 'NoteUpdate']);
  const answer = await new Validator().validate({
    openapi: '3.1.0',
    info: { title: 'x', version: '1' },
    paths: {},
    components: { schemas },
  });
  assert.equal(answer.valid, true, JSON.stringify(answer.errors));
});

test('generated values are taken as they are, and their JSON fits the schemas of row, create and update', () => {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  const [row, create, update] = [rowSchema(entity, settings), createSchema(entity, settings), updateSchema(entity, settings)].map(
    (schema) => ajv.compile(schema),
  );
  assert.ok(row && create && update);
  fc.assert(
    fc.property(valuesArbitrary(entity.fields, { settings }), (values: PlainValues) => {
      const json = Object.fromEntries(
        Object.entries(rowToJson(entity.fields, values, settings)).filter(([name]) => Object.hasOwn(values, name)),
      );
      assert.ok(create(json), JSON.stringify([create.errors, json]));
      assert.ok(update(json));
      const again = valuesFromJson(entity.fields, json, settings, 'create');
      assert.ok(!isFieldError(again));
      assert.deepEqual(again, { ...values });
      const stored = {
        ...values,
        id: '019a0000-0000-7000-8000-000000000000',
        version: 1,
        count: values['count'] ?? 1,
        due: '2026-01-31',
        lines: [],
      };
      assert.ok(row(rowToJson(entity.fields, stored, settings)), JSON.stringify(row.errors));
    }),
    { numRuns: 200 },
  );
});
