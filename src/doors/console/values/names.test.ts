import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EntityJson } from '#api/client';
import { entityAtSegment } from './names.ts';

const entity = (name: string, plural: string, segment: string, label: string): EntityJson =>
  ({ id: `e_${name}`, name, plural, label, pluralLabel: `${label}s`, path: `/api/${segment}` }) as EntityJson;
const entities = [
  entity('order', 'orders', 'orders', 'Order'),
  entity('orderLine', 'orderLines', 'order-lines', 'Order line'),
  // Its path is the name of another one.
  entity('purchase', 'purchases', 'order', 'Purchase'),
];
const at = (segment: string, among = entities): string | undefined => entityAtSegment({ entities: among }, segment)?.name;

test('an entity is found by its path, its name, its plural, its label and its permanent id', () => {
  const [order, line] = entities;
  assert.ok(order !== undefined && line !== undefined);
  for (const segment of ['orders', 'order', 'Order', 'e_order']) assert.equal(at(segment, [order, line]), 'order', segment);
  for (const segment of ['order-lines', 'order-line', 'orderLine', 'orderLines', 'order line', 'ORDER_LINES', 'e_orderLine'])
    assert.equal(at(segment), 'orderLine', segment);
});

test('a path goes before a name, and what nothing is called finds nothing', () => {
  assert.equal(at('order'), 'purchase');
  for (const segment of ['', '-', 'e_', 'invoice', 'E_ORDER', 'toString']) assert.equal(at(segment), undefined, segment);
});
