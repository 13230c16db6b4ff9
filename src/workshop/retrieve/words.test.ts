import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { stem } from './stem.ts';
import { wordsOf } from './words.ts';

test('a name and the words that people say for it are the same words', () => {
  assert.deepEqual(wordsOf('cancelReservation'), wordsOf('the cancelling of reservations'));
  assert.deepEqual(wordsOf('HTTPServer lateCancelFee'), wordsOf('http server, late cancel fees'));
  assert.deepEqual(wordsOf("the guest's café"), wordsOf('guests cafe'));
});

test('endings go as Porter takes them', () => {
  const known = {
    caresses: 'caress',
    ponies: 'poni',
    hopping: 'hop',
    filing: 'file',
    happy: 'happi',
    relational: 'relat',
    probate: 'probat',
    controlling: 'control',
  };
  for (const [word, stemmed] of Object.entries(known)) assert.equal(stem(word), stemmed, word);
});

test('words that say nothing are left out', () => {
  assert.deepEqual(wordsOf('what should we do with all of them'), []);
});

test('any text has words, in a bounded number', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
      for (const word of wordsOf(text)) assert.match(word, /^[\p{L}\p{N}]{1,40}$/u);
    }),
  );
  assert.equal(wordsOf('word '.repeat(50_000)).length, 20_000);
});
