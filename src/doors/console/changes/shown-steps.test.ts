import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StepJson } from '#api/client';
import { shownSteps } from './shown-steps.ts';

const steps = (states: { readonly [name: string]: StepJson['state'] }): readonly StepJson[] =>
  Object.entries(states).map(([name, state]) => ({ name, state, startedAt: null, endedAt: null }) as unknown as StepJson);
const shown = (states: { readonly [name: string]: StepJson['state'] }): readonly (readonly [string, string | null])[] =>
  shownSteps(steps(states)).map(({ state, says }) => [state, says]);

test('while a person is waited for, what was tried after that is not shown as done', () => {
  assert.deepEqual(shown({ certify: 'done', approve: 'started', 'roll-out': 'done', learn: 'waiting' }), [
    ['done', null],
    ['started', 'waits for a person'],
    ['waiting', 'not yet'],
    ['waiting', 'not yet'],
  ]);
});
test('a step that a later one has passed by was not needed; one that is still to come is not yet', () => {
  assert.deepEqual(shown({ decide: 'done', retrieve: 'waiting', generate: 'started', gate: 'waiting' }), [
    ['done', null],
    ['skipped', 'not needed'],
    ['started', 'running'],
    ['waiting', 'not yet'],
  ]);
});
test('where a change ended on its way, what came after was not reached; where it is live, it was not needed', () => {
  const ended = steps({ understand: 'done', retrieve: 'skipped', decide: 'done', generate: 'skipped', gate: 'skipped' });
  assert.deepEqual(
    shownSteps(ended, 'refused').map(({ says }) => says),
    [null, 'not needed', null, 'not reached', 'not reached'],
  );
  assert.equal(shownSteps(ended, 'nothing-to-do').at(-1)?.says, 'not needed');
});
