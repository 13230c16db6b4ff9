import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { permanentId, type Field, type FieldType, type Json } from '#kernel';
import {
  dateOf,
  daysOf,
  fieldSchema,
  fromJson,
  fromRuleValue,
  instantOf,
  isFieldError,
  scaled,
  toJson,
  toRuleValue,
  unscaled,
  valuesFromJson,
} from './index.ts';

const settings = { currency: { code: 'EUR', digits: 2 } };
const field = (type: FieldType, more: Partial<Field> = {}): Field => ({
  id: permanentId('f_test'),
  no: 1,
  name: 'it',
  type,
  required: false,
  unique: false,
  sensitive: false,
  ...more,
});
const accepts = (type: FieldType, json: Json, plain: unknown): void => assert.deepEqual(fromJson(field(type), json, settings), plain);
const refuses = (type: FieldType, json: Json): void => assert.ok(isFieldError(fromJson(field(type), json, settings)), JSON.stringify(json));

test('money is taken as minor units of the own currency, exactly', () => {
  accepts({ kind: 'money' }, { amount: '12.34', currency: 'EUR' }, 1234);
  accepts({ kind: 'money' }, { amount: '-0.00', currency: 'EUR' }, 0);
  for (const bad of [
    12,
    '12.34',
    { amount: 12.34, currency: 'EUR' },
    { amount: '12.345', currency: 'EUR' },
    { amount: '1', currency: 'USD' },
    { amount: '1' },
    { amount: '01', currency: 'EUR' },
    { amount: '99999999999999999999', currency: 'EUR' },
    { amount: '1', currency: 'EUR', x: 1 },
    { amount: '1e3', currency: 'EUR' },
  ])
    refuses({ kind: 'money' }, bad as Json);
  refuses({ kind: 'money', min: '0.00' }, { amount: '-0.01', currency: 'EUR' });
});

test('nothing is coerced', () => {
  refuses({ kind: 'integer' }, '5');
  refuses({ kind: 'integer' }, 1.5);
  refuses({ kind: 'integer' }, 2 ** 53);
  refuses({ kind: 'boolean' }, 'true');
  refuses({ kind: 'boolean' }, 1);
  refuses({ kind: 'text' }, 5);
  refuses({ kind: 'date' }, '2026-02-30');
  refuses({ kind: 'date' }, '2026-2-3');
  refuses({ kind: 'instant' }, '2026-01-31T12:00:00');
  refuses({ kind: 'instant' }, '2026-01-31T24:00:00Z');
  accepts({ kind: 'instant' }, '2026-01-31T12:00:00+01:00', Date.UTC(2026, 0, 31, 11));
  accepts({ kind: 'date' }, '2028-02-29', '2028-02-29');
  accepts({ kind: 'decimal', scale: 2 }, '1.5', '1.50');
  refuses({ kind: 'decimal', scale: 2 }, '1.505');
});

test('a required text holds a character that can be seen, as its JSON Schema says', () => {
  const name = field({ kind: 'text' }, { required: true });
  const pattern = new RegExp(String(fieldSchema(name, settings, 'write')['pattern']), 'u');
  for (const blank of [' ', '\n\t', '\u00a0\u2003', '\u200b', '\u2800\u3164']) {
    assert.deepEqual(fromJson(name, blank, settings), { invalid: true, messages: { '': 'must not be blank' } });
    assert.ok(!pattern.test(blank), JSON.stringify(blank));
    accepts({ kind: 'text' }, blank, blank);
  }
  for (const seen of ['x', ' 🙂 ', '中', '-']) {
    assert.equal(fromJson(name, seen, settings), seen);
    assert.ok(pattern.test(seen), seen);
  }
});

test('text that no database can hold is refused', () => {
  refuses({ kind: 'text' }, 'a\u0000b');
  refuses({ kind: 'text' }, 'a\ud800b');
  accepts({ kind: 'text', max: 2 }, '😀😀', '😀😀');
  refuses({ kind: 'text', max: 2 }, '😀😀😀');
  refuses({ kind: 'json' }, { deep: { '\u0000': 1 } });
  let deep: Json = 1;
  for (let level = 0; level < 10_000; level++) deep = [deep];
  refuses({ kind: 'json' }, deep);
  refuses({ kind: 'email' }, 'ada');
  refuses({ kind: 'url' }, 'javascript:alert(1)');
});

test('a body with unknown, computed or missing members tells each by its place', () => {
  const lines = field(
    {
      kind: 'list',
      item: 'line',
      itemId: permanentId('e_line'),
      fields: [field({ kind: 'integer', min: 1 }, { name: 'quantity', required: true })],
    },
    { name: 'lines' },
  );
  const fields = [field({ kind: 'text' }, { name: 'name', required: true }), lines];
  const found = valuesFromJson(fields, JSON.parse('{"lines":[{"quantity":0},{}],"__proto__":1,"id":"x","nope":2}'), settings, 'create');
  assert.ok(isFieldError(found));
  assert.deepEqual(Object.keys(found.messages).sort(), ['__proto__', 'id', 'lines[0].quantity', 'lines[1].quantity', 'name', 'nope']);
  assert.deepEqual(valuesFromJson(fields, {}, settings, 'update'), {});
  assert.ok(isFieldError(valuesFromJson(fields, { name: null }, settings, 'update')));
});

test('whatever JSON comes, the answer is a value or a field error, and an accepted value comes back the same', () => {
  const types: FieldType[] = [
    { kind: 'text' },
    { kind: 'integer' },
    { kind: 'decimal', scale: 3 },
    { kind: 'money' },
    { kind: 'boolean' },
    { kind: 'date' },
    { kind: 'instant' },
    { kind: 'duration' },
    { kind: 'email' },
    { kind: 'url' },
    { kind: 'json' },
    { kind: 'choice', choices: [{ id: permanentId('c_one'), name: 'one' }] },
    { kind: 'reference', to: permanentId('e_one') },
  ];
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(...types), (json, type) => {
      const plain = fromJson(field(type), json as Json, settings);
      if (isFieldError(plain)) return;
      assert.deepEqual(fromJson(field(type), toJson(field(type), plain, settings), settings), plain);
    }),
  );
});

test('dates, decimals and their rule values lead to each other', () => {
  fc.assert(fc.property(fc.integer({ min: -719162, max: 2932896 }), (days) => daysOf(dateOf(days)) === days));
  fc.assert(
    fc.property(fc.maxSafeInteger(), fc.integer({ min: 0, max: 6 }), (value, scale) => scaled(unscaled(value, scale), scale) === value),
  );
  fc.assert(
    fc.property(
      fc.maxSafeInteger(),
      (value) =>
        fromRuleValue(field({ kind: 'decimal', scale: 2 }), toRuleValue(field({ kind: 'decimal', scale: 2 }), unscaled(value, 2))) ===
        unscaled(value, 2),
    ),
  );
  assert.equal(instantOf('1970-01-01T00:00:00.001Z'), 1);
  const tier = field({ kind: 'choice', choices: [{ id: permanentId('c_gold'), name: 'gold' }] });
  assert.equal(toRuleValue(tier, 'gold'), 'c_gold');
  assert.equal(fromRuleValue(tier, 'c_gold'), 'gold');
});
