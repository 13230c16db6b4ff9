import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Need } from '#decide';
import type { Understood } from '#ports';
import { decide } from './20-decide.ts';
import type { Facts } from './weigh.ts';

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
      ['strategy', true],
      ['compose', true],
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

const beyond: Understood = { kind: 'refused', why: 'These words have no role.', words: [{ word: 'clicks', at: 0 }] };
const needed = (need: Need, said: Understood = beyond): ReturnType<typeof decide> =>
  decide({ understood: said, generator: 'sentences', autonomy, need });

test('what is there already ends the change with the place, and what does harm is refused with the reason', () => {
  const so = needed({ kind: 'nothing', refused: false, why: 'It is so.', where: 'entity/order' });
  assert.deepEqual(so.kind === 'end' && [so.outcome, so.why, so.final], ['nothing-to-do', 'It is so. See entity/order.', true]);
  const harm = needed({ kind: 'nothing', refused: true, why: 'It gives goods away.' });
  assert.deepEqual(harm.kind === 'end' && [harm.outcome, harm.decision.options.at(-1)?.rejectedBecause], [
    'refused',
    'It gives goods away.',
  ]);
});

test('what only seems to be so already is looked at by whoever understands more, and is told as it is where nobody is there', () => {
  for (const need of [
    { kind: 'nothing', refused: false, why: 'It seems so.', seems: true },
    { kind: 'compose', why: 'The list gives it.', how: 'GET /api/orders', seems: true },
  ] satisfies Need[]) {
    const ask = (others: boolean, said: Understood = beyond): ReturnType<typeof decide> =>
      decide({ understood: said, generator: 'sentences', autonomy, need, others });
    const looked = ask(true);
    assert.deepEqual(looked.kind === 'next' && [looked.whom, looked.decision.chosen], ['others', 'generate']);
    assert.equal(ask(false).kind, 'end');
    assert.equal(ask(true, understood('low')).kind, 'end', 'what the sentences understood costs no call');
    const { seems: _, ...surely } = need;
    assert.equal(decide({ understood: beyond, generator: 'sentences', autonomy, need: surely, others: true }).kind, 'end');
  }
});

test('what exists is used before anything is written, and the answer says how', () => {
  const made = needed({ kind: 'compose', why: 'The list gives it.', how: 'GET /api/orders?status=open' });
  assert.deepEqual(made.kind === 'end' && [made.outcome, made.use, made.decision.chosen], [
    'nothing-to-do',
    'GET /api/orders?status=open',
    'compose',
  ]);
  assert.deepEqual(
    made.decision.options.map((option) => [option.name, option.rejectedBecause !== undefined]),
    [
      ['nothing', true],
      ['compose', false],
      ['generate', true],
    ],
  );
});

test('a wish for a setting goes to the settings, and what must be written or is undecided to whoever writes', () => {
  const whom = (need: Need): string => {
    const made = needed(need);
    return made.kind === 'next' ? `${made.whom} ${made.decision.chosen}` : made.kind;
  };
  assert.equal(whom({ kind: 'configure', why: 'A setting does it.' }), 'settings configure');
  assert.equal(whom({ kind: 'strategy', why: 'A setting does it.' }), 'settings strategy');
  assert.equal(whom({ kind: 'code', why: 'It is not there.' }), 'others generate');
  assert.equal(whom({ kind: 'undecided', why: 'Who knows.' }), 'others generate');
});

test('what the sentences understood wholly is not given to anybody else', () => {
  assert.equal(needed({ kind: 'configure', why: 'x' }, understood('low')).kind, 'go-on');
  assert.equal(needed({ kind: 'undecided', why: 'x' }, understood('low')).kind, 'go-on');
  assert.equal(needed({ kind: 'nothing', refused: false, why: 'x' }, { kind: 'question', why: 'Two.', options: [] }).kind, 'end');
  assert.equal(needed({ kind: 'delete', why: 'x' }, understood('low')).decision.chosen, 'delete');
});

test('a figure says where it comes from, and what the ledger does not hold is called unknown', () => {
  const past = [
    { generator: 'sentences', changes: 4, live: 3, cpuMs: 1200, usd: null },
    { generator: 'model/main', changes: 2, live: 1, cpuMs: 9000, usd: 0.25 },
  ];
  const cost = (facts: Facts, generator = 'sentences'): string | undefined =>
    decide({ understood: understood('low'), generator, autonomy, facts }).decision.options.find(({ name }) => name === 'generate')?.cost;
  assert.match(cost({ past }) ?? '', /1\.20 s of processor; median of 4 earlier changes in the ledger, 3 of them live/);
  assert.match(cost({ past }, 'model/main') ?? '', /0\.2500 US dollars/);
  assert.match(cost({ past: [] }) ?? '', /unknown: no such change is in the ledger/);
  const risk = decide({
    understood: { ...understood('medium'), scope: { components: ['entity/order'], members: [] } } as Understood,
    generator: 'sentences',
    autonomy,
    facts: { past, rows: 12 },
  });
  assert.match(risk.decision.options.at(-1)?.risk ?? '', /^medium: 1 component touched, 12 rows of them counted/);
});

test('a setting is chosen before code, and code is kept as the dearer way', () => {
  const set = decide({ understood: understood('medium'), generator: 'settings', autonomy });
  assert.equal(set.decision.chosen, 'configure');
  const way = { ...understood('medium'), scope: { components: ['rule/discount'], members: ['settings'] } } as Understood;
  const strategy = decide({ understood: way, generator: 'settings', autonomy });
  assert.deepEqual(
    [strategy.decision.chosen, strategy.decision.options.map(({ name }) => name)],
    ['strategy', ['nothing', 'strategy', 'generate']],
  );
});
