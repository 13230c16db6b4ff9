import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChangeEvent } from '#api/client';
import { attemptsOf, isTelling } from './attempts.ts';

const events = (...told: readonly object[]): readonly ChangeEvent[] => told.map((event, seq) => ({ seq, ...event }) as ChangeEvent);
const decided = (chosen: string, why: string): object => ({ kind: 'decided', decision: { chosen, why, options: [] } });

test('each generator has its own pieces and repairs, and the reason why it wrote nothing', () => {
  const attempts = attemptsOf({
    candidate: null,
    why: 'It serves.',
    events: events(
      { kind: 'routed', generator: 'sentences', why: 'built in' },
      decided('nothing', 'Two words have no role.'),
      { kind: 'routed', generator: 'model/main', why: 'the next' },
      decided('generate', 'the cheapest'),
      { kind: 'retrieved', pieces: [{ source: 'sdk/rule', why: 'a rule', tokens: 90 }], tokens: 90 },
      { kind: 'repair', attempt: 1, generator: 'model/main', failures: ['types: no'] },
    ),
  });
  assert.deepEqual(
    attempts.map(({ generator, gaveUp, tokens, repairs }) => [generator, gaveUp, tokens, repairs.length]),
    [
      ['sentences', 'Two words have no role.', 0, 0],
      ['model/main', null, 90, 1],
    ],
  );
  assert.ok(isTelling(attempts));
});

test('where one alone is there, nothing is told but what it was given and wrote again', () => {
  const quiet = attemptsOf({ candidate: null, why: null, events: events({ kind: 'asked' }, decided('generate', 'x')) });
  assert.ok(!isTelling(quiet));
  assert.ok(!isTelling(attemptsOf({ candidate: null, why: null, events: [] })));
  const repaired = attemptsOf({
    candidate: null,
    why: null,
    events: events({ kind: 'repair', attempt: 1, generator: 'model/x', failures: [] }),
  });
  assert.deepEqual([repaired[0]?.generator, isTelling(repaired)], ['model/x', true]);
});

test('what the change ended with is not told twice', () => {
  const asked = events({ kind: 'routed', generator: 'model/main', why: 'the next' }, decided('nothing', 'Of what?'));
  assert.equal(attemptsOf({ candidate: null, why: 'Of what?', events: asked })[0]?.gaveUp, null);
});

test('whoever was followed by another says why, be it a decision or what its code did not pass', () => {
  const routed = (generator: string): object => ({ kind: 'routed', generator, why: 'x' });
  const followed = events(
    routed('sentences'),
    decided('generate', 'It takes code.'),
    routed('model/a'),
    { kind: 'evidence', evidence: {} },
    routed('model/b'),
    { kind: 'evidence', evidence: {} },
  );
  assert.deepEqual(
    attemptsOf({ candidate: null, why: 'It serves.', events: followed }).map(({ gaveUp }) => gaveUp),
    ['It takes code.', 'what it wrote did not pass its checks', null],
  );
});
