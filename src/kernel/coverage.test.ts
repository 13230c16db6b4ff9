import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type AdmissionFacts,
  assured,
  autonomyAllows,
  type Cover,
  coverInWords,
  defaultAssurance,
  type Finding,
  isStatement,
  statementOf,
} from './index.ts';
import { facts, generation, policy as usual } from './specimens.ts';

const policy = { ...usual, autonomy: { low: 'act', medium: 'act', high: 'propose' } as const };
const formula = 'entity/order#field/total';
const region = "order.total > money('0.01')";
const good = facts(generation(1), generation(2), '2', { policy });
const cover = (rows: number, of: number, more: Partial<Cover> = {}): Cover => ({ formula, rows, of, ...more });
const found = (covers: Cover): Finding => ({ statement: 'It covers so much', verdict: 'pass', shownBy: 'checked', covers });
interface Stated extends Partial<AdmissionFacts> {
  readonly said?: Cover | null;
  readonly generator?: string;
  readonly proved?: true;
}
const stated = ({ said = cover(1, 150, { made: true }), generator = 'model:main', proved, ...more }: Stated = {}): AdmissionFacts => ({
  ...good,
  changedFormulas: [formula],
  ...more,
  predicate: {
    ...good.predicate,
    risk: 'medium',
    generator,
    scope: { ...good.predicate.scope, regions: { [formula]: region } },
    evidence: [
      ...good.predicate.evidence,
      {
        gate: 'proof',
        verdict: 'pass',
        findings: [
          ...(said === null ? [] : [found(said)]),
          ...(proved === undefined ? [] : [{ statement: 'outside all is as it was', verdict: 'pass', shownBy: 'proved' } as const]),
        ],
        looked: [generation(2)],
        engine: 'z3',
        cost: { cpuMs: 0, wallMs: 0 },
      },
    ],
  },
});
const asks = (given: AdmissionFacts): boolean => !autonomyAllows([], given);

test('what the author of the code states is asked of a person from the share of the rows on that policy says, and not before', () => {
  assert.equal(defaultAssurance.wideRegion, 80);
  assert.ok(asks(stated({ covers: [cover(80, 100)] })));
  assert.ok(!asks(stated({ covers: [cover(79, 100)] })));
  const own = (wideRegion: number) => ({ ...policy, assurance: { ...defaultAssurance, wideRegion } });
  assert.ok(asks(stated({ covers: [cover(40, 100)], policy: own(40) })));
  assert.ok(!asks(stated({ covers: [cover(99, 100)], policy: own(100) })));
  assert.match(
    assured(stated({ covers: [cover(1204, 1251)] })).why,
    /^the region that whoever wrote the code states of entity\/order#field\/total covers 1,204 of 1,251 rows that are there \(96%\)$/,
  );
  assert.ok(!asks(stated({ covers: [cover(100, 100)], changedFormulas: [] })), 'of a formula that is as it was nothing is asked');
});

test('what the machine counted stands before what the certificate says; where it counted too few, the certificate is believed', () => {
  assert.ok(asks(stated({ covers: [cover(30, 30)], said: cover(1, 30) })));
  assert.ok(!asks(stated({ covers: [cover(1, 30)], said: cover(30, 30) })));
  assert.ok(asks(stated({ covers: [cover(1, 19)], said: cover(150, 150, { made: true }) })));
  assert.ok(!asks(stated({ covers: [cover(19, 19)], said: cover(15, 150, { made: true }) })));
  const unknown = stated({ said: cover(0, 0, { made: true }) });
  assert.match(assured(unknown).why, /it is not known how much of what is there the region covers/);
  assert.ok(asks(unknown));
});

test('what the asker stated, or said as a sentence, is theirs to say: it asks nobody; what came with code is its author’s', () => {
  const covers = [cover(100, 100)];
  assert.ok(!asks(stated({ covers, askedRegions: { [formula]: region } })));
  assert.ok(!asks(stated({ covers, generator: 'sentences' })));
  assert.ok(asks(stated({ covers, askedRegions: { [formula]: "order.total > money('500.00')" } })), 'another than the asker stated');
  assert.ok(asks(stated({ covers, askedRegions: { 'rule/other': region } })));
  assert.ok(asks(stated({ covers, handedIn: true, askedRegions: { [formula]: region } })));
  assert.ok(asks(stated({ covers, handedIn: true, generator: 'sentences' })), 'a workshop that says so of code that was handed in');
});

test('a region that the proof tells nothing of holds nothing, whoever stated it and however few rows it covers', () => {
  for (const given of [
    stated({ said: null }),
    stated({ said: null, covers: [cover(1, 100)] }),
    stated({ said: null, askedRegions: { [formula]: region } }),
  ]) {
    assert.ok(asks(given));
    assert.match(assured(given).why, /nothing is shown of the region that is stated of entity\/order#field\/total/);
  }
  const other = stated({ said: { ...cover(1, 100), formula: 'rule/other' }, generator: 'sentences' });
  assert.ok(asks(other));
});

test('what covers much is not narrow, whoever stated it: nothing is lowered for it', () => {
  const lowering = {
    ...policy,
    autonomy: { low: 'act', medium: 'propose', high: 'propose' } as const,
    assurance: { ...defaultAssurance, lowerProven: true },
  };
  const of = (covers: readonly Cover[]): AdmissionFacts =>
    stated({ proved: true, covers, policy: lowering, changedComponents: ['entity/order'], askedRegions: { [formula]: region } });
  assert.equal(assured(of([cover(10, 100)])).risk, 'low');
  assert.equal(assured(of([cover(90, 100)])).risk, 'medium');
  assert.equal(assured(stated({ proved: true, said: cover(10, 100), policy: lowering })).risk, 'low');
  assert.equal(assured(stated({ said: cover(10, 100), policy: lowering })).risk, 'medium', 'a count alone proves nothing');
});

test('more regions than are counted are asked of a person', () => {
  const many = Array.from({ length: 21 }, (_, at) => `entity/order#field/f${at}`);
  const { predicate, ...rest } = stated();
  const regions = Object.fromEntries(many.map((name) => [name, region]));
  const findings = many.map((name) => found({ ...cover(1, 150), formula: name }));
  const evidence = predicate.evidence.map((each) => (each.gate === 'proof' ? { ...each, findings } : each));
  const wide = { ...rest, changedFormulas: many, predicate: { ...predicate, evidence, scope: { ...predicate.scope, regions } } };
  assert.match(assured(wide).why, /it alters 21 formulas, and states a region of each/);
  assert.ok(!asks({ ...wide, changedFormulas: many.slice(1) }));
});

test('a count is told with its share, never as all where it is not all, nor as none where it is some', () => {
  assert.equal(coverInWords(cover(1204, 1251), 'orders'), '1,204 of 1,251 orders that are there (96%)');
  assert.equal(coverInWords(cover(9_999, 10_000), 'orders'), '9,999 of 10,000 orders that are there (99%)');
  assert.equal(coverInWords(cover(1, 1_000, { newest: true }), 'orders'), '1 of 1,000 orders that came last (under 1%)');
  assert.equal(coverInWords(cover(0, 150, { made: true }), 'orders'), '0 of 150 orders that were made up (0%)');
});

test('refused as no certificate: counts that are none', () => {
  assert.ok(isStatement(statementOf(stated({ said: cover(1, 2) }).predicate)));
  for (const odd of [cover(3, 2), cover(-1, 2), cover(0.5, 2), { ...cover(1, 2), formula: 7 }, { formula }, 'all'])
    assert.ok(!isStatement(statementOf(stated({ said: odd as Cover }).predicate)), JSON.stringify(odd));
});
