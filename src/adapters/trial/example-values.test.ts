import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Field, type Json, permanentId, type Settings } from '#kernel';
import { mismatch, shapeMismatch } from './example-values.ts';

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

test('an instant is the same however it is written; another one is not', () => {
  const field: Field = {
    id: permanentId('f_begun'),
    no: 1,
    name: 'at',
    type: { kind: 'instant' },
    required: true,
    unique: false,
    sensitive: false,
  };
  const differs = (expected: string): boolean =>
    mismatch([field], { at: expected }, { at: Date.parse('2026-01-15T10:00:00Z') }, named, {} as Settings) !== undefined;
  for (const same of ['2026-01-15T10:00:00Z', '2026-01-15T10:00:00.000Z', '2026-01-15T11:00:00+01:00']) assert.ok(!differs(same), same);
  for (const other of ['2026-01-15T10:00:01Z', '2026-01-15', 'at ten']) assert.ok(differs(other), other);
});
