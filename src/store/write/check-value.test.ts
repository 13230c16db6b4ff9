import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FieldType } from '#kernel';
import { field, id } from '../conformance/shop-model.ts';
import { valueFault } from './check-value.ts';

const fault = (type: FieldType, value: unknown, required = false): string | undefined =>
  valueFault(field('f_xxx', 'x', type, { required }), value, { digits: 2 });
const list: FieldType = { kind: 'list', item: 'line', itemId: id('e_line'), fields: [] };

test('a value that fits has no fault', () => {
  const fits: readonly (readonly [FieldType, unknown])[] = [
    [{ kind: 'text' }, ''],
    [{ kind: 'text', max: 2 }, '😀😀'],
    [{ kind: 'integer', min: 1, max: 5 }, 5],
    [{ kind: 'money', min: '0.00' }, 0],
    [{ kind: 'decimal', scale: 2, max: '9.99' }, '9.99'],
    [{ kind: 'boolean' }, false],
    [{ kind: 'date' }, '2024-02-29'],
    [{ kind: 'instant' }, 0],
    [{ kind: 'duration' }, -1],
    [{ kind: 'email' }, 'ada@example.org'],
    [{ kind: 'url' }, 'https://example.org'],
    [{ kind: 'json' }, { a: [null] }],
    [list, []],
  ];
  for (const [type, value] of fits) assert.equal(fault(type, value), undefined, `${type.kind} ${JSON.stringify(value)}`);
});
test('a required text says something that can be seen; one that may be left out need not', () => {
  for (const blank of [' ', '\t\n', '\u00a0', '\u200b\u2060', '\u3164', '\u2003 \ufeff']) {
    assert.equal(fault({ kind: 'text' }, blank, true), 'must not be blank', JSON.stringify(blank));
    assert.equal(fault({ kind: 'text' }, blank), undefined);
    assert.equal(fault({ kind: 'text', min: 0 }, blank, true), undefined);
  }
  for (const seen of [' x ', '0', '.', '🙂', 'é', '中', 'ـ']) assert.equal(fault({ kind: 'text' }, seen, true), undefined, seen);
});
test('a value that does not fit is told what to write', () => {
  assert.equal(fault({ kind: 'integer', min: 1 }, 0), 'must be at least 1');
  assert.equal(fault({ kind: 'money', max: '10.00' }, 1001), 'must be at most 10.00');
  assert.equal(fault({ kind: 'text' }, '', true), 'must not be empty');
  assert.equal(fault({ kind: 'text', max: 1 }, 'ab'), 'must have at most 1 characters');
  const cyclic: { self?: unknown } = {};
  cyclic.self = cyclic;
  const wrong: readonly (readonly [FieldType, unknown])[] = [
    [{ kind: 'text' }, 5],
    [{ kind: 'text' }, 'a\u0000'],
    [{ kind: 'text' }, '\ud800'],
    [{ kind: 'integer' }, 1.5],
    [{ kind: 'integer' }, Number.NaN],
    [{ kind: 'integer' }, 2 ** 53],
    [{ kind: 'integer' }, '1'],
    [{ kind: 'money' }, '1.00'],
    [{ kind: 'decimal', scale: 2 }, 1.5],
    [{ kind: 'decimal', scale: 2 }, '1.234'],
    [{ kind: 'boolean' }, 0],
    [{ kind: 'date' }, '2026-02-30'],
    [{ kind: 'date', min: '2026-01-01' }, '2025-12-31'],
    [{ kind: 'instant' }, 1e300],
    [{ kind: 'email' }, 'ada'],
    [{ kind: 'url' }, 'javascript:alert(1)'],
    [{ kind: 'choice', choices: [] }, 'x'],
    [{ kind: 'reference', to: id('e_cust') }, 'x'],
    [{ kind: 'json' }, undefined],
    [{ kind: 'json' }, cyclic],
    [{ kind: 'json' }, 'a\u0000'],
    [list, {}],
    [list, Array.from({ length: 1_001 })],
  ];
  for (const [type, value] of wrong) assert.equal(typeof fault(type, value), 'string', type.kind);
});
