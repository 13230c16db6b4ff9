import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Expression, Rounding } from '#kernel';
import { addMonths, civilOf, daysOf, daysOfText, firstDay, lastDay, textOfDays } from './calendar.ts';
import { customerId, orderId, parseSource } from './conformance/specimens.ts';
import { compileJavaScript } from './javascript.ts';
import { numberType } from './value-type.ts';

const number = (value: number, scale = 0): Expression => ({ node: 'constant', type: numberType(scale), value });
const compute = (expression: Expression, row: unknown = {}): unknown => compileJavaScript(expression)({ row }, { today: 20000 });
const parsed = (source: string, on = orderId): Expression => {
  const result = parseSource(source, { on });
  if (!result.ok) throw new Error(result.problems[0]?.message);
  return result.expression;
};

const roundings: readonly (readonly [mode: Rounding, results: readonly number[]])[] = [
  ['half-up', [-3, -2, -1, 0, 1, 2, 3]],
  ['half-even', [-2, -2, 0, 0, 0, 2, 2]],
  ['down', [-2, -1, 0, 0, 0, 1, 2]],
  ['up', [-3, -2, -1, 0, 1, 2, 3]],
];
for (const [rounding, results] of roundings) {
  test(`halves are rounded ${rounding} to ${results.join(', ')}`, () => {
    const values = [-25, -15, -5, 0, 5, 15, 25];
    assert.deepEqual(
      values.map((value) => compute({ node: 'round', of: number(value, 1), scale: 0, rounding, type: numberType(0) })),
      results,
    );
    assert.deepEqual(
      values.map((value) => compute({ node: 'divide', left: number(value), right: number(10), scale: 0, rounding, type: numberType(0) })),
      results,
    );
  });
}

test('what leaves the safe integers is a fault, never a rounded number', () => {
  const large = number(Number.MAX_SAFE_INTEGER);
  for (const [op, right] of [
    ['add', number(1)],
    ['multiply', number(2)],
    ['subtract', number(-1)],
  ] as const) {
    assert.throws(() => compute({ node: 'binary', op, left: large, right, type: numberType(0) }), { code: 'overflow' });
  }
  assert.throws(
    () =>
      compute({
        node: 'addToDate',
        of: { node: 'today', type: { kind: 'date', optional: false } },
        amount: number(9_000_000),
        unit: 'days',
        type: { kind: 'date', optional: false },
      }),
    { code: 'overflow' },
  );
});

test('a sum that goes out of the safe integers and comes back is exact', () => {
  const lines = [Number.MAX_SAFE_INTEGER, 5, 7, -Number.MAX_SAFE_INTEGER].map((quantity) => ({ quantity }));
  assert.equal(compute(parsed('(order) => sum(order.lines, (line) => line.quantity)'), { lines }), 12);
});

test('what a row does not have is absent, and nothing is inherited', () => {
  assert.equal(compute(parsed('(order) => order.urgent ?? false'), {}), false);
  const field: Expression = {
    node: 'field',
    of: { node: 'input', name: 'row', type: { kind: 'row', of: orderId, optional: false } },
    field: '__proto__',
    id: 'f_xxx' as never,
    type: { kind: 'text', optional: true },
  };
  assert.equal(compute(field, {}), null);
  assert.equal(compute({ ...field, field: 'constructor' }, {}), null);
});

test('a hostile name or text stays a name or a text in the emitted code', () => {
  const hostile = '"]; throw new Error("out"); //\u2028`${x}';
  const text: Expression = { node: 'constant', type: { kind: 'text', optional: false }, value: hostile };
  assert.equal(compute(text), hostile);
  assert.equal(
    compute({ node: 'let', name: hostile, value: text, body: { node: 'input', name: hostile, type: text.type }, type: text.type }),
    hostile,
  );
});

test('what a rule asks of other rows must be given', () => {
  const rule = compileJavaScript(parsed('(customer) => count(customer.ordersByCustomer)', customerId));
  assert.throws(() => rule({ row: { id: 'c1' } }, { today: 0 }), { code: 'bug' });
  assert.equal(
    rule(
      { row: { id: 'c1' } },
      { today: 0, related: (entity, via, id) => (entity === orderId && via === 'f_cust' && id === 'c1' ? [{}, {}] : []) },
    ),
    2,
  );
});

test('days, months and their texts follow the calendar from the first to the last day', () => {
  assert.equal(textOfDays(firstDay), '0001-01-01');
  assert.equal(textOfDays(lastDay), '9999-12-31');
  for (let day = firstDay; day <= lastDay; day += 997) {
    assert.equal(daysOf(civilOf(day)), day);
    assert.equal(daysOfText(textOfDays(day)), day);
  }
  const moved = (text: string, months: number): string => textOfDays(addMonths(daysOfText(text) ?? 0, months));
  assert.equal(moved('2024-01-31', 1), '2024-02-29');
  assert.equal(moved('2023-01-31', 1), '2023-02-28');
  assert.equal(moved('2024-03-31', -1), '2024-02-29');
  assert.equal(moved('2024-02-29', 12), '2025-02-28');
  assert.equal(daysOfText('2023-02-29'), undefined);
  assert.equal(daysOfText('1900-02-29'), undefined);
});
