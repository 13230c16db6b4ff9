import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changeId, digest, type Digest, instant, type KernelEvent } from '#kernel';
import { servedSince } from './served-since.ts';

const generation = (name: string): Digest => digest(`sha256:${name.repeat(64)}`);
const [a, b, c] = [generation('a'), generation('b'), generation('c')];
const change = changeId('c1');
const log: readonly KernelEvent[] = [
  { at: instant(10), by: 'x', kind: 'installed', generation: a, activation: 1 },
  { at: instant(20), by: 'x', kind: 'admitted', generation: b, certificate: b, change, base: a },
  { at: instant(20), by: 'x', kind: 'activated', generation: b, activation: 2, change },
  { at: instant(30), by: 'x', kind: 'activated', generation: c, activation: 3, change },
  { at: instant(40), by: 'x', kind: 'rolled-back', generation: b, activation: 4, changes: [change] },
];

test('who served counts until the next one does, and what serves now always', () => {
  assert.deepEqual(servedSince(log, instant(0)), [a, b, c]);
  assert.deepEqual(servedSince(log, instant(19)), [a, b, c]);
  assert.deepEqual(servedSince(log, instant(20)), [b, c]);
  assert.deepEqual(servedSince(log, instant(39)), [c, b]);
  assert.deepEqual(servedSince(log, instant(1_000)), [b]);
  assert.deepEqual(servedSince([], instant(0)), []);
});
