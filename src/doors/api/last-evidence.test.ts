import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lastEvidence } from './last-evidence.ts';
import type { ChangeEvent } from './resources.ts';

const shown = (...kinds: readonly string[]): readonly unknown[] =>
  lastEvidence(kinds.map((kind, seq) => ({ seq, kind: kind.replace(/ .*/, ''), evidence: kind }) as unknown as ChangeEvent));

test('the evidence is that of the newest candidate, whoever wrote it', () => {
  assert.deepEqual(shown('evidence 1', 'evidence 2', 'repair', 'evidence 3'), ['evidence 3']);
  assert.deepEqual(shown('routed', 'evidence 1', 'routed', 'step', 'evidence 2', 'evidence 3'), ['evidence 2', 'evidence 3']);
});

test('where nothing was looked at after a repair, what was said before it stays', () => {
  assert.deepEqual(shown('evidence 1', 'evidence 2', 'repair', 'step'), ['evidence 1', 'evidence 2']);
  assert.deepEqual(shown('repair', 'routed'), []);
});

test('a second look at the same candidate takes the place of the first', () => {
  const look = { kind: 'step', step: 'gate', state: 'started' };
  const events = [look, { kind: 'evidence', evidence: 'ran out' }, look, { kind: 'evidence', evidence: 'passed' }];
  assert.deepEqual(lastEvidence(events as unknown as readonly ChangeEvent[]), ['passed']);
});
