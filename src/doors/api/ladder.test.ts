import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Evidence } from '#kernel';
import { ladderOf } from './ladder.ts';

type Finding = Evidence['findings'][number];
const evidence = (verdict: Evidence['verdict'], findings: readonly Finding[]): Evidence => ({
  gate: 'properties',
  verdict,
  findings,
  looked: [],
  engine: 'x',
  cost: { cpuMs: 1, wallMs: 1 },
});
const finding = (verdict: Finding['verdict'], shownBy: Finding['shownBy']): Finding => ({
  statement: `${verdict} by ${shownBy}`,
  verdict,
  shownBy,
});
const on = (name: string, all: readonly Evidence[]): readonly string[] =>
  ladderOf(all)
    .find(({ rung }) => rung === name)
    ?.shown.map(({ finding: { statement } }) => statement) ?? [];

test('what is unknown stands on the lowest rung, however hard a gate tried', () => {
  const all = [evidence('pass', [finding('unknown', 'proved'), finding('unknown', 'tested'), finding('pass', 'not-shown')])];
  assert.deepEqual(on('not-shown', all), ['unknown by proved', 'unknown by tested', 'pass by not-shown']);
  assert.deepEqual([...on('proved', all), ...on('tested', all)], []);
});

test('what failed stands above the ladder, and never on a rung', () => {
  const all = [evidence('fail', [finding('fail', 'tested'), finding('pass', 'tested')])];
  assert.deepEqual(on('refuted', all), ['fail by tested']);
  assert.deepEqual(on('tested', all), ['pass by tested']);
  assert.equal(ladderOf(all)[0]?.rung, 'refuted');
});

test('a gate that says nothing but unknown or fail is not lost among the passes', () => {
  assert.match(on('not-shown', [evidence('unknown', [])])[0] ?? '', /could not decide/);
  assert.match(on('refuted', [evidence('fail', [])])[0] ?? '', /failed/);
});

test('strongest first, and the empty rungs stay, because their emptiness tells something', () => {
  assert.deepEqual(
    ladderOf([evidence('pass', [finding('pass', 'checked')])]).map(({ rung }) => rung),
    ['proved', 'exhausted', 'tested', 'carried', 'checked', 'not-shown'],
  );
});
