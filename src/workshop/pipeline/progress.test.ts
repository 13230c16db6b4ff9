import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Evidence, type Finding, type GateName, type Json, type Verdict } from '#kernel';
import { failuresFor, isBetter, isFurther } from './progress.ts';

const finding = (statement: string, verdict: Verdict): Finding => ({
  statement,
  verdict,
  shownBy: verdict === 'pass' ? 'tested' : 'not-shown',
});
const evidence = (gate: GateName, verdict: Verdict, ...findings: readonly Finding[]): Evidence => ({
  gate,
  verdict,
  findings,
  looked: [],
  engine: 'a test',
  cost: { cpuMs: 0, wallMs: 0 },
});
const security = evidence('security', 'unknown', finding('not all inputs were tried, since another gate failed', 'unknown'));
const examples = (...failing: readonly string[]): readonly Evidence[] => [
  security,
  evidence('examples', 'fail', ...failing.map((name) => finding(name, 'fail')), finding('held', 'pass')),
];
const mutation = [security, evidence('mutation', 'fail', finding('no example shows it', 'fail'), finding('not tried', 'unknown'))];

test('what failed is told, and not what was left off since it failed', () => {
  assert.deepEqual(failuresFor(examples('a')), ['examples: a']);
  assert.deepEqual(failuresFor(mutation), ['mutation: no example shows it']);
});
test('where nothing failed, what stayed open is told', () => {
  assert.deepEqual(failuresFor([security]), ['security: not all inputs were tried, since another gate failed']);
});
test('a witness is told where it says more than the statement', () => {
  const told = (statement: string, witness: Json): readonly string[] =>
    failuresFor([evidence('types', 'fail', { ...finding(statement, 'fail'), witness })]);
  assert.deepEqual(told('a.ts:2:3 wrong type', { path: 'a.ts', line: 2, column: 3, code: 2345, message: 'wrong type' }), [
    'types: a.ts:2:3 wrong type',
  ]);
  assert.deepEqual(told('refused', { quantity: 3 }), ['types: refused witness {"quantity":3}']);
});
test('fewer failures of one gate are better, and a later gate is further', () => {
  assert.ok(isBetter(examples('a'), examples('a', 'b')));
  assert.ok(!isBetter(examples('a', 'b'), examples('a', 'c')));
  assert.ok(!isFurther(examples('a'), examples('a', 'b')));
  assert.ok(isBetter(mutation, examples('a')) && isFurther(mutation, examples('a')));
  assert.ok(!isBetter(examples('a'), mutation) && !isFurther(examples('a'), mutation));
});
