import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChangeEvent } from '#change';
import { changeId, instant } from '#kernel';
import { asked, runFor } from './run-for.ts';

const change = changeId('ch-1');
const events = (...steps: readonly string[]): readonly ChangeEvent[] =>
  steps.map((text, seq): ChangeEvent => {
    if (text === 'ended') return { change, seq, at: instant(seq), kind: 'ended', outcome: 'live', why: '' };
    const [step, state] = text.split(' ') as ['understand' | 'approve' | 'roll-out', 'started' | 'done' | 'failed'];
    return { change, seq, at: instant(seq), kind: 'step', step, state };
  });

test('a change has its first run until it ends', () => {
  assert.deepEqual(runFor(change, []), { id: 'ch-1', input: 'ch-1' });
  assert.deepEqual(runFor(change, events('understand started', 'roll-out started')), { id: 'ch-1', input: 'ch-1' });
  assert.equal(runFor(change, events('understand started', 'ended')), null);
});

test('where the system moved on while its run waited for the kernel, that run goes on by itself', () => {
  assert.deepEqual(runFor(change, events('understand started', 'roll-out failed')), { id: 'ch-1', input: 'ch-1' });
});

test('a change that was approved after the system had moved on gets another run, once', () => {
  const again = { id: 'ch-1.2', input: 'ch-1#1' };
  assert.deepEqual(runFor(change, events('understand started', 'approve started', 'roll-out failed')), again);
  assert.deepEqual(asked(again.input), { change, attempt: 1 });
  assert.notDeepEqual(runFor(change, events('understand started', 'approve started', 'roll-out failed', 'understand started')), again);
});

test('an id with a number sign of its own is not taken for an attempt', () => {
  assert.deepEqual(asked('ch-1'), { change, attempt: 0 });
});
