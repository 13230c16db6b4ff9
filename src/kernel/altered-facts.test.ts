/** What a workshop that lies can reach: each fact of a good admission altered, and certified again with the workshop's own key. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { type AdmissionFacts, decide, emptyState, isRefusal, isStatement, type Json, type NewGrant, replay, statementOf } from './index.ts';
import { at, facts, generation, owner, policy } from './specimens.ts';

const installed = decide(emptyState, { kind: 'install', at, by: owner, generation: generation(1) });
assert.ok(!isRefusal(installed));
const state = replay(emptyState, installed);
const needed = ['parse', 'types', 'examples'] as const;
const good = facts(generation(1), generation(2), '2', { policy: { ...policy, gates: { low: needed, medium: needed, high: needed } } });
const admitted = (given: AdmissionFacts): boolean => !isRefusal(decide(state, { kind: 'admit', at, by: owner, facts: given }));

const unasked: NewGrant = {
  who: 'viewer',
  what: 'update product',
  statement: 'viewer can update product: viewer calls operation/x, which calls operation/y, which updates product',
  path: ['viewer calls operation/x', 'which calls operation/y', 'which updates product'],
  doer: 'operation/y',
  openers: [],
};

/** Every leaf of a value, as the path to it and the value with that leaf altered or taken away. */
function* altered(value: Json, path = ''): Generator<readonly [string, Json]> {
  if (Array.isArray(value)) {
    for (const [index, member] of value.entries()) {
      for (const [at, other] of altered(member as Json, `${path}[]`)) yield [at, value.with(index, other)];
      yield [`${path}[] gone`, value.toSpliced(index, 1)];
    }
    return;
  }
  if (typeof value === 'object' && value !== null) {
    for (const [name, member] of Object.entries(value))
      for (const [at, other] of altered(member, path === '' ? name : `${path}.${name}`)) yield [at, { ...value, [name]: other }];
    return;
  }
  if (typeof value === 'number') yield [path, value + 1];
  else if (typeof value === 'boolean') yield [path, !value];
  else if (typeof value === 'string') {
    yield [path, `${value}x`];
    if (value.startsWith('sha256:')) yield [path, generation(77)];
  }
}

/** What the kernel takes from the workshop's signature: altering it alters no decision. */
const taken = [
  'change',
  'evidence[].cost.cpuMs',
  'evidence[].cost.wallMs',
  'evidence[].engine',
  'generator',
  'issued',
  'request.by',
  'request.text',
];

test('each member of a certificate that is altered and signed again is refused, but for what is taken from the signature', () => {
  const passed = new Set<string>();
  for (const [path, predicate] of altered(good.predicate as unknown as Json))
    if (
      isStatement(statementOf(predicate as unknown as AdmissionFacts['predicate'])) &&
      admitted({ ...good, predicate: predicate as unknown as AdmissionFacts['predicate'] })
    )
      passed.add(path);
  assert.deepEqual([...passed].sort(), taken);
});

test('what is taken from the signature stands in TRUST.md', () => {
  const trust = readFileSync(new URL('../../TRUST.md', import.meta.url), 'utf8');
  const section = trust.slice(trust.indexOf("## Taken from the workshop's signature"), trust.indexOf('## Not covered'));
  for (const word of ['generator', 'request', 'engine', 'cost', 'time', 'change']) assert.match(section, new RegExp(word), word);
});

test('a certificate of another base, of another generation, or used again is of no use', () => {
  assert.ok(admitted(good));
  assert.ok(!admitted({ ...good, predicate: { ...good.predicate, base: generation(2) } }));
  assert.ok(!admitted({ ...good, subjectMatches: false }));
  const once = decide(state, { kind: 'admit', at, by: owner, facts: good });
  assert.ok(!isRefusal(once));
  const after = replay(state, once);
  assert.deepEqual(decide(after, { kind: 'admit', at, by: owner, facts: good }), [], 'the same again does nothing');
  const active = decide(after, { kind: 'activate', at, by: owner, generation: generation(2) });
  assert.ok(!isRefusal(active));
  assert.ok(isRefusal(decide(replay(after, active), { kind: 'admit', at, by: owner, facts: good })), 'its base serves no more');
});

test('each fact that the machine itself found is decisive: altered to the worse, it refuses', () => {
  const worse: { readonly [Name in keyof Omit<AdmissionFacts, 'predicate' | 'policy' | 'certificate'>]: AdmissionFacts[Name] } = {
    signatureValid: false,
    subjectMatches: false,
    sourcesComplete: false,
    problems: ['it does not read'],
    changedComponents: [...good.changedComponents, 'operation/other'],
    changedSources: good.changedSources,
    changedMembers: [...good.changedMembers, 'entity/customer#field/name'],
    changedFormulas: ['rule/discount'],
    handedIn: true,
    askedRegions: {},
    covers: [{ formula: 'rule/price', rows: 30, of: 30 }],
    changedTests: [...good.changedTests, 'entity/order#an order keeps its note'],
    newCapabilities: ['operation/other: order update'],
    newData: [...good.newData, 'order update'],
    newGrants: [unasked],
    incompatible: ['entity/customer#field/name: is gone'],
    settingsChanged: 'basis',
  };
  for (const [name, value] of Object.entries(worse)) {
    // Of regions, what is decisive is said by coverage.test.ts: here none is stated.
    if (['changedSources', 'handedIn', 'askedRegions', 'covers'].includes(name)) continue;
    assert.ok(!admitted({ ...good, [name]: value }), name);
  }
});

test('who can do more than before is refused with the way there, unless the scope names what does it, what opened it, or the roles', () => {
  const { scope } = good.predicate;
  const given = (grant: NewGrant, components: readonly string[] = [], members: readonly string[] = []): AdmissionFacts => ({
    ...good,
    newGrants: [grant],
    predicate: {
      ...good.predicate,
      scope: {
        components: [...scope.components, ...components] as typeof scope.components,
        members: [...scope.members, ...members],
      },
    },
  });
  const refused = decide(state, { kind: 'admit', at, by: owner, facts: given(unasked, ['operation/x', 'entity/product']) });
  assert.ok(isRefusal(refused) && refused.why.includes(unasked.statement));
  assert.ok(admitted(given(unasked, ['operation/y'])));
  assert.ok(admitted(given({ ...unasked, openers: ['rule/own'] }, ['rule/own'])));
  assert.ok(!admitted(given({ ...unasked, openers: ['rule/own'] })));
  assert.ok(admitted(given(unasked, [], ['settings'])));
  const reaching = (reaches: readonly string[]): AdmissionFacts => {
    const { predicate } = given(unasked);
    return { ...given(unasked), predicate: { ...predicate, scope: { ...predicate.scope, reaches } } };
  };
  assert.ok(admitted(reaching(['operation/y'])));
  assert.ok(!admitted(reaching(['operation/x'])));
});
