/** The laws of the reader, tried on every accepted sentence: no word is idle, and no "not" is lost. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accepted } from './accepted.ts';
import { DEEPEST, interpret, TRIAL } from './interpret.ts';
import { shopModel } from './shop-model.ts';

const model = shopModel();
/** Without looking for what else could be meant: that turns some readings into questions, and none into another reading. */
const meaning = (text: string): string => {
  const meant = interpret(text, model, TRIAL, DEEPEST);
  return meant.kind === 'understood' ? JSON.stringify(meant.steps.map((step) => step.request)) : meant.kind;
};
/** Words whose absence is heard and changes nothing: articles, politeness, connectives, and words that only repeat what another says. */
const FUNCTION_WORDS = new Set(
  'a an the each every any all our its their his her of also now should please we need to from on , it is are which that be can may by field have has called then eur must order'.split(
    ' ',
  ),
);
const bare = (word: string): string => word.replace(/[,;:]+$/, '').toLowerCase();
const isContent = (word: string): boolean => !FUNCTION_WORDS.has(bare(word));

for (const [sentence] of accepted) {
  const before = meaning(sentence);
  test(`"${sentence}" is understood`, () => {
    assert.ok(before.startsWith('['), before);
  });
  const words = sentence.split(' ');
  test(`deleting a content word of "${sentence}" changes it or is refused`, () => {
    words.forEach((word, at) => {
      if (!isContent(word)) return;
      const shorter = words.filter((_, index) => index !== at).join(' ');
      assert.notEqual(meaning(shorter), before, shorter);
    });
  });
  test(`a "not" anywhere in "${sentence}" changes it or is refused`, () => {
    words.forEach((_, at) => {
      const negated = [...words.slice(0, at), 'not', ...words.slice(at)].join(' ');
      assert.notEqual(meaning(negated), before, negated);
    });
  });
  test(`two neighbouring content words of "${sentence}" do not change places unnoticed`, () => {
    for (let at = 0; at + 1 < words.length; at += 1) {
      const [left = '', right = ''] = words.slice(at, at + 2);
      // "May only see" and "may see only" say the same of the rows that follow.
      if (bare(left) === 'only' || bare(right) === 'only') continue;
      if (!isContent(left) || !isContent(right) || bare(left) === bare(right) || (/^(five|\d)/.test(left) && right === 'largest')) continue;
      const mark = (word: string): string => word.slice(bare(word).length);
      const swapped = [...words.slice(0, at), bare(right) + mark(left), bare(left) + mark(right), ...words.slice(at + 2)].join(' ');
      assert.notEqual(meaning(swapped), before, swapped);
    }
  });
}
