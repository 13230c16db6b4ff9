/** Lists in the query of an address: repeated, joined by commas or as JSON, and never part of one silently gone. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Field, Json, PermanentId } from '#kernel';
import { isFieldError } from '#schema';
import { valuesFromQuery } from './query-values.ts';

const settings = { currency: { code: 'EUR', digits: 2 }, zone: 'UTC' };
const listOf = (items: Json): Field => ({
  id: 'f_tags' as PermanentId,
  no: 1,
  name: 'tags',
  type: { kind: 'json', shape: { type: 'array', items } } as Field['type'],
  required: false,
  unique: false,
  sensitive: false,
});
const read = (texts: readonly string[], items: Json = { type: 'string' }): unknown => {
  const values = valuesFromQuery([listOf(items)], new Map([['tags', texts]]), settings as never);
  return isFieldError(values) ? 'refused' : values['tags'];
};

test('a list is repeated, joined by commas, or JSON that stands alone', () => {
  assert.deepEqual(read(['a', 'b']), ['a', 'b']);
  assert.deepEqual(read(['a,b']), ['a', 'b']);
  assert.deepEqual(read(['["a","b"]']), ['a', 'b']);
});

test('what looks like JSON beside others is one of them: none is left out', () => {
  assert.deepEqual(read(['a', '["b"]']), ['a', '["b"]']);
  assert.equal(read(['1', '[2]'], { type: 'integer' }), 'refused');
});

test('ten thousand values, deep brackets and names of every object are values or refused, and break nothing', () => {
  const many = Array.from({ length: 10_000 }, (_, at) => String(at));
  assert.ok(['refused', 10_000].includes(((found) => (Array.isArray(found) ? found.length : 'refused'))(read(many))));
  assert.equal(read(['['.repeat(15_000)]), 'refused');
  assert.equal(read([`${'['.repeat(7_000)}${']'.repeat(7_000)}`]), 'refused');
  assert.deepEqual(read(['__proto__', 'constructor']), ['__proto__', 'constructor']);
});
