/** The requests of this folder are well-formed, and the system that they presuppose reads. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readSystem } from '#model/read';
import { shop, sourcesOf } from './system.ts';

interface Case {
  readonly id: string;
  readonly request: string;
  readonly need: string;
  readonly why: string;
  readonly split: string;
}
interface VariationPoint {
  readonly component: string;
  readonly point: string;
  readonly what: string;
  readonly chosen: string;
  readonly strategies: readonly { readonly name: string; readonly meaning: string }[];
}
const json = (path: string): unknown => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
const sets = ['cases.json', 'cases-2.json', 'cases-3.json'].map((path) => ({ path, cases: json(path) as readonly Case[] }));
const everyCase = sets.flatMap((set) => set.cases);
const system = readSystem(sourcesOf(shop));

for (const { path, cases } of sets)
  test(`each need has at least thirty requests in ${path}, half of them for the figure`, () => {
    assert.ok(cases.length >= 120);
    for (const need of ['nothing', 'configure', 'compose', 'code']) {
      const those = cases.filter((each) => each.need === need);
      assert.ok(those.length >= 30, need);
      assert.equal(those.filter((each) => each.split === 'figure').length * 2, those.length, need);
      assert.equal(those.filter((each) => each.split === 'open').length * 2, those.length, need);
    }
  });

test('every request is asked once in all sets, has its own id, a known need and split, and a reason', () => {
  assert.equal(new Set(everyCase.map((each) => each.id)).size, everyCase.length);
  assert.equal(new Set(everyCase.map((each) => each.request.toLowerCase())).size, everyCase.length);
  for (const each of everyCase) {
    assert.deepEqual(Object.keys(each), ['id', 'request', 'need', 'why', 'split'], each.id);
    assert.match(each.need, /^(?:nothing|configure|compose|code)$/, each.id);
    assert.match(each.split, /^(?:open|figure)$/, each.id);
    assert.ok(each.request.trim() !== '' && each.why.trim() !== '', each.id);
  }
});

const seeds = { 'cases-2.json': 'second 2026-11-23', 'cases-3.json': 'third 2026-11-23' };
for (const [path, seed] of Object.entries(seeds))
  test(`the half of ${path} that is kept for the figure is the one that its seed draws`, () => {
    const cases = json(path) as readonly Case[];
    const lot = (id: string): string => createHash('sha256').update(`${seed}:${id}`).digest('hex');
    for (const need of new Set(cases.map((each) => each.need))) {
      const drawn = cases.filter((each) => each.need === need).toSorted((a, b) => (lot(a.id) < lot(b.id) ? -1 : 1));
      assert.ok(
        drawn.every((each, place) => each.split === (place < drawn.length / 2 ? 'figure' : 'open')),
        need,
      );
    }
  });

test('the system that the requests presuppose reads without a problem', () => {
  assert.ok(system.ok, system.ok ? '' : system.problems.map((problem) => `${problem.path}:${problem.line} ${problem.message}`).join('\n'));
});

test('each variation point stands at a component of the system and chooses one of its strategies', () => {
  assert.ok(system.ok);
  const components = new Set(system.components.map((component) => `${component.kind}/${component.name}`));
  const points = json('system-extra/strategies.json') as readonly VariationPoint[];
  assert.equal(points.length, 3);
  for (const point of points) {
    assert.ok(components.has(point.component), point.component);
    assert.ok(point.strategies.length >= 2, point.component);
    assert.ok(
      point.strategies.some((strategy) => strategy.name === point.chosen),
      point.component,
    );
    assert.ok(point.what !== '' && point.strategies.every((strategy) => strategy.meaning !== ''), point.component);
  }
});
