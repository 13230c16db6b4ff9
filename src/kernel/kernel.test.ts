import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  type AdmissionFacts,
  type Command,
  type KernelEvent,
  type KernelState,
  type Policy,
  admissionConditions,
  apply,
  autonomyAllows,
  boundedCaps,
  canonicalJson,
  changeId,
  decide,
  defaultCaps,
  emptyState,
  hardCaps,
  instant,
  isRefusal,
  isStatement,
  leastRisk,
  preAuthenticationEncoding,
  quarantineOf,
  replay,
  statementOf,
  strikeMs,
  strikesInForce,
} from './index.ts';
import { at, facts, generation, owner, policy, viewer } from './specimens.ts';

function run(state: KernelState, command: Command): KernelState {
  const decided = decide(state, command);
  assert.ok(!isRefusal(decided), JSON.stringify(decided));
  return replay(state, decided);
}
const installed = run(emptyState, { kind: 'install', at, by: owner, generation: generation(1) });
const changed = (state: KernelState, number: number): KernelState => {
  const base = state.routing.stable;
  assert.ok(base !== null);
  const admitted = run(state, { kind: 'admit', at, by: owner, facts: facts(base, generation(number), String(number)) });
  return run(admitted, { kind: 'activate', at, by: owner, generation: generation(number) });
};

test('a generation that was not admitted cannot be activated', () => {
  assert.ok(isRefusal(decide(installed, { kind: 'activate', at, by: owner, generation: generation(9) })));
});

test('a version without every needed verdict is refused, and unknown is not a verdict', () => {
  const good = facts(generation(1), generation(2), '2');
  for (const verdict of ['unknown', 'fail'] as const) {
    const evidence = good.predicate.evidence.map((entry) => (entry.gate === 'types' ? { ...entry, verdict } : entry));
    const decided = decide(installed, { kind: 'admit', at, by: owner, facts: { ...good, predicate: { ...good.predicate, evidence } } });
    assert.ok(isRefusal(decided) && decided.code === 'not-admitted');
  }
});

test('each broken fact alone refuses the admission', () => {
  const good = facts(generation(1), generation(2), '2');
  assert.ok(!isRefusal(decide(installed, { kind: 'admit', at, by: owner, facts: good })));
  const broken: Partial<AdmissionFacts>[] = [
    { signatureValid: false },
    { subjectMatches: false },
    { sourcesComplete: false },
    { problems: ['x'] },
    { settingsChanged: 'basis' },
    { settingsChanged: 'policy' },
    { settingsChanged: 'strategies' },
    { changedComponents: ['entity/order', 'operation/pay'] },
    { changedMembers: ['entity/customer#field/name'] },
    { newCapabilities: ['operation/pay: order update'] },
    { incompatible: ['entity/customer#field/name: removed'] },
    { predicate: { ...good.predicate, base: generation(7) } },
    { predicate: { ...good.predicate, risk: 'high' } },
    { predicate: { ...good.predicate, evidence: good.predicate.evidence.map((entry) => ({ ...entry, looked: [generation(7)] })) } },
  ];
  for (const change of broken)
    assert.ok(isRefusal(decide(installed, { kind: 'admit', at, by: owner, facts: { ...good, ...change } })), JSON.stringify(change));
  assert.equal(
    admissionConditions(installed, good).every((condition) => condition.holds),
    true,
  );
});

test('approvals count once a person, only of those who may, and only for the certificate they saw', () => {
  const high = facts(generation(1), generation(2), '2');
  const asked = { ...high, predicate: { ...high.predicate, risk: 'high' as const } };
  const approval = (by: string, role: string, certificate = asked.certificate) => ({ certificate, by, roles: [role], session: 's', at });
  assert.equal(autonomyAllows([approval('ada', 'owner'), approval('ada', 'owner')], asked), false);
  assert.equal(autonomyAllows([approval('ada', 'owner'), approval('bob', 'viewer')], asked), false);
  assert.equal(autonomyAllows([approval('ada', 'owner'), approval('cy', 'manager', generation(5))], asked), false);
  assert.equal(autonomyAllows([approval('ada', 'owner'), approval('cy', 'manager')], asked), true);
});

test('a freeze stops admission and activation, not the way back', () => {
  const two = changed(installed, 2);
  const frozen = run(two, { kind: 'freeze', at, by: owner, why: 'year end', policy });
  const refused = decide(frozen, { kind: 'admit', at, by: owner, facts: facts(generation(2), generation(3), '3') });
  assert.ok(isRefusal(refused) && refused.code === 'frozen');
  const back = run(frozen, { kind: 'roll-back', at, by: owner, withLater: false, policy });
  assert.equal(back.routing.stable, generation(1));
});

