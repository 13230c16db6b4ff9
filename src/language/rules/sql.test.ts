import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Expression } from '#kernel';
import { permanentId } from '#kernel';
import { customerId, lineId, orderId, parseSource } from './conformance/specimens.ts';
import type { SqlNames } from './sql.ts';
import { compileSql, sqlCompiler } from './sql.ts';
import { optionally, textType } from './value-type.ts';

const parsed = (source: string, on = orderId): Expression => {
  const result = parseSource(source, { on });
  if (!result.ok) throw new Error(result.problems[0]?.message);
  return result.expression;
};
const total = parsed('(order) => sum(order.lines, (line) => line.quantity * line.unitPrice)');
const names: SqlNames = {
  inputs: { row: 'o' },
  today: { sql: 'current_date' },
  relation: (of) => ({
    from: `e.${of}`,
    id: 'id',
    ...(of === lineId ? { parent: 'parent' } : {}),
    column: (field, alias) => `${alias}.${field}`,
    formula: (field) => (field === 'f_ship' ? total : undefined),
  }),
};

test('a condition on a column stays as an index can serve it', () => {
  assert.deepEqual(compileSql(parsed("(order) => order.status === 'open' && order.dueOn < date('2026-01-31')"), names, { as: 'filter' }), {
    text: '((o.f_stat = $1::text) AND (o.f_due < $2::date))',
    params: ['c_open', '2026-01-31'],
    joins: [],
  });
});

test('all expressions of a statement share its parameters, from the number that it says', () => {
  const compiler = sqlCompiler(names, { firstParameter: 4 });
  assert.equal(compiler.filter(parsed("(order) => order.note === 'a'")), '(o.f_note = $4::text)');
  assert.equal(compiler.filter(parsed("(order) => order.note === 'b'")), '(o.f_note = $5::text)');
  assert.deepEqual(compiler.params, ['a', 'b']);
});

test('a reference that is read twice is joined once', () => {
  const { text, joins } = compileSql(parsed("(order) => order.customer.tier === 'gold' || order.customer.name === 'x'"), names, {
    references: 'join',
    as: 'filter',
  });
  assert.equal(text, '((x1.f_tier = $1::text) OR (x1.f_name = $2::text))');
  assert.deepEqual(joins, ['LEFT JOIN e.e_cust AS x1 ON x1.id = o.f_cust']);
});

test('the same aggregate in filter and order is grouped once', () => {
  const compiler = sqlCompiler(names, { aggregates: 'grouped' });
  const read = compiler.value(total);
  assert.equal(
    compiler.filter({ node: 'binary', op: 'greater', left: total, right: total, type: { kind: 'boolean', optional: false } }),
    `(${read} > ${read})`,
  );
  assert.equal(compiler.joins.length, 1);
});

test('a live field is computed in place by its formula, for a row that is followed as well', () => {
  const { text } = compileSql(
    parsed(
      "(customer) => sum(customer.ordersByCustomer.filter((order) => order.shipping > money('1.00')), (order) => order.shipping)",
      customerId,
    ),
    names,
    { constants: 'literals' },
  );
  const inner = (alias: string, outer: string): string =>
    `(SELECT coalesce(sum((${alias}.f_qty::bigint * ${alias}.f_unit::bigint)), 0)::bigint AS v FROM e.e_line AS ${alias} WHERE ${alias}.parent = ${outer}.id)`;
  assert.equal(
    text,
    `(SELECT coalesce(sum(${inner('x3', 'x1')}), 0)::bigint AS v FROM e.e_order AS x1 WHERE x1.f_cust = o.id AND (${inner('x2', 'x1')} > (100)::bigint))`,
  );
});

test('no text of a constant leaves its quotes', () => {
  const hostile = "'; DROP TABLE e.e_order; --";
  const constant: Expression = { node: 'constant', type: textType, value: hostile };
  assert.equal(compileSql(constant, names, { constants: 'literals' }).text, "'''; DROP TABLE e.e_order; --'::text");
  assert.equal(compileSql({ ...constant, value: "\\'" }, names, { constants: 'literals' }).text, "E'\\\\'''::text");
  assert.deepEqual(compileSql(constant, names), { text: '$1::text', params: [hostile], joins: [] });
  assert.throws(() => compileSql({ ...constant, value: 'a\0b' }, names, { constants: 'literals' }), { code: 'bug' });
  assert.throws(
    () =>
      compileSql({ node: 'constant', type: { kind: 'number', scale: 0, money: false, optional: false }, value: '1; DROP' }, names, {
        constants: 'literals',
      }),
    { code: 'bug' },
  );
});

test('a decimal is a whole scaled number inside, and can be given back as its column holds it', () => {
  const rate = parsed('(order) => order.rate');
  assert.equal(compileSql(rate, names).text, '(o.f_rate * 1000)::bigint');
  assert.equal(compileSql(rate, names, { results: 'plain' }).text, 'round((o.f_rate * 1000)::bigint::numeric * 0.001, 3)');
});

test('an input without a name in the statement is a bug, not a guess', () => {
  assert.throws(() => compileSql({ node: 'input', name: 'other', type: optionally(textType) }, names), { code: 'bug' });
  assert.throws(
    () =>
      compileSql(
        {
          node: 'aggregate',
          op: 'count',
          over: {
            node: 'field',
            of: { node: 'input', name: 'row', type: { kind: 'row', of: orderId, optional: false } },
            field: 'x',
            id: permanentId('f_xxx'),
            type: { kind: 'list', of: orderId, optional: false },
          },
          item: 'x',
          type: { kind: 'number', scale: 0, money: false, optional: false },
        },
        names,
      ),
    { code: 'bug' },
  );
});
