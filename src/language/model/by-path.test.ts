import assert from 'node:assert/strict';
import { test } from 'node:test';
import { atPath, pairsByPath } from './by-path.ts';

const one = (path: string): { readonly path: string } => ({ path });
const [a, b, c, d] = ['a', 'b', 'c', 'd'].map(one) as [{ path: string }, { path: string }, { path: string }, { path: string }];

test('members that are the same object in both lists make no pair', () => {
  assert.deepEqual(pairsByPath([a, b, c], [a, b, c]), []);
  assert.deepEqual(pairsByPath([], []), []);
});

test('what is new, what is gone and what is another object at its path make a pair each, in order of path', () => {
  const other = one('b');
  assert.deepEqual(pairsByPath([a, b, d], [b, c, d]), [
    [a, undefined],
    [undefined, c],
  ]);
  assert.deepEqual(pairsByPath([a, b], [a, other, c]), [
    [b, other],
    [undefined, c],
  ]);
  assert.deepEqual(pairsByPath([a, b, c], []), [
    [a, undefined],
    [b, undefined],
    [c, undefined],
  ]);
});

test('a path is found in a list in its order, and nothing at a path that is not there', () => {
  assert.equal(atPath([a, b, d], 'd'), d);
  assert.equal(atPath([a, b, d], 'a'), a);
  assert.equal(atPath([a, b, d], 'c'), undefined);
  assert.equal(atPath([], 'a'), undefined);
});
