import assert from 'node:assert/strict';
import { test } from 'node:test';
import { couldBegin, optionsFor } from './first-words.ts';
import type { Token } from './lexer.ts';
import { either, hole, named, phrase, said, token, type Shape } from './rule.ts';

const word = (text: string): Token => ({ kind: 'word', text, raw: text, at: 0 });
const mark = (text: string): Token => ({ kind: 'mark', text, raw: text, at: 0 });

test('a rule begins with its first words, those of what may be absent before them, and no others', () => {
  const rule = phrase('[the|a] (field|column) {name}', { name: token('word') }, () => 1);
  for (const first of ['the', 'a', 'field', 'column']) assert.equal(couldBegin(rule, word(first)), true, first);
  for (const other of [word('name'), mark(','), undefined]) assert.equal(couldBegin(rule, other), false);
});

test('a mark is not the word of the same letters', () => {
  const rule = said(', then', 1);
  assert.equal(couldBegin(rule, mark(',')), true);
  assert.equal(couldBegin(rule, word(',')), false);
});

test('a rule that looks for itself, or that may cover nothing, could begin with anything, and with the end', () => {
  for (const rule of [token('number'), said('[please]', 1), said('', 1)])
    for (const first of [word('please'), mark(';'), undefined]) assert.equal(couldBegin(rule, first), true);
});

test('of several options those that could begin here are asked, in their order', () => {
  const [add, remove, looks, plus] = [said('add', 1), said('remove', 2), token('number'), said('(add|plus)', 3)];
  const rule = either(add, remove, looks, plus) as Extract<Shape, { kind: 'either' }>;
  assert.deepEqual(optionsFor(rule, word('add')), [add, looks, plus]);
  assert.deepEqual(optionsFor(rule, word('remove')), [remove, looks]);
  assert.deepEqual(optionsFor(rule, word('other')), [looks]);
  assert.deepEqual(optionsFor(rule, undefined), [looks]);
});

test('rules that hold each other lose nothing', () => {
  const inner = hole<number>('inner');
  const outer = named('outer', () =>
    either(
      phrase('not {inner}', { inner: inner.rule }, () => 1),
      said('yes', 2),
    ),
  );
  inner.fill(outer);
  assert.equal(couldBegin(outer, word('not')), true);
  assert.equal(couldBegin(outer, word('yes')), true);
  assert.equal(couldBegin(outer, word('no')), false);
  assert.equal(couldBegin(inner.rule, word('yes')), true);
});
