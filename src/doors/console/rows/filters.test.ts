import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EntityJson, FieldJson, Widget } from '#api/client';
import type { Place } from '../values/format.ts';
import { alteredValues, clashesOf } from './differing.ts';
import { filtersIn, filterWords, queryFor } from './filters.ts';

const place: Place = { locale: 'en', timeZone: 'UTC', currency: { code: 'EUR', digits: 2 } };
const field = (name: string, widget: Widget, label = name): FieldJson => ({
  id: name,
  name,
  label,
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
});
const order: EntityJson = {
  id: 'e',
  name: 'order',
  plural: 'orders',
  label: 'Order',
  pluralLabel: 'Orders',
  path: '/api/orders',
  title: 'placedOn',
  operations: [],
  approvals: [],
  moves: [],
  fields: [field('total', 'money', 'Total'), field('placedOn', 'date', 'Placed on'), field('paid', 'checkbox', 'Paid')],
};

test('an address keeps only what the list takes, because addresses outlive fields', () => {
  assert.deepEqual(queryFor(order, { 'total[gt]': '500', gone: '1', 'gone[lt]': '2', sort: '-gone', q: 'x', 'paid[huge]': '1' }), {
    'total[gt]': '500',
    q: 'x',
  });
  assert.deepEqual(queryFor(order, { sort: '-total', q: ' ' }), { sort: '-total' });
});

test('filters are said in words', () => {
  const words = filtersIn(order, { 'total[gt]': '500', 'placedOn[lt]': '2026-01-31', paid: 'false' }).map((filter) =>
    filterWords(filter, place, undefined),
  );
  assert.deepEqual(words, ['Total is more than €500.00', 'Placed on is before Jan 31, 2026', 'Paid is no']);
});

test('only what was altered is sent, whatever the order of members', () => {
  const row = { id: 'r', version: 1, total: { amount: '1.00', currency: 'EUR' }, placedOn: null, paid: false };
  assert.deepEqual(alteredValues(row, { total: { currency: 'EUR', amount: '1.00' }, placedOn: null, paid: true }), { paid: true });
});

test('of a stale edit each field tells who altered it, and where both did', () => {
  const opened = { id: 'r', version: 1, total: '1', placedOn: '2026-01-01', paid: false };
  const current = { id: 'r', version: 2, total: '2', placedOn: '2026-02-02', paid: false };
  const clashes = clashesOf(order.fields, opened, current, { total: '3', paid: true });
  assert.deepEqual(
    clashes.map(({ field: { name }, both }) => [name, both]),
    [
      ['total', true],
      ['placedOn', false],
    ],
  );
});
