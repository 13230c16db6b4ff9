import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FieldType } from '#kernel';
import { field, id } from '../conformance/shop-model.ts';
import { filterValue } from './filter-value.ts';

const value = (type: FieldType, given: unknown): unknown => {
  const found = filterValue(field('f_xxx', 'x', type), given, 2);
  return 'wrong' in found ? 'WRONG' : found.value;
};

test('the text of a URL becomes the plain value of its field', () => {
  assert.equal(value({ kind: 'integer' }, '12'), 12);
  assert.equal(value({ kind: 'money' }, '12.5'), 1250);
  assert.equal(value({ kind: 'money' }, 1250), 1250);
  assert.equal(value({ kind: 'money' }, { amount: '1.00', currency: 'EUR' }), 100);
  assert.equal(value({ kind: 'decimal', scale: 3 }, '1.5'), '1.500');
  assert.equal(value({ kind: 'boolean' }, 'true'), true);
  assert.equal(value({ kind: 'date' }, '2026-02-28'), '2026-02-28');
  assert.equal(value({ kind: 'instant' }, '1970-01-01T00:00:01Z'), 1000);
  assert.equal(value({ kind: 'choice', choices: [{ id: id('c_open'), name: 'open' }] }, 'open'), 'open');
  assert.equal(value({ kind: 'text' }, ''), '');
  assert.equal(value({ kind: 'date' }, ''), null);
  assert.equal(value({ kind: 'text' }, null), null);
});
test('what cannot be a value of the field is refused', () => {
  const wrong: readonly (readonly [FieldType, unknown])[] = [
    [{ kind: 'integer' }, '1.5'],
    [{ kind: 'integer' }, 'x'],
    [{ kind: 'integer' }, 1e300],
    [{ kind: 'money' }, '1.234'],
    [{ kind: 'money' }, {}],
    [{ kind: 'decimal', scale: 1 }, '1e3'],
    [{ kind: 'boolean' }, 'yes'],
    [{ kind: 'date' }, '2026-02-30'],
    [{ kind: 'date' }, "2026-01-01'; --"],
    [{ kind: 'instant' }, 'now()'],
    [{ kind: 'choice', choices: [] }, 'open'],
    [{ kind: 'reference', to: id('e_cust') }, "1' or '1'='1"],
    [{ kind: 'json' }, '{}'],
    [{ kind: 'text' }, 'a\u0000b'],
    [{ kind: 'text' }, 7],
  ];
  for (const [type, given] of wrong) assert.equal(value(type, given), 'WRONG', `${type.kind} ${JSON.stringify(given)}`);
});
