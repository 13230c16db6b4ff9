/** The decision learns from the requests of this folder, and from no other: not from those of the sets that the figure is made of. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { leaningOf, type Leant, needs } from '#decide';
import { labelled, requestTexts, systemNames } from './labelled.ts';
import { type Example, trained } from './train.ts';

const text = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const all = labelled();

test('each system has requests of every need, and each request is asked once of it', () => {
  for (const system of systemNames) {
    const those = all.filter((each) => each.system === system);
    for (const need of needs) assert.ok(those.filter((each) => each.need === need).length >= 60, `${system} ${need}`);
    assert.deepEqual([...new Set(all.map(({ need }) => need))].toSorted(), [...needs].toSorted());
  }
});

test('no request of the sets that decisions are measured with is learnt from', () => {
  const plain = (request: string): string =>
    request
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
      .trim();
  const learnt = new Set(all.map(({ request }) => plain(request)));
  const both = ['cases.json', 'cases-2.json', 'cases-3.json'].flatMap((path) =>
    (JSON.parse(text(`../${path}`)) as readonly { readonly request: string }[]).filter(({ request }) => learnt.has(plain(request))),
  );
  assert.equal(both.length, 0);
});

test('what ships was learnt from these very requests: else scripts/learn-decide.ts is to be run again', () => {
  const learnt = JSON.parse(text('../../../src/workshop/decide/learnt.json')) as { readonly learntFrom: string };
  assert.equal(learnt.learntFrom, createHash('sha256').update(requestTexts().join('\n')).digest('hex'));
});

/** What a request has for signs, each said once. */
const seen = (need: Leant, ...signs: readonly string[]): Example => ({ need, signs: new Set(signs) });
const few = [
  ...Array.from({ length: 6 }, () => seen('code', 'word:every', 'unknown')),
  ...Array.from({ length: 6 }, () => seen('compose', 'word:which', '?')),
  ...Array.from({ length: 6 }, () => seen('nothing', 'word:every', 'best:whole')),
  ...Array.from({ length: 6 }, () => seen('configure', 'word:role')),
];
const sure = { change: 50, none: -50 };

test('the same requests teach the same, in whole numbers', () => {
  const learnt = trained(few, sure);
  assert.deepEqual(learnt, trained(few, sure));
  assert.ok(Object.values(learnt.signs).flat().every(Number.isInteger));
});

test('what was learnt leans to the need that its signs had, by as much as was seen of it, and says nothing of what it never saw', () => {
  const learnt = trained(few, sure);
  for (const { need, signs } of few) assert.equal(leaningOf(signs, learnt).need, need);
  const [wish, question] = [
    leaningOf(seen('code', 'word:every', 'unknown').signs, learnt),
    leaningOf(seen('compose', 'word:which', '?').signs, learnt),
  ];
  assert.deepEqual([wish.verdict, question.verdict], ['change', 'none']);
  assert.deepEqual(question.weighed, ['which']);
  assert.equal(leaningOf(seen('code', 'word:never-seen').signs, learnt).verdict, 'open');
  assert.equal(leaningOf(seen('code', 'word:__proto__', 'constructor').signs, learnt).verdict, 'open');
});
