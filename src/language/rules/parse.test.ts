import assert from 'node:assert/strict';
import { test } from 'node:test';
import { customerId, orderId, parseSource, productId } from './conformance/specimens.ts';
import { evaluate } from './evaluate.ts';
import { parseExpression } from './parse.ts';
import { booleanType, dateType, numberType, optionally, textType } from './value-type.ts';

const money = numberType(2, true);
const order = {
  id: 'o1',
  shipping: 1250,
  weight: 15,
  rate: null,
  gift: true,
  urgent: null,
  note: null,
  placedOn: null,
  dueOn: 20100,
  status: 'c_open',
  referrer: null,
  lines: [
    { id: 'l1', quantity: 3, unitPrice: 450, rebate: null },
    { id: 'l2', quantity: 1, unitPrice: 50, rebate: 25 },
  ],
};
const context = { today: 20100 };

const accepted: readonly (readonly [source: string, value: unknown])[] = [
  ['(order) => sum(order.lines, (line) => line.quantity * line.unitPrice)', 1400],
  ["(order) => order.shipping + money('1.5')", 1400],
  ['(order) => percentOf(order.shipping, 12.5)', 156],
  ['(order) => percentOf(order.shipping, order.gift ? 10 : 5)', 125],
  ["(order) => divide(order.shipping, 3, { scale: 2, rounding: 'half-up' })", 417],
  ["(order) => divide(order.shipping, 0 - 4, { scale: 0, rounding: 'half-even' }) ?? money('0.00')", -300],
  ['(order) => order.weight + 1', 25],
  ['(order) => 0.10 * order.weight', 15],
  ['(order) => (order.rate ?? 1) * 2', 2000],
  ['(order) => order.rate === undefined ? 0 : order.rate * 2', 0],
  ['(order) => order.rate !== undefined && order.rate > 0', false],
  ['(order) => order.rate === undefined || order.rate > 0', true],
  ['(order) => order.urgent ?? order.gift', true],
  ['(order) => !order.urgent', true],
  ["(order) => order.status === 'open'", true],
  ["(order) => 'open' !== order.status", false],
  ["(order) => order.note === 'x'", false],
  ['(order) => order.note === order.note', true],
  ['(order) => order.lines.filter((line) => line.rebate !== undefined).every((line) => line.quantity === 1)', true],
  ['(order) => sum(order.lines.filter((line) => line.rebate !== undefined), (line) => line.rebate)', 25],
  ['(order) => count(order.lines)', 2],
  ["(order) => largest(order.lines, (line) => line.unitPrice) ?? money('0.00')", 450],
  ['(order) => average(order.lines, (line) => line.quantity)', 200],
  ["(order) => average(order.lines, (line) => line.quantity, { scale: 0, rounding: 'up' })", 2],
  ["(order) => min(order.shipping, money('5.00'))", 500],
  ['(order) => daysBetween(order.dueOn, addMonths(today(), 1))', 31],
  ["(order) => order.dueOn >= date('2024-01-31')", true],
  ['(order) => order.placedOn === undefined ? undefined : addDays(order.placedOn, 30)', null],
  ['(order) => { if (order.gift) return order.dueOn; else { const a = order.dueOn; return addDays(a, 1); } }', 20100],
  ["(order) => order.referrer?.tier === 'gold'", false],
];
for (const [source, value] of accepted) {
  test(`it is understood: ${source}`, () => {
    const result = parseSource(source);
    if (!result.ok) return assert.fail(result.problems[0]?.message);
    return assert.deepEqual(evaluate(result.expression, { row: order }, context), value);
  });
}

