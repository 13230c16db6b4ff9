import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Understood } from '#ports';
import { decide } from './20-decide.ts';

const autonomy = { low: 'act', medium: 'propose', high: 'off' } as const;
const understood = (risk: 'low' | 'medium' | 'high'): Understood => ({
  kind: 'understood',
  echo: [],
  notes: [],
  scope: { components: [], members: [] },
  risk,
  plan: null,
});
const of = (given: Understood): ReturnType<typeof decide> => decide({ understood: given, generator: 'sentences', autonomy });

test('what is understood is generated, and doing nothing is among the options that were not chosen', () => {
  const decided = of(understood('low'));
  assert.equal(decided.kind, 'go-on');
  assert.equal(decided.decision.chosen, 'generate');
  assert.deepEqual(
    decided.decision.options.map((option) => [option.name, option.rejectedBecause !== undefined]),
    [
      ['nothing', true],
      ['configure', true],
      ['generate', false],
    ],
  );
});

test('needless change is refused: the system is so already', () => {
  const decided = of({ kind: 'nothing-to-do', echo: [], why: 'It is so already.' });
  assert.deepEqual([decided.kind, decided.decision.chosen], ['end', 'nothing']);
  assert.equal(decided.kind === 'end' ? decided.outcome : '', 'nothing-to-do');
});

test('a question and a refusal end with what the generator said', () => {
  const question = of({ kind: 'question', why: 'Two readings.', options: [] });
  assert.deepEqual([question.kind === 'end' && question.outcome, question.decision.why], ['question', 'Two readings.']);
  const refused = of({ kind: 'refused', why: 'No reading.' });
  assert.equal(refused.kind === 'end' && refused.outcome, 'refused');
});

test('a class of change that the policy switches off is refused before anything is written', () => {
  const decided = of(understood('high'));
  assert.equal(decided.kind === 'end' && decided.outcome, 'refused');
  assert.match(decided.decision.why, /policy/);
  assert.equal(of(understood('medium')).kind, 'go-on');
});
