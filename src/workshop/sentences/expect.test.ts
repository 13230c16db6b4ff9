import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Draft, expected, holds, percentOf, type Rules, shifted } from './expect.ts';
import { decimal, dividedBy, rounded, textOf } from './write/numbers.ts';

const rules: Rules = {
  today: '2026-03-02',
  kindOf: (_, field) => ({ total: 'money', limit: 'money', stock: 'integer', due: 'date' })[field],
};
const row = (values: Draft['values']): Draft => ({ entity: 'order', name: 'order1', values, refs: {}, lists: {}, known: {}, related: [] });

test('discounts are rounded half up to cents', () => {
  assert.deepEqual(percentOf(decimal('0.25'), '10'), { is: 'number', number: decimal('0.03'), money: true });
  assert.equal(textOf(rounded(decimal('-0.125'), 2)), '-0.13');
  assert.equal(textOf(dividedBy(decimal('10'), decimal('3'), 2) ?? decimal('0')), '3.33');
});
test('months clamp to the last day, days do not', () => {
  assert.equal(shifted('2026-01-31', 1, 'months'), '2026-02-28');
  assert.equal(shifted('2026-02-28', 2, 'days'), '2026-03-02');
});
test('a comparison with what is absent does not hold', () => {
  const over = {
    is: 'compare',
    left: { is: 'field', path: ['total'] },
    by: 'over',
    right: { is: 'literal', literal: { is: 'money', value: '5' } },
  } as const;
  assert.equal(holds(rules, row({}), over), false);
  assert.equal(holds(rules, row({ total: '5.00' }), over), false);
  assert.equal(holds(rules, row({ total: '5.01' }), over), true);
});
test('an absent number counts as nothing, an absent date stays absent', () => {
  assert.deepEqual(
    expected(rules, row({ total: '7.00' }), {
      is: 'arithmetic',
      op: 'minus',
      left: { is: 'field', path: ['limit'] },
      right: { is: 'field', path: ['total'] },
    }),
    { is: 'number', number: decimal('-7.00'), money: true },
  );
  assert.deepEqual(expected(rules, row({}), { is: 'shift', of: { is: 'field', path: ['due'] }, amount: 3, unit: 'days' }), {
    is: 'absent',
  });
});
