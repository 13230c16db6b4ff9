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
  ['(order) => (count(order.lines) - 5) % 2', -1],
  // tables and records that stand in the formula
  ['(order) => ({ open: 1, paid: 2, shipped: 3 })[order.status]', 1],
  ["(order) => { const cost = { open: money('1.00'), paid: money('2.00') }; return cost[order.status] ?? money('0.00'); }", 100],
  [
    `(order) => {
      const rates = [
        { status: 'paid', upTo: money('99.00'), cost: 1 },
        { status: 'open', upTo: money('12.50'), cost: 2 },
        { status: 'open', upTo: undefined, cost: 3 },
      ];
      const rate = rates.find((one) => one.status === order.status && (one.upTo === undefined || order.shipping <= one.upTo));
      return rate?.cost ?? 0;
    }`,
    2,
  ],
  ['(order) => [{ from: 9 }, { from: 1 }].filter((row) => row.from < 9).find((row) => row.from <= order.weight)?.from ?? 0', 1],
  [
    '(order) => [{ hit: order.gift, points: 30 }, { hit: order.weight > 9, points: 20 }, { hit: true, points: 5 }].some((row) => row.hit && row.points === 5)',
    true,
  ],
  [
    '(order) => { const hits = [{ hit: order.gift, points: 30 }, { hit: order.weight > 9, points: 20 }]; return sum(hits.filter((row) => row.hit), (row) => row.points); }',
    30,
  ],
  ['(order) => { const hits = [{ hit: order.gift }, { hit: order.weight > 9 }]; return count(hits.filter((row) => row.hit)); }', 1],
  [
    '(order) => largest([{ hit: order.gift, points: 30 }, { hit: true, points: 40 }, { hit: order.weight > 9, points: 50 }].filter((row) => row.hit), (row) => row.points) ?? 0',
    40,
  ],
  ['(order) => smallest([{ hit: order.weight > 9, points: 30 }].filter((row) => row.hit), (row) => row.points) ?? 7', 7],
  ["(order) => ['paid', 'open'].includes(order.status)", true],
  ["(order) => ['paid', 'shipped'].includes(order.status)", false],
  ["(order) => [{ s: 'paid' }, { s: 'open' }].every((row) => row.s !== order.status)", false],
  [
    `(order) => {
      const table = { open: [{ upTo: money('9.00'), cost: 1 }, { upTo: money('99.00'), cost: 2 }], paid: [{ upTo: money('9.00'), cost: 3 }], shipped: [] };
      return table[order.status].find((band) => order.shipping <= band.upTo)?.cost ?? 0;
    }`,
    2,
  ],
  [
    `(order) => {
      const size = order.shipping < money('5.00') ? 'small' : order.shipping < money('50.00') ? 'medium' : 'large';
      const cost = { small: 1, medium: 2, large: 3 };
      return cost[size];
    }`,
    2,
  ],
  ["(order) => { switch (order.status) { case 'paid': return 1; case 'open': case 'shipped': return 2; } }", 2],
  ["(order) => { switch (order.status) { case 'paid': { const a = 1; return a; } default: return 9; } }", 9],
  ["(order) => { switch (order.status) { case 'paid': return 1; } return 4; }", 4],
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
  ['(order) => order.weight % 2', /of a whole number by a fixed one/],
  ['(order) => count(order.lines) % count(order.lines)', /of a whole number by a fixed one/],
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
  ['(order) => order.lines.reduce((a, line) => a + a * line.quantity, 0)', /sum\(list/],
  ['(order) => order.lines.map((line) => line.quantity)', /sum\(list/],
  ['(order) => order.lines.filter((line) => line.quantity > 1)', /counted, summed or asked/],
  ['(order) => order.lines[0].quantity', /Square brackets/],
  ["(order) => order['shipping']", /Square brackets/],
  ['(order) => order.lines', /The result is a list/],
  ['(order) => order.lines.some((line) => line.quantity)', /needs a condition/],
  ['(order) => order.shipping ? 1 : 2', /A condition is a yes or no/],
  ['(order) => order.note || order.customer.name', /A condition is a yes or no.*\?\?/],
  ['(order) => { let a; return a; }', /Say what it is at first/],
  ['(order) => { var a = 1; return a; }', /Write `const`/],
  ['(order) => { for (const line of order.lines) return 1; return 2; }', /A loop over rows of the database adds up/],
  ['(order) => { while (order.gift) return 1; return 2; }', /Of loops formulas know/],
  ['(order) => { if (order.gift) { order.shipping; } return 1; }', /nothing to do but to `return`/],
  ['(order) => { if (order.gift) return 1; }', /Each way through must end with `return`/],
  ['(order) => { return 1; return 2; }', /Nothing can follow/],
  ['(order) => { const order = 1; return order; }', /is taken here/],
  ['async (order) => order.gift', /cannot wait/],
  ['({ shipping = 1 }) => shipping', /Take members out by their names alone/],
  ['([shipping]) => shipping', /Square brackets/],
  ['(order, other) => order.gift', /one input/],
  ['(order) => order.rate!', /is not checked/],
  ['(order) => order.rate as number', /another type/],
  ['(order) => `${order.note}`', /cannot be put together/],
  ['(order) => refuse(order)', /cannot be used in a formula/],
  ['(order) => Math.max(1)', /Write `max\(a, b\)`/],
  ['(order) => Math.floor(order.weight)', /rounding: 'down'/],
  ['(order) => Math.sin(1)', /min, max, round and divide/],
  ['(order) => order.shipping.toFixed(2)', /round\(value, \{ scale: 2/],
  ['(order) => order.gift == null', /Write `=== undefined`/],
  ['(order) => order.dueOn.month', /A date is one value: compare it/],
  ['(order) => [{ cost: 1 }]', /A table is read where a value is needed/],
  ['(order) => [{ cost: 1 }].find((row) => order.gift).cost', /no such row in the table: write `\?\.cost`/],
  ['(order) => [{ cost: 1 }].find((row) => order.gift)?.price ?? 0', /has no `price`/],
  ['(order) => [{ cost: 1 }].find((row) => row.cost)?.cost ?? 0', /A condition is needed/],
  ['(order) => ({ open: 1, opn: 2 })[order.status]', /none of its choices: 'open', 'paid', 'shipped'/],
  ['(order) => ({ a: 1 })[order.weight]', /read by a choice/],
  ['(order) => [{ cost: 1 }][order.lines.length].cost', /no such row in the table: write `\?\.cost`/],
  ['(order) => order.lines.find((line) => line.quantity > 1)', /`find` is of tables/],
  ['(order) => { const rows = [{ a: 1 }, ...order.lines]; return sum(rows, (row) => row.a); }', /cannot be used in a formula/],
  ["(order) => { switch (order.status) { case 'open': return 1; case 'paid': } return 2; }", /last case returns nothing/],
  ["(order) => { switch (order.status) { case 'open': return 1; } }", /Each way through must end with `return`/],
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
  ['(order) => new Date()', /today\(\)/],
  ['(order) => order.dueOn.getFullYear()', /yearOf\(day\)/],
  ['(order) => order.dueOn.getMonth() + 1', /monthOf\(day\).*1 is January/],
  ['(order) => order.dueOn.getDay() === 0', /weekdayOf\(day\).*7 is Sunday/],
  ['(order) => order.dueOn.year', /yearOf\(day\)/],
  ['(order) => differenceInYears(order.dueOn, today())', /yearsBetween\(earlier, later\)/],
  ['(order) => yearOf(order.placedOn)', /may be absent/],
  ['(order) => weekdayOf(order.shipping)', /A date is needed here/],
  ['(order) => addYears(order.dueOn, 0.5)', /whole years/],
  ['(order) => monthsBetween(order.dueOn)', /Write `monthsBetween\(from, to\)`/],
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

test('a table that is read too often is refused before it is made', () => {
  const consts = Array.from({ length: 30 }, (_, at) =>
    at === 0
      ? 'const t0 = [{ v: order.weight }, { v: 2 * order.weight }];'
      : `const t${at} = [{ v: sum(t${at - 1}, (row) => row.v) }, { v: sum(t${at - 1}, (row) => row.v) }];`,
  );
  const result = parseSource(`(order) => { ${consts.join(' ')} return sum(t29, (row) => row.v); }`);
  assert.ok(!result.ok);
  assert.match(result.problems[0]?.message ?? '', /too large/);
});

test('texts of a table become the choices that they meet, and a text that is none is told', () => {
  const tier = { kind: 'choice', field: 'f_tier' as never, optional: true } as const;
  const source = (name: string): string =>
    `(c) => [{ since: date('2020-01-01'), tier: '${name}' }, { since: date('2000-01-01'), tier: 'silver' }].find((row) => c.since >= row.since)?.tier`;
  const good = parseSource(source('gold'), { on: customerId, expected: tier });
  assert.ok(good.ok, JSON.stringify(good));
  const bad = parseSource(source('golden'), { on: customerId, expected: tier });
  assert.match(bad.ok ? '' : (bad.problems[0]?.message ?? ''), /'golden' is none of its choices/);
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
