import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lex, LONGEST_REQUEST } from './lexer.ts';

const texts = (request: string): readonly string[] => {
  const lexed = lex(request, 'EUR');
  return lexed.ok ? lexed.tokens.map((token) => `${token.kind}:${token.text}`) : [`problem:${lexed.problem.why}`];
};

test('amounts are one token however they are written', () => {
  for (const text of ['500 EUR', '€500', 'EUR 500', '500 euros', '500.00 EUR']) assert.deepEqual(texts(text), ['money:500'], text);
  assert.deepEqual(texts('1,000.50'), ['number:1000.5']);
});
test('percentages are one token', () => {
  for (const text of ['10%', '10 %', '10 percent', '10 per cent']) assert.deepEqual(texts(text), ['percent:10'], text);
});
test('dates in words are dates, and a date that is none is refused', () => {
  assert.deepEqual(texts('1 March 2026'), ['date:2026-03-01']);
  assert.deepEqual(texts('March 1, 2026'), ['date:2026-03-01']);
  assert.match(texts('2026-02-30')[0] ?? '', /no date/);
});
test('what can be read in two ways is refused, not picked', () => {
  assert.match(texts('01/02/2026')[0] ?? '', /more than one way/);
  assert.match(texts('over 10.000')[0] ?? '', /two ways/);
  assert.match(texts('500 dollars')[0] ?? '', /currency of this system is EUR/);
});
test('typographic quotes and apostrophes are plain ones', () => {
  assert.deepEqual(texts('a customer’s “list price”'), ['word:a', 'word:customer', "mark:'s", 'quoted:list price']);
});
test('contractions are the words that they stand for', () => {
  assert.deepEqual(texts("can't isn't"), ['word:can', 'word:not', 'word:is', 'word:not']);
});
test('other scripts, nothing, and too much are refused clearly', () => {
  assert.match(texts('добавить телефон')[0] ?? '', /Latin letters/);
  assert.match(texts('  ')[0] ?? '', /empty/);
  assert.match(texts('a'.repeat(LONGEST_REQUEST + 1))[0] ?? '', /4001 characters/);
});