test('who may not steer is refused', () => {
  const two = changed(installed, 2);
  for (const command of [
    { kind: 'roll-back', at, by: viewer, withLater: false, policy },
    { kind: 'freeze', at, by: viewer, why: '', policy },
    { kind: 'unfreeze', at, by: viewer, policy },
  ] as const) {
    const decided = decide(two, command);
    assert.ok(isRefusal(decided) && decided.code === 'forbidden');
  }
});

test('taking back an older change names the later ones, and takes all back only when told', () => {
  const three = changed(changed(installed, 2), 3);
  const refused = decide(three, { kind: 'roll-back', at, by: owner, change: changeId('2'), withLater: false, policy });
  assert.ok(isRefusal(refused) && refused.why.includes('3'));
  const back = run(three, { kind: 'roll-back', at, by: owner, change: changeId('2'), withLater: true, policy });
  assert.equal(back.routing.stable, generation(1));
  assert.ok(isRefusal(decide(back, { kind: 'roll-back', at, by: owner, withLater: false, policy })));
});

test('whatever is asked in whatever order: only admitted generations serve, one activation serves, and the way back reaches the start', () => {
  const step = fc.record({
    kind: fc.constantFrom('admit', 'activate', 'roll-back', 'close', 'freeze', 'unfreeze', 'strike', 'strike', 'release'),
    number: fc.integer({ min: 2, max: 6 }),
    stale: fc.boolean(),
    later: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let state = installed;
      const log: KernelEvent[] = [];
      for (const { kind, number, stale, later } of steps) {
        const stable = state.routing.stable ?? generation(1);
        const base = stale ? generation(number + 1) : stable;
        const command: Command =
          kind === 'admit'
            ? {
                kind,
                at,
                by: owner,
                facts: { ...facts(base, generation(number), String(number)), changedSources: [generation(number + 20)] },
              }
            : kind === 'activate'
              ? { kind, at, by: owner, generation: generation(number) }
              : kind === 'roll-back'
                ? { kind, at, by: owner, withLater: later, policy }
                : kind === 'close'
                  ? { kind, at, by: owner, activation: number }
                  : kind === 'strike'
                    ? strikeOn(number + 20, stale ? null : String(number))
                    : kind === 'release'
                      ? { kind, at, by: owner, source: generation(number + 20), policy }
                      : kind === 'freeze'
                        ? { kind, at, by: owner, why: '', policy }
                        : { kind: 'unfreeze', at, by: owner, policy };
        const before = state;
        const decided = decide(state, command);
        if (isRefusal(decided)) continue;
        log.push(...decided);
        state = replay(state, decided);
        assert.ok(state.routing.stable !== null && state.admitted[state.routing.stable] !== undefined);
        assert.equal(state.line.at(-1)?.generation, state.routing.stable);
        assert.ok(state.line.every((entry) => state.admitted[entry.generation] !== undefined));
        assert.equal(Object.values(state.live).filter((life) => life.state === 'serving').length, 1);
        assert.equal(state.live[state.routing.activation]?.generation, state.routing.stable);
        assert.ok(state.routing.activation >= before.routing.activation);
        for (const held of Object.values(state.held)) {
          assert.ok(held.strikes.length <= policy.strikes);
          assert.equal(held.quarantined !== null, held.strikes.length >= policy.strikes);
        }
        for (const event of decided) {
          // The kernel takes back by itself only the newest change, and only with a quarantine.
          if (kind === 'strike' && event.kind === 'rolled-back') {
            assert.ok(decided.some((other) => other.kind === 'quarantined'));
            assert.deepEqual(event.changes, [before.line.at(-1)?.change]);
            assert.equal(state.line.length, before.line.length - 1);
          }
          if (event.kind === 'admitted') assert.equal(quarantineOf(before, generation(number + 20)), null);
        }
        if (before.frozen !== null) assert.ok(!decided.some((event) => event.kind === 'activated' || event.kind === 'admitted'));
      }
      assert.deepEqual(replay(installed, log), state);
      let back = state;
      while (back.line.length > 1) back = run(back, { kind: 'roll-back', at, by: owner, withLater: false, policy });
      assert.equal(back.routing.stable, generation(1));
    }),
    { seed: 20261123, numRuns: 300 },
  );
});

