import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FieldJson, Widget } from '#api/client';
import type { Place } from '../values/format.ts';
import { idNames, rowOfImage } from './stored-values.ts';

const place: Place = { locale: 'en', timeZone: 'UTC', currency: { code: 'EUR', digits: 2 } };
const field = (id: string, name: string, widget: Widget, more: Partial<FieldJson> = {}): FieldJson => ({
  id,
  name,
  label: name,
  widget,
  required: false,
  unique: false,
  sensitive: false,
  derived: null,
  default: null,
  defaultComputed: false,
  min: null,
  max: null,
  scale: null,
  unit: null,
  choices: null,
  workflow: null,
  to: null,
  item: null,
  ...more,
});
const contract = {
  fields: [{ id: 'f_s', name: 'state', type: { kind: 'choice', choices: [{ id: 'c_open', name: 'open' }] } }],
  retired: [{ id: 'f_old', no: 9, name: 'category' }],
};

test('values that were kept by permanent ids show by the names of today, amounts to the cent', () => {
  const fields = [
    field('f_p', 'price', 'money'),
    field('f_s', 'state', 'select'),
    field('f_l', 'lines', 'list', { item: { name: 'line', label: 'Line', fields: [field('f_q', 'quantity', 'integer')] } }),
  ];
  const image = { version: 2, f_p: 5, f_s: 'c_open', f_l: [{ id: 'l1', f_q: 3 }], f_old: 'tea' };
  assert.deepEqual(rowOfImage(fields, image, idNames(contract), place), {
    version: 2,
    price: { amount: '0.05', currency: 'EUR' },
    state: 'open',
    lines: [{ id: 'l1', quantity: 3 }],
    category: 'tea',
  });
});

test('negative amounts and currencies without cents are right', () => {
  const fields = [field('f_p', 'price', 'money')];
  assert.deepEqual(rowOfImage(fields, { f_p: -1250 }, idNames(undefined), place)['price'], { amount: '-12.50', currency: 'EUR' });
  assert.deepEqual(rowOfImage(fields, { f_p: 1250 }, idNames(undefined), { ...place, currency: { code: 'JPY', digits: 0 } })['price'], {
    amount: '1250',
    currency: 'JPY',
  });
});
