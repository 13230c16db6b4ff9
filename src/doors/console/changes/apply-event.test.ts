import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChangeDetail, ChangeEvent, StepName } from '#api/client';
import { applyEvent } from './apply-event.ts';

const names: readonly StepName[] = ['understand', 'decide', 'generate', 'gate', 'certify', 'approve', 'roll-out', 'learn'];
const queued: ChangeDetail = {
  id: 'c',
  request: 'x',
  by: 'p',
  askedAt: '2026-11-23T08:00:00.000Z',
  state: 'queued',
  outcome: null,
  why: null,
  step: null,
  generation: null,
  roles: [],
  base: null,
  continues: null,
  conversation: [],
  stated: [],
  attached: [],
  regions: {},
  budget: null,
  kind: 'change',
  handedInBy: null,
  steps: names.map((name) => ({ name, state: 'waiting', startedAt: null, endedAt: null, cpuMs: null, wallMs: null, detail: null })),
  understanding: null,
  decision: null,
  evidence: [],
  candidate: null,
  certificate: null,
  options: [],
  witness: null,
  cost: { cpuMs: 0, wallMs: 0, phases: [] },
  endedAt: null,
  events: [],
};
let seq = 0;
const event = (members: object): ChangeEvent =>
  ({ change: 'c', seq: seq++, at: Date.parse('2026-11-23T08:00:01Z'), ...members }) as ChangeEvent;
const after = (...events: readonly ChangeEvent[]): ChangeDetail => events.reduce(applyEvent, queued);

test('a step that begins makes the change run, and its end keeps how long it took', () => {
  const begun = after(event({ kind: 'step', step: 'understand', state: 'started' }));
  assert.deepEqual([begun.state, begun.step, begun.steps[0]?.state], ['running', 'understand', 'started']);
  const done = applyEvent(begun, event({ kind: 'step', step: 'understand', state: 'done', wallMs: 12 }));
  assert.deepEqual([done.steps[0]?.state, done.steps[0]?.wallMs, done.steps[0]?.startedAt !== null], ['done', 12, true]);
});

test('what has ended stays ended, whatever step is told after it', () => {
  const ended = after(
    event({ kind: 'ended', outcome: 'live', why: 'It serves.', generation: 'sha256:1' }),
    event({ kind: 'step', step: 'roll-out', state: 'done' }),
    event({ kind: 'step', step: 'learn', state: 'done' }),
  );
  assert.deepEqual([ended.state, ended.outcome, ended.generation], ['ended', 'live', 'sha256:1']);
  assert.equal(ended.steps.find(({ name }) => name === 'roll-out')?.state, 'done');
});

test('a change that waits for approval waits, and runs on when it has it', () => {
  const waiting = after(event({ kind: 'step', step: 'approve', state: 'started' }));
  assert.deepEqual([waiting.state, waiting.outcome], ['waiting', 'waiting-for-approval']);
  const on = applyEvent(waiting, event({ kind: 'step', step: 'roll-out', state: 'started' }));
  assert.deepEqual([on.state, on.outcome], ['running', null]);
});

test('an event that is told twice counts once', () => {
  const evidence = event({ kind: 'evidence', evidence: { gate: 'parse' } });
  assert.equal(after(evidence, evidence).evidence.length, 1);
});

test('evidence of a candidate that is written again gives way to that of the next', () => {
  const looked = (gate: string): ChangeEvent => event({ kind: 'evidence', evidence: { gate } });
  const repaired = after(
    looked('parse'),
    event({ kind: 'repair', attempt: 1, generator: 'model/x', failures: ['parse: no'] }),
    looked('types'),
  );
  assert.deepEqual(
    repaired.evidence.map(({ gate }) => gate),
    ['types'],
  );
});