const strikeOn = (source: number, change: string | null, more: Partial<Command & { kind: 'strike' }> = {}): Command => ({
  kind: 'strike',
  at,
  by: { id: 'machine', roles: [] },
  component: `operation/number${source}`,
  source: generation(source),
  change: change === null ? null : changeId(change),
  why: 'it died alone',
  policy,
  ...more,
});
const struckUntil = (state: KernelState, times: number, command: Command): KernelState =>
  Array.from({ length: times }).reduce<KernelState>((now) => run(now, command), state);

test('at the strikes that policy allows a version is quarantined, and the newest change that brought it is taken back', () => {
  const two = changed(installed, 2);
  const almost = struckUntil(two, 2, strikeOn(9, '2'));
  assert.deepEqual([quarantineOf(almost, generation(9)), strikesInForce(almost, generation(9), at)], [null, 2]);
  const held = run(almost, strikeOn(9, '2'));
  assert.match(quarantineOf(held, generation(9))?.why ?? '', /3 strikes.*died alone/);
  assert.equal(held.routing.stable, generation(1));
  assert.equal(held.line.length, 1);
  const decided = decide(held, strikeOn(9, '2'));
  assert.deepEqual(decided, []);
});

test('what an older change brought, what was there from the start, and where policy says hold: quarantined, nothing taken back', () => {
  const three = changed(changed(installed, 2), 3);
  const hold: Policy = { ...policy, onQuarantine: 'hold' };
  for (const command of [strikeOn(9, '2'), strikeOn(9, null), strikeOn(9, '3', { policy: hold }), strikeOn(9, '77')]) {
    const held = struckUntil(three, 3, command);
    assert.notEqual(quarantineOf(held, generation(9)), null);
    assert.equal(held.routing.stable, generation(3));
  }
});

test('strikes fade after a day, a quarantine does not', () => {
  const later = instant(strikeMs + 1);
  const two = struckUntil(installed, 2, strikeOn(9, null));
  const next = run(two, strikeOn(9, null, { at: later }));
  assert.deepEqual([quarantineOf(next, generation(9)), strikesInForce(next, generation(9), later)], [null, 1]);
  const held = run(two, strikeOn(9, null));
  assert.notEqual(quarantineOf(run(held, { kind: 'freeze', at: later, by: owner, why: '', policy }), generation(9)), null);
});

test('only who may approve releases a version, and with it all that is held against it', () => {
  const held = struckUntil(installed, 3, strikeOn(9, null));
  const refused = decide(held, { kind: 'release', at, by: viewer, source: generation(9), policy });
  assert.ok(isRefusal(refused) && refused.code === 'forbidden');
  const free = run(held, { kind: 'release', at, by: owner, source: generation(9), policy });
  assert.deepEqual(free.held, {});
  const nothing = decide(free, { kind: 'release', at, by: owner, source: generation(9), policy });
  assert.ok(isRefusal(nothing) && nothing.code === 'not-found');
});

test('a candidate that brings a quarantined version back is refused until that is released', () => {
  const held = struckUntil(changed(installed, 2), 3, strikeOn(9, '2'));
  const again = { ...facts(generation(1), generation(4), '4'), changedSources: [generation(9)] };
  const refused = decide(held, { kind: 'admit', at, by: owner, facts: again });
  assert.ok(isRefusal(refused) && JSON.stringify(refused.evidence).includes('not quarantined'), JSON.stringify(refused));
  const other = { ...again, changedSources: [generation(8)] };
  assert.ok(!isRefusal(decide(held, { kind: 'admit', at, by: owner, facts: other })));
  const free = run(held, { kind: 'release', at, by: owner, source: generation(9), policy });
  assert.ok(!isRefusal(decide(free, { kind: 'admit', at, by: owner, facts: again })));
});

test('each cap holds at its hard limit, and a cap above it or that is no number is brought down', () => {
  assert.deepEqual(boundedCaps(hardCaps), hardCaps);
  for (const name of Object.keys(hardCaps) as (keyof typeof hardCaps)[]) {
    assert.equal(boundedCaps({ ...hardCaps, [name]: hardCaps[name] + 1 })[name], hardCaps[name]);
    assert.equal(boundedCaps({ ...hardCaps, [name]: hardCaps[name] - 1 })[name], hardCaps[name] - 1);
    for (const odd of [0, -1, Number.NaN, Infinity, 1.5]) assert.equal(boundedCaps({ ...hardCaps, [name]: odd })[name], defaultCaps[name]);
  }
});

