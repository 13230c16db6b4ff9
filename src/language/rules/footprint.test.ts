import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Expression } from '#kernel';
import { customerId, lineId, orderId, parseSource, productId, specimenNames } from './conformance/specimens.ts';
import { constantsOf } from './constants.ts';
import { dependsOnOwnRowOnly, footprintOf } from './footprint.ts';
import { mutantsOf } from './mutate.ts';

const parsed = (source: string, on = orderId): Expression => {
  const result = parseSource(source, { on });
  if (!result.ok) throw new Error(result.problems[0]?.message);
  return result.expression;
};

test('a footprint names every field that is read, followed references and related rows included', () => {
  const { fields, entities, today } = footprintOf(
    parsed(
      '(customer) => customer.ordersByCustomer.some((order) => order.dueOn < today() && order.lines.every((line) => (line.product.stock ?? 0) > 0))',
      customerId,
    ),
  );
  assert.deepEqual(
    new Set(fields.map(({ row, field }) => `${row} ${field}`)),
    new Set([`${orderId} f_cust`, `${orderId} f_due`, `${orderId} f_lines`, `${lineId} f_prod`, `${productId} f_stock`]),
  );
  assert.deepEqual(new Set(entities), new Set([orderId, productId]));
  assert.equal(today, true);
});

test('the lists of a row belong to it; a reference that is read through does not', () => {
  assert.equal(dependsOnOwnRowOnly(parsed('(order) => sum(order.lines, (line) => line.quantity)')), true);
  assert.equal(dependsOnOwnRowOnly(parsed('(order) => order.customer === order.referrer')), true);
  assert.equal(dependsOnOwnRowOnly(parsed("(order) => order.customer.tier === 'gold'")), false);
  assert.equal(dependsOnOwnRowOnly(parsed('(customer) => count(customer.ordersByCustomer)', customerId)), false);
});

test('each constant is found once, as a rule value', () => {
  assert.deepEqual(
    constantsOf(
      parsed(
        "(order) => order.shipping > money('500.00') && order.status === 'open' || order.shipping < money('500.00') || order.dueOn === date('1970-01-02')",
      ),
    ).map(({ value }) => value),
    [50000, 'c_open', 1],
  );
});

test('a discount is broken in each way that a test should notice', () => {
  const kinds = mutantsOf(
    parsed("(order) => order.customer.tier === 'gold' && order.shipping > money('500.00') ? percentOf(order.shipping, 10) : money('0.00')"),
    specimenNames,
  );
  const said = kinds.map(({ kind, description }) => `${kind}: ${description}`);
  for (const expected of [
    'boundary: "the shipping is more than 500" became "the shipping is at least 500"',
    'negation: "the shipping is more than 500" became "the shipping is at most 500"',
    'constant: "500" became "500.01"',
    'constant: "500" became "499.99"',
    'choice: "gold" became "standard"',
    'operator: "the tier of the customer is gold and the shipping is more than 500" became "the tier of the customer is gold or the shipping is more than 500"',
    'rounding: "10% of the shipping, rounded half up to 2 digits after the point" became "10% of the shipping, rounded down to 2 digits after the point"',
  ])
    assert.ok(said.includes(expected), `${expected}\n${said.join('\n')}`);
  assert.equal(new Set(kinds.map(({ expression }) => JSON.stringify(expression))).size, kinds.length);
});
