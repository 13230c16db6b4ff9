import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Expression, PermanentId } from '#kernel';
import fc from 'fast-check';
import { describeExpression } from '../describe.ts';
import { printExpression, printFunction } from '../print.ts';
import { evaluate } from '../evaluate.ts';
import { agreedRows, asValue, parseWritten } from './agreement.ts';
import { drawn } from './drawn.ts';
import { anyExpression } from './generated.ts';
import { contextOf } from './rows.ts';
import { customerId, orderId, parseSource, productId, specimenNames } from './specimens.ts';
import { writtenRule } from './written-rules.ts';

const names = { [customerId]: 'customer', [orderId]: 'order', [productId]: 'product' };
const shown = (expression: Expression, of: PermanentId): string =>
  printFunction(expression, specimenNames, { inputs: { row: names[of] ?? 'row' }, parameters: (inputs) => `(${inputs.get('row')})` });
function parsed(source: string, on: PermanentId, expected?: Expression['type']): Expression {
  const result = parseSource(source, { on, ...(expected ? { expected } : {}) });
  if (!result.ok) throw new Error(`${result.problems.map((problem) => problem.message).join('\n')}\n${source}`);
  return result.expression;
}

/** The parser knows more of what is there than a generated expression says: the conditions around a value. */
const withoutNarrowing = (expression: Expression): unknown =>
  JSON.parse(JSON.stringify(expression).replaceAll('"optional":true', '"optional":false'));

test('what was printed is parsed to the same expression, whatever the expression', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(orderId, customerId, productId).chain((of) => fc.tuple(fc.constant(of), anyExpression(of, 4))),
      ([of, expression]) => {
        const source = shown(expression, of);
        const again = parsed(source, of, expression.type);
        assert.deepEqual(withoutNarrowing(again), withoutNarrowing(expression), source);
        assert.deepEqual(parsed(shown(again, of), of, again.type), again, source);
      },
    ),
    { seed: Number(process.env['RULES_SEED'] ?? 7), numRuns: Number(process.env['RULES_RUNS'] ?? 1000), endOnFailure: true },
  );
});

test('a rule as people write it is printed plainly, and means the same', () => {
  const seed = Number(process.env['RULES_SEED'] ?? 7);
  const rows = agreedRows(seed);
  const context = contextOf(rows, 20_100);
  let [printed, again] = [0, 0];
  for (let number = 0; number < Number(process.env['RULES_RUNS'] ?? 120); number += 1) {
    const rule = writtenRule(drawn(seed, number));
    const first = parseWritten(rule);
    if (!first.ok) continue;
    printed += 1;
    const source = shown(first.expression, orderId);
    const second = parseWritten({ ...rule, source });
    if (!second.ok) continue;
    again += 1;
    for (const row of rows[orderId] ?? []) {
      const of = ({ expression }: typeof first): unknown => asValue(expression, () => evaluate(expression, { row }, context));
      assert.deepEqual(of(second), of(first), `${rule.source}\n${source}`);
    }
  }
  assert.ok(printed > 0 && again >= printed * 0.97, `${again} of ${printed}`);
});

test('every expression can be said in English', () => {
  fc.assert(
    fc.property(anyExpression(orderId, 3), (expression) => {
      assert.match(describeExpression(expression, specimenNames), /\S/);
    }),
    { seed: 7, numRuns: 300, endOnFailure: true },
  );
});

const written: readonly (readonly [source: string, english: string])[] = [
  ['(order) => sum(order.lines, (line) => line.quantity * line.unitPrice)', 'the sum of the quantity times the unit price over its lines'],
  [
    "(order) => order.customer.tier === 'gold' && order.shipping > money('500.00') ? percentOf(order.shipping, 10) : money('0.00')",
    '10% of the shipping, rounded half up to 2 digits after the point if the tier of the customer is gold and the shipping is more than 500, otherwise 0',
  ],
  ['(order) => addDays(order.placedOn ?? order.dueOn, 30)', '30 days after the placed on (or the due on where it is not given)'],
  ['(order) => order.lines.some((line) => line.rebate !== undefined)', 'for at least one of its lines, the rebate is given'],
  [
    "(order) => count(order.customer.ordersByCustomer.filter((other) => other.status === 'open'))",
    'the number of the orders by customer of the customer where the status is open',
  ],
  [
    `(order) => {
  const due = order.placedOn ?? order.dueOn;
  if (due < today()) return money('5.00');
  return order.shipping;
}`,
    '5 if the due is before today, otherwise the shipping, where the due is the placed on (or the due on where it is not given)',
  ],
];
for (const [source, english] of written) {
  test(`it is said as a person would: ${english}`, () => {
    const expression = parsed(source, orderId);
    assert.equal(shown(expression, orderId), source);
    assert.equal(describeExpression(expression, specimenNames), english);
  });
}

test('a name that an item has taken is not taken again for the row', () => {
  const expression = parsed('(x) => x.lines.some((order) => order.quantity > 3 && x.gift)', orderId);
  const source = shown(expression, orderId);
  assert.equal(source, '(order2) => order2.lines.some((order) => order.quantity > 3 && order2.gift)');
  assert.deepEqual(parsed(source, orderId), expression);
});

test('a rule that is called stands in its place, its own names apart from those there', () => {
  const body = parsed('(order) => order.lines.some((line) => line.quantity > 3) ? percentOf(order.shipping, 10) : order.shipping', orderId);
  const result = parseSource('(customer) => sum(customer.ordersByCustomer, (line) => pay(line))', {
    on: customerId,
    rules: { pay: { on: orderId, body } },
  });
  assert.ok(result.ok);
  assert.equal(
    printExpression(result.expression, specimenNames, { inputs: { row: 'customer' } }),
    'sum(customer.ordersByCustomer, (line) => line.lines.some((line2) => line2.quantity > 3) ? percentOf(line.shipping, 10) : line.shipping)',
  );
});