test('applying an event never fails, in any order', () => {
  const event = fc.constantFrom<KernelEvent>(
    { kind: 'closed', activation: 3, at, by: 'x' },
    { kind: 'frozen', why: '', at, by: 'x' },
    { kind: 'unfrozen', at, by: 'x' },
    { kind: 'struck', component: 'operation/x', source: generation(3), why: '', at, by: 'x' },
    { kind: 'quarantined', component: 'operation/x', source: generation(3), why: '', at, by: 'x' },
    { kind: 'released', component: 'operation/x', source: generation(3), at, by: 'x' },
    { kind: 'activated', generation: generation(2), activation: 2, change: changeId('2'), at, by: 'x' },
    { kind: 'rolled-back', generation: generation(1), activation: 3, changes: [changeId('2')], at, by: 'x' },
  );
  fc.assert(fc.property(fc.array(event), (events) => void events.reduce(apply, emptyState)));
});

test('canonical text is the same for the same value, whatever the order of keys', () => {
  assert.equal(canonicalJson({ b: [1, { d: null, c: 'x' }], a: true, z: undefined }), '{"a":true,"b":[1,{"c":"x","d":null}]}');
  assert.throws(() => canonicalJson({ a: Number.NaN }));
  assert.throws(() => canonicalJson(() => 1));
});

test('the pre-authentication encoding counts bytes, not characters', () => {
  assert.equal(preAuthenticationEncoding('t', 'ä€😀'), 'DSSEv1 1 t 9 ä€😀');
});

test('a change that decides, acts or stops callers is never of low risk, whatever is certified', () => {
  const good = facts(generation(1), generation(2), '2');
  const scoped = (components: readonly `rule/${string}`[] | readonly `operation/${string}`[]): AdmissionFacts['predicate'] => ({
    ...good.predicate,
    scope: { components: ['entity/order', ...components], members: ['entity/order', ...components] },
  });
  const graver: Partial<AdmissionFacts>[] = [
    { changedComponents: ['rule/discount'], predicate: scoped(['rule/discount']) },
    { changedComponents: ['operation/pay'], predicate: scoped(['operation/pay']) },
    { newCapabilities: ['operation/pay: order update'], predicate: scoped(['operation/pay']) },
    { incompatible: ['entity/order#field/note: is gone'], predicate: scoped([]) },
  ];
  for (const grave of graver) {
    const certified = { ...good, ...grave };
    assert.equal(leastRisk(certified), 'medium');
    const broken = admissionConditions(installed, certified).filter((condition) => !condition.holds);
    assert.deepEqual(
      broken.map((condition) => condition.name),
      ['risk'],
    );
    const honest = { ...certified, predicate: { ...certified.predicate, risk: 'medium' as const } };
    assert.ok(!isRefusal(decide(installed, { kind: 'admit', at, by: owner, facts: honest })));
  }
  assert.equal(leastRisk(good), 'low');
});

test('what is not wholly a statement is none: each member removed or of another kind', () => {
  const { predicate } = facts(generation(1), generation(2), '2');
  const whole = JSON.parse(JSON.stringify(statementOf(predicate))) as { [name: string]: unknown };
  assert.ok(isStatement(whole));
  const spoilt = (value: unknown): unknown[] =>
    Array.isArray(value)
      ? value.flatMap((member, index) => spoilt(member).map((other) => value.with(index, other)))
      : typeof value === 'object' && value !== null
        ? Object.entries(value).flatMap(([name, member]) => [
            Object.fromEntries(Object.entries(value).filter(([other]) => other !== name)),
            ...[...spoilt(member), null].map((other) => ({ ...value, [name]: other })),
          ])
        : [typeof value === 'string' ? 7 : 'constructor'];
  // The name of a subject says nothing that is used.
  const forms = spoilt(whole).filter((form) => !isStatement(form));
  // What a scope may leave out is another scope without it, and a statement still.
  const leaves = (form: { readonly [name: string]: unknown }): boolean => !/"tests":.*"data":/.test(JSON.stringify(form['predicate']));
  const passed = spoilt(whole)
    .filter(isStatement)
    .filter((form) => !leaves(form as unknown as { readonly [name: string]: unknown }));
  assert.ok(forms.length > 60, `${forms.length}`);
  assert.deepEqual(new Set(passed.map((form) => JSON.stringify(form.subject))).size, passed.length);
});
