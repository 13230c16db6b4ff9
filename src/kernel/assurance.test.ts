import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type AdmissionFacts,
  admissionConditions,
  assured,
  autonomyAllows,
  decide,
  emptyState,
  type Evidence,
  isRefusal,
  replay,
} from './index.ts';
import { at, facts, generation, owner, policy as usual } from './specimens.ts';

const installed = decide(emptyState, { kind: 'install', at, by: owner, generation: generation(1) });
assert.ok(!isRefusal(installed));
const state = replay(emptyState, installed);
const policy = { ...usual, autonomy: { low: 'act', medium: 'propose', high: 'propose' } as const };
const lowering = { ...policy, assurance: { lowerProven: true, raiseOpen: true, wide: 12, wideRegion: 80 } };
const good = facts(generation(1), generation(2), '2', { policy });
const proof = (findings: Evidence['findings'], verdict: Evidence['verdict'] = 'pass'): Evidence => ({
  gate: 'proof',
  verdict,
  findings,
  looked: [generation(2)],
  engine: 'z3',
  cost: { cpuMs: 0, wallMs: 0 },
});
const proved = { statement: 'the discount is never above the price', verdict: 'pass', shownBy: 'proved' } as const;
const withProof = (
  findings: Evidence['findings'],
  more: Partial<AdmissionFacts> = {},
  risk: 'low' | 'medium' | 'high' = 'medium',
): AdmissionFacts => ({
  ...good,
  policy: lowering,
  changedComponents: ['rule/discount'],
  changedMembers: [],
  changedTests: [],
  newData: [],
  predicate: {
    ...good.predicate,
    risk,
    scope: { components: ['rule/discount'], members: ['rule/discount'] },
    evidence: [...good.predicate.evidence, proof(findings, findings.some(({ verdict }) => verdict === 'unknown') ? 'unknown' : 'pass')],
  },
  ...more,
});

test('what is proved and narrow goes live by itself a class lower, where policy says so and only then', () => {
  assert.equal(assured(withProof([proved])).risk, 'low');
  assert.ok(autonomyAllows([], withProof([proved])));
  assert.ok(!isRefusal(decide(state, { kind: 'admit', at, by: owner, facts: withProof([proved]) })));
  assert.ok(!autonomyAllows([], withProof([proved], { policy })));
  assert.ok(!autonomyAllows([], withProof([proved], { policy: { ...lowering, autonomy: { low: 'act', medium: 'off', high: 'off' } } })));
});

test('nothing else is lowered: not high risk, not settings, no body, nothing wider, nothing held, opened or broken, nothing less than proved', () => {
  const grant = { who: 'viewer', what: 'update order', statement: '', path: [], doer: 'rule/discount', openers: [] };
  const others: readonly AdmissionFacts[] = [
    withProof([proved], {}, 'high'),
    withProof([proved], { settingsChanged: 'policy' }),
    withProof([proved], { settingsChanged: 'strategies' }),
    withProof([proved], { changedComponents: ['operation/pay'] }),
    withProof([proved], { changedComponents: ['rule/discount', 'entity/order'] }),
    withProof([proved], { changedComponents: [] }),
    withProof([proved], { newCapabilities: ['rule/discount: other rows of e_order for clerk'] }),
    withProof([proved], { newGrants: [grant] }),
    withProof([proved], { incompatible: ['rule/discount: is gone'] }),
    withProof([]),
    withProof([proved, { ...proved, shownBy: 'not-shown' }]),
    withProof([proved, { ...proved, shownBy: 'tested' }]),
    withProof([{ ...proved, shownBy: 'checked' }]),
  ];
  for (const each of others) assert.ok(!autonomyAllows([], each), JSON.stringify(each.changedComponents));
});

