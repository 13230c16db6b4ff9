import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FieldJson, Widget } from '#api/client';
import { formOf, placesOf, plainNumber, toBody, withoutAbsent } from './form-value.ts';
import type { Place } from './format.ts';

const english: Place = { locale: 'en', timeZone: 'Europe/Berlin', currency: { code: 'EUR', digits: 2 } };
const german: Place = { ...english, locale: 'de' };
const field = (name: string, widget: Widget, more: Partial<FieldJson> = {}): FieldJson => ({
  id: name,
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

test('numbers are read as the locale writes them, and not as another one would', () => {
  assert.equal(plainNumber('1,250.50', english), '1250.50');
  assert.equal(plainNumber('1.250,50', german), '1250.50');
  assert.equal(plainNumber('-3', english), '-3');
  assert.equal(plainNumber('€ 12', english), '12');
  for (const text of ['1,25.50', '12,5', '1.2.3', 'abc', '', '1e5']) assert.equal(plainNumber(text, english), undefined, text);
});

test('an amount is sent with all digits of the currency, and never through a floating number', () => {
  const price = [field('price', 'money')];
  assert.deepEqual(toBody(price, { price: '90071992547409.9' }, english).body, { price: { amount: '90071992547409.90', currency: 'EUR' } });
  assert.deepEqual(toBody(price, { price: '' }, english).body, { price: null });
  assert.match(toBody(price, { price: 'much' }, english).faults['price'] ?? '', /1250\.50/);
});

test('what a form shows of a row is what it sends back, lists and their ids included', () => {
  const fields = [
    field('price', 'money'),
    field('when', 'instant'),
    field('paid', 'checkbox'),
    field('day', 'date'),
    field('weight', 'decimal'),
    field('extra', 'json'),
    field('lines', 'list', { item: { name: 'line', label: 'Line', fields: [field('quantity', 'integer'), field('price', 'money')] } }),
  ];
  const row = {
    price: { amount: '1250.50', currency: 'EUR' },
    when: '2026-07-01T10:00:05.000Z',
    paid: true,
    day: '2026-02-28',
    weight: '1.500',
    extra: { a: [1] },
    lines: [{ id: 'l1', quantity: 3, price: { amount: '2.00', currency: 'EUR' } }],
  };
  for (const place of [english, german]) assert.deepEqual(toBody(fields, formOf(fields, row, place), place), { body: row, faults: {} });
});

test('a fault in an item names its place', () => {
  const lines = field('lines', 'list', { item: { name: 'line', label: 'Line', fields: [field('quantity', 'integer')] } });
  const { faults } = toBody(
    [lines],
    {
      lines: [
        { key: 'a', id: null, values: { quantity: '1' } },
        { key: 'b', id: null, values: { quantity: '1.5' } },
      ],
    },
    english,
  );
  assert.deepEqual(Object.keys(faults), ['lines.1.quantity']);
});

test('computed fields are never sent, and empty ones of something new are left to their defaults', () => {
  const fields = [field('name', 'text'), field('total', 'money', { derived: 'live' })];
  assert.deepEqual(withoutAbsent(toBody(fields, { name: '', total: '3' }, english).body), {});
});

test('a message about a place that the form does not show is not taken for shown', () => {
  const lines = field('lines', 'list', { item: { name: 'line', label: 'Line', fields: [field('quantity', 'integer')] } });
  const places = placesOf([lines, field('total', 'money', { derived: 'live' })], { lines: [{ key: 'a', id: null, values: {} }] });
  assert.deepEqual([...places], ['lines', 'lines.0', 'lines.0.quantity']);
});
