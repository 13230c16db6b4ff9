import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Evidence, Finding, GateName, Json } from '#kernel';
import { byTimeAlone, notTried } from './out-of-time.ts';

const evidence = (gate: GateName, ...findings: readonly (readonly [Finding['verdict'], string, Json?])[]): Evidence => ({
  gate,
  verdict: findings.some(([verdict]) => verdict === 'fail') ? 'fail' : (findings[0]?.[0] ?? 'pass'),
  findings: findings.map(([verdict, statement, actual]) => ({
    statement,
    verdict,
    shownBy: 'tested',
    ...(actual === undefined ? {} : { witness: { path: 'operations/pay.test.ts', actual } }),
  })),
  looked: [],
  engine: 'specimen',
  cost: { cpuMs: 0, wallMs: 0 },
});
const stopped = (more: Json = {}): Json => ({
  refused: 'component-failed',
  evidence: { component: 'operation/pay', message: 'it did not end in time and waited for nothing', ...(more as object) },
});
const notAll: readonly ['unknown', string] = ['unknown', 'pay: not all generated calls were made, since another gate failed'];

test('time alone speaks against it: calls that were stopped, mutants that were not tried, and what was left off since', () => {
  assert.equal(byTimeAlone([evidence('examples', ['fail', 'paid', stopped()]), evidence('properties', notAll)]), true);
  assert.equal(byTimeAlone([evidence('examples', ['fail', 'paid', { refused: 'deadline' }], ['pass', 'open'])]), true);
  assert.equal(byTimeAlone([evidence('mutation', ['unknown', `operation/pay roles: ${notTried}`])]), true);
});

test('anything else that speaks against it is of the candidate', () => {
  assert.equal(byTimeAlone([evidence('examples', ['pass', 'paid'])]), false);
  assert.equal(byTimeAlone([evidence('examples', ['fail', 'paid', stopped()], ['fail', 'open', { refused: 'invalid' }])]), false);
  assert.equal(byTimeAlone([evidence('examples', ['fail', 'paid', stopped({ deed: 'processor' })])]), false);
  assert.equal(byTimeAlone([evidence('examples', ['fail', 'paid', stopped()]), evidence('types', ['fail', 'no such name'])]), false);
  assert.equal(byTimeAlone([evidence('mutation', ['unknown', `pay: ${notTried}`]), evidence('properties', notAll)]), false);
  assert.equal(byTimeAlone([evidence('mutation', ['fail', 'the tests notice none'], ['unknown', notTried])]), false);
});
