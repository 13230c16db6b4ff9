import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRefusal, refuse } from './refusal.ts';

test('a refusal is recognised, also after it was JSON', () => {
  assert.equal(isRefusal(refuse('conflict', 'no')), true);
  assert.equal(isRefusal(JSON.parse(JSON.stringify(refuse('invalid', 'no', { fields: {} })))), true);
});

test('a row with a field of the name refused is no refusal', () => {
  for (const value of [
    { id: 'a', version: 1, refused: true },
    { id: 'a', version: 1, refused: true, code: 'conflict', why: 'x' },
    { refused: true },
    { refused: true, code: 'toString' },
    { refused: false, code: 'conflict' },
    null,
    true,
  ]) {
    assert.equal(isRefusal(value), false, JSON.stringify(value));
  }
});
