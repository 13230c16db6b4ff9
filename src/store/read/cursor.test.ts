import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cursorsOf } from './cursor.ts';

const cursors = cursorsOf('secret');

test('what was sealed opens for the same list and order alone', () => {
  const sealed = cursors.seal('list a', ['x', null, 'ü "', 'id']);
  assert.deepEqual(cursors.open('list a', sealed), ['x', null, 'ü "', 'id']);
  assert.equal(cursors.open('list b', sealed), undefined);
});
test('another process with the same secret opens it, one with another secret does not', () => {
  const sealed = cursors.seal('list a', [1]);
  assert.deepEqual(cursorsOf('secret').open('list a', sealed), [1]);
  assert.equal(cursorsOf('other').open('list a', sealed), undefined);
});
test('every altered character, cut and nonsense is refused without throwing', () => {
  const sealed = cursors.seal('list a', ['2026-01-31', 'id']);
  for (let at = 0; at < sealed.length; at += 1) {
    if (sealed[at] === '.') continue;
    const altered = `${sealed.slice(0, at)}${sealed[at] === 'A' ? 'B' : 'A'}${sealed.slice(at + 1)}`;
    assert.equal(cursors.open('list a', altered), undefined, `position ${at}`);
  }
  for (const text of ['', '.', 'a.b', sealed.slice(1), sealed.slice(0, -1), `${sealed}.x`, 'x'.repeat(100_000), '\u0000', '%'])
    assert.equal(cursors.open('list a', text), undefined);
});