const refused: readonly (readonly [source: string, says: RegExp])[] = [
  ['(order) => order.totl', /An order has no `totl`\. Known here: customer/],
  ['(order) => order.shiping', /Did you mean `shipping`\?/],
  ['(order) => ordr.shipping', /The name `ordr` is not known here\. Did you mean `order`\?/],
  ['(order) => order.rate * 2', /may be absent.*`\.\.\. \?\? 0`/],
  ['(order) => order.placedOn < today()', /may be absent/],
  ["(order) => order.customer.creditLimit + money('1.00')", /`\.\.\. \?\? money\('0\.00'\)`/],
  ['(order) => order.referrer.tier', /write `\?\.tier`/],
  ['(order) => order.referrer?.ordersByCustomer.some((o) => o.gift)', /ask first/],
  ['(order) => order.shipping > 500', /money\('500\.00'\)/],
  ['(order) => order.gift ? order.shipping : 0', /money\('500\.00'\)/],
  ['(order) => order.shipping * order.shipping', /Money cannot be multiplied with money/],
  ['(order) => order.shipping / 2', /divide\(a, b/],
  ["(order) => divide(order.shipping, 0, { scale: 2, rounding: 'half-up' })", /division by zero/],
  ['(order) => divide(order.shipping, 2)', /Write `divide/],
  ["(order) => round(order.shipping, { scale: 2, rounding: 'near' })", /half-up, half-even, down, up/],
  ['(order) => order.weight % 2', /no remainder/],
  ["(order) => order.status === 'opn'", /none of its choices: 'open', 'paid', 'shipped'/],
  ["(order) => order.status < 'paid'", /has no order/],
  ["(order) => order.note < 'a'", /has no order/],
  ["(order) => order.note + 'a'", /Texts cannot be joined/],
  ["(order) => order.dueOn > '2026-01-01'", /date\('2026-01-31'\)/],
  ["(order) => date('2026-02-30') > order.dueOn", /no date of the calendar/],
  ['(order) => order.dueOn + 30', /addDays/],
  ["(order) => money('1.005')", /2 digits after the point/],
  ['(order) => order.status === order.customer.tier', /cannot be compared/],
  ['(order) => order.gift == true', /Write `===`/],
  ['(order) => order.note === null', /written `undefined`/],
  ['(order) => order.lines.length', /count\(list\)/],
  ['(order) => order.lines.reduce((a, line) => a + line.quantity, 0)', /sum\(list/],
  ['(order) => order.lines.map((line) => line.quantity)', /sum\(list/],
  ['(order) => order.lines.filter((line) => line.quantity > 1)', /counted, summed or asked/],
  ['(order) => order.lines[0].quantity', /Square brackets/],
  ["(order) => order['shipping']", /Square brackets/],
  ['(order) => order.lines', /The result is a list/],
  ['(order) => order.lines.some((line) => line.quantity)', /needs a condition/],
  ['(order) => order.shipping ? 1 : 2', /A condition is a yes or no/],
  ['(order) => order.note || order.customer.name', /A condition is a yes or no.*\?\?/],
  ['(order) => { let a = 1; return a; }', /Write `const`/],
  ['(order) => { for (const line of order.lines) return 1; return 2; }', /no loops/],
  ['(order) => { if (order.gift) { order.shipping; } return 1; }', /made of `const`, `if` and `return`/],
  ['(order) => { if (order.gift) return 1; }', /Each way through must end with `return`/],
  ['(order) => { return 1; return 2; }', /Nothing can follow/],
  ['(order) => { const order = 1; return order; }', /is taken here/],
  ['async (order) => order.gift', /cannot wait/],
  ['({ shipping }) => shipping', /Name the row/],
  ['(order, other) => order.gift', /one input/],
  ['(order) => order.rate!', /is not checked/],
  ['(order) => order.rate as number', /another type/],
  ['(order) => `${order.note}`', /cannot be put together/],
  ['(order) => refuse(order)', /cannot be used in a formula/],
  ['(order) => Math.max(1, 2)', /`\.max\(\.\.\.\)` cannot be called/],
  ['(order) => fetch("x")', /The function `fetch` is not known/],
  ['(order) => eval("1")', /is not known/],
  ['(order) => constructor(order)', /is not known/],
  ['(order) => order.constructor', /has no `constructor`/],
  ['(order) => order.__proto__', /has no `__proto__`/],
  ['(order) => 1e3', /plain digits/],
  ['(order) => 9007199254740993', /plain digits/],
  ['(order) => undefined', /has no type here/],
  ["(order) => order.note === 'a\\0b'", /no database can keep/],
  ['(order) => this.x', /cannot be used in a formula/],
  ['(order) => new Date()', /cannot be used in a formula/],
  ['(order) => (order.shipping, 1)', /cannot be used in a formula/],
  ['(order) => sum(...order.lines)', /cannot be used in a formula|Write `sum/],
];
for (const [source, says] of refused) {
  test(`it is refused, saying what to write: ${source}`, () => {
    const result = parseSource(source);
    assert.ok(!result.ok, `it was taken: ${result.ok ? JSON.stringify(result.expression) : ''}`);
    assert.match(result.problems[0]?.message ?? '', says);
    const [problem] = result.problems;
    assert.ok(problem !== undefined && problem.start > 0 && problem.end <= source.length + 1, 'the place is inside the source');
  });
}

test('a result is fitted to what is expected, or refused', () => {
  const fits = (source: string, expected: Parameters<typeof parseSource>[1]): string => {
    const result = parseSource(source, expected);
    return result.ok ? 'fits' : (result.problems[0]?.message ?? '');
  };
  assert.equal(fits('(order) => order.shipping', { expected: money }), 'fits');
  assert.match(
    fits('(order) => order.shipping * 0.5', { expected: money }),
    /3 digits after the point and only 2 fit: write `round\(\.\.\., \{ scale: 2/,
  );
  assert.match(fits('(order) => 0', { expected: money }), /money\('0\.00'\)/);
  assert.match(fits('(order) => order.shipping', { expected: numberType(2) }), /plain number/);
  assert.match(fits('(order) => order.rate', { expected: numberType(3) }), /may be absent/);
  assert.equal(fits('(order) => order.rate', { expected: optionally(numberType(3)) }), 'fits');
  assert.match(fits('(order) => order.gift', { expected: textType }), /must be a text, and this is a yes or no/);
  assert.equal(fits('(order) => order.dueOn', { expected: dateType }), 'fits');
  assert.equal(fits('(order) => order.urgent ?? false', { expected: booleanType }), 'fits');
  assert.equal(
    fits("(c) => c.since > date('2020-01-01') ? 'gold' : 'silver'", {
      on: customerId,
      expected: { kind: 'choice', field: 'f_tier' as never, optional: false },
    }),
    'fits',
  );
});

test('a whole number that is expected with digits is widened', () => {
  const result = parseSource('(product) => product.stock ?? 0', { on: productId, expected: numberType(2) });
  assert.ok(result.ok);
  assert.equal(evaluate(result.expression, { row: { stock: 3 } }, context), 300);
});

test('too deep, too large and too many lists in lists are refused', () => {
  const says = (source: string): string => {
    const result = parseSource(source);
    return result.ok ? 'taken' : (result.problems[0]?.message ?? '');
  };
  assert.match(says(`(order) => ${'!'.repeat(300)}order.gift`), /nested more than 200 deep/);
  assert.match(
    says(
      `(order) => ${Array.from({ length: 150 }, () => `(${Array.from({ length: 15 }, () => 'order.gift').join(' || ')})`).join(' && ')}`,
    ),
    /too large/,
  );
  assert.match(says(`(order) => { ${'if (order.gift) return 1; '.repeat(250)} return 2; }`), /nested more than 200 deep/);
  assert.match(says(`(order) => order${'.x'.repeat(100_000)}`), /nested more than 200 deep|has no `x`/);
  const nested = (depth: number): string => (depth === 0 ? 'o.gift' : `o.customer.ordersByCustomer.some((o) => ${nested(depth - 1)})`);
  assert.equal(says(`(o) => ${nested(3)}`), 'taken');
  assert.match(says(`(o) => ${nested(4)}`), /nested 3 deep/);
});

test('a rule that is called too often is refused before it is made', () => {
  let body = parseSource('(order) => order.gift');
  for (let round = 0; round < 40 && body.ok; round += 1) {
    const rules = { again: { on: orderId, body: body.expression } };
    body = parseSource('(order) => again(order) && again(order)', { rules });
  }
  assert.ok(!body.ok);
  assert.match(body.problems[0]?.message ?? '', /too large/);
});

test('a rule by its name alone is the formula', () => {
  const rule = parseSource('(order) => percentOf(order.shipping, 10)', { expected: money });
  assert.ok(rule.ok);
  assert.deepEqual(parseSource('pay', { expected: money, rules: { pay: { on: orderId, body: rule.expression } } }), rule);
});

test('a tree that no parser made is refused, never thrown at', () => {
  for (const tree of [
    null,
    7,
    {},
    { type: 'ArrowFunctionExpression', start: 0, end: 1 },
    { type: 'BinaryExpression', operator: '+', start: 0, end: 1 },
    { type: 'CallExpression', callee: { type: 'Identifier', name: 'toString', start: 0, end: 1 }, arguments: 3, start: 0, end: 1 },
    { type: 'Literal', start: 0, end: 0, value: {} },
  ]) {
    const result = parseExpression(tree, {
      inputs: [],
      member: () => undefined,
      memberNames: () => [],
      rowName: () => 'row',
      choices: () => [],
      rule: () => undefined,
      sdk: (name) => name,
      currencyDigits: 2,
    });
    assert.equal(result.ok, false);
  }
});