test('what is unknown or wide asks a person, and says why; what is merely not shown does not', () => {
  const unknown = { statement: 'a total is never negative', verdict: 'unknown', shownBy: 'not-shown' } as const;
  const low = (findings: Evidence['findings'], more: Partial<AdmissionFacts> = {}): AdmissionFacts =>
    withProof(findings, { policy, ...more }, 'low');
  assert.equal(assured(low([unknown])).risk, 'medium');
  assert.equal(assured(withProof([unknown])).risk, 'high');
  assert.equal(assured(low([{ ...unknown, verdict: 'pass' }])).risk, 'low');
  assert.equal(assured(low([], { changedComponents: Array.from({ length: 13 }, (_, at) => `entity/e${at}`) })).risk, 'medium');
  assert.equal(assured(low([], { changedComponents: Array.from({ length: 12 }, (_, at) => `entity/e${at}`) })).risk, 'low');
  const open = { ...low([unknown]), changedComponents: good.changedComponents };
  const scoped = { ...open, predicate: { ...open.predicate, scope: good.predicate.scope } };
  const broken = admissionConditions(state, scoped).filter(({ holds }) => !holds);
  assert.deepEqual(
    broken.map(({ name }) => name),
    ['autonomy'],
  );
  assert.match(
    broken[0]?.why ?? '',
    /of low risk, and asked for as of medium risk, since it is not known whether a total is never negative\. It needs one approval/,
  );
  const said = { certificate: scoped.certificate, by: 'ada', roles: ['owner'], session: 's', at };
  assert.ok(autonomyAllows([said], scoped));
  const off = { ...lowering, assurance: { lowerProven: false, raiseOpen: false, wide: 10_000, wideRegion: 80 } };
  assert.equal(assured(low([unknown], { policy: off })).risk, 'low');
});

test('a workflow whose states were not all seen asks a person, and is never taken for one that was', () => {
  const bounded = { statement: 'order: the rest was not seen', verdict: 'unknown', shownBy: 'not-shown' } as const;
  const found: Evidence = { ...proof([bounded], 'unknown'), gate: 'workflow' };
  const passed: Evidence = { ...proof([]), gate: 'properties' };
  const open = withProof([], { policy }, 'low');
  const facts = { ...open, predicate: { ...open.predicate, evidence: [...open.predicate.evidence, passed, found] } };
  assert.equal(assured(facts).risk, 'medium');
  const named = { ...policy, gates: { ...policy.gates, low: [...policy.gates.low, 'workflow'] } } as const;
  const conditions = admissionConditions(state, { ...facts, policy: named });
  assert.match(conditions.find(({ name }) => name === 'gates passed')?.why ?? '', /missing or unknown for: workflow/);
});

test('a proof that was not found in its time raises nothing where generated rows were tried on the same statements and passed', () => {
  const open = withProof([{ ...proved, verdict: 'unknown', shownBy: 'not-shown' }], { policy });
  assert.equal(assured(open).risk, 'high');
  const properties = (verdict: Evidence['verdict']): AdmissionFacts => ({
    ...open,
    predicate: { ...open.predicate, evidence: [...open.predicate.evidence, { ...proof([], verdict), gate: 'properties' }] },
  });
  assert.equal(assured(properties('pass')).risk, 'medium');
  assert.equal(assured(properties('unknown')).risk, 'high');
});

test('a formula that is altered without a region, or with one of every row, asks a person; one whose region is stated does not', () => {
  const acting = { ...usual, autonomy: { low: 'act', medium: 'propose', high: 'propose' } as const };
  const altered = (regions?: { readonly [formula: string]: string }, more: Partial<AdmissionFacts> = {}): AdmissionFacts => ({
    ...good,
    policy: acting,
    changedFormulas: ['entity/order#field/total'],
    ...more,
    predicate: {
      ...good.predicate,
      scope: { ...good.predicate.scope, ...(regions === undefined ? {} : { regions }) },
      evidence: [
        ...good.predicate.evidence,
        proof([
          {
            statement: 'It covers 1 of 40',
            verdict: 'pass',
            shownBy: 'checked',
            covers: { formula: 'entity/order#field/total', rows: 1, of: 40 },
          },
        ]),
      ],
    },
  });
  for (const regions of [undefined, {}, { 'entity/order#field/other': 'order.paid' }, { 'entity/order#field/total': ' (true) ' }]) {
    const { risk, why } = assured(altered(regions));
    assert.equal(risk, 'medium', JSON.stringify(regions));
    assert.match(why, /alters entity\/order#field\/total and does not say for which rows/);
    assert.ok(!autonomyAllows([], altered(regions)));
  }
  assert.deepEqual(assured(altered({ 'entity/order#field/total': 'order.paid' })), { risk: 'low', why: '' });
  const careless = { ...acting, autonomy: { low: 'act', medium: 'act', high: 'propose' } as const };
  assert.equal(assured(altered(undefined, { policy: careless })).risk, 'high', 'the next class in which a person is asked');
  const asking = altered();
  assert.equal(assured({ ...asking, predicate: { ...asking.predicate, risk: 'medium' } }).why, '', 'who is asked already is asked once');
});

test('what the proof calls wide asks a person, whatever region is stated', () => {
  const wide = { statement: 'The region holds for every row', verdict: 'pass', shownBy: 'not-shown', wide: true } as const;
  assert.equal(assured({ ...withProof([wide], {}, 'low') }).risk, 'medium');
});
