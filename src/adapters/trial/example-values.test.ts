import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Json } from '#kernel';
import { shapeMismatch } from './example-values.ts';

const named = new Map([['tea', { entity: 'product', id: 'id-1' }]]);
const wrong = (expected: Json, actual: Json): string | undefined => shapeMismatch(expected, actual, named, '')?.member;

test('a whole body matches in part, at every depth, and a name of a row stands for its id', () => {
  const body = { articles: [{ id: 'id-1', author: { name: 'Ada', bio: null }, tags: ['a', 'b'] }], count: 1 };
  assert.equal(wrong({ articles: [{ id: 'tea', author: { name: 'Ada' } }] }, body), undefined);
  assert.equal(wrong({ articles: [{ author: { bio: null } }], count: 1 }, body), undefined);
  assert.equal(wrong({}, body), undefined);
});

test('what differs is told by its place', () => {
  assert.equal(wrong({ a: { b: [1, { c: 2 }] } }, { a: { b: [1, { c: 3 }] } }), 'a.b[1].c');
  assert.equal(wrong({ a: [1] }, { a: [1, 2] }), 'a.length');
  assert.equal(wrong({ a: 1 }, {}), 'a');
  assert.equal(wrong({ a: { b: 1 } }, { a: null }), 'a');
  assert.equal(wrong({ a: 'tea' }, { a: 'coffee' }), 'a');
  assert.equal(wrong({ a: 1 }, null), '');
});
