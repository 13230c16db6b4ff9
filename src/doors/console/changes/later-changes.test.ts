import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GenerationSummary } from '#api/client';
import { laterChanges } from './later-changes.ts';

const generation = (id: string, change: string | null, inForce = true): GenerationSummary => ({
  id,
  parent: null,
  change,
  request: id,
  createdAt: '',
  serving: false,
  inForce,
});
const line = [generation('g4', 'c4'), generation('g3', 'c3', false), generation('g2', 'c2'), generation('g1', null)];

test('what came live later and is in force still goes with it; what was taken back already does not', () => {
  assert.deepEqual(
    laterChanges(line, 'c2').map(({ change }) => change),
    ['c4'],
  );
  assert.deepEqual(laterChanges(line, 'c4'), []);
});

test('of a change that is not in force nothing is later', () => {
  assert.deepEqual(laterChanges(line, 'c3'), []);
  assert.deepEqual(laterChanges([], 'c1'), []);
});
