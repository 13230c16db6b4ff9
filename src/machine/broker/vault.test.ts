import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Field, Json } from '#kernel';
import { openGuesses } from './identity.ts';
import { openVault } from './vault.ts';

const input = (shape: Json): Field => ({ name: 'asked', type: { kind: 'json', shape } }) as unknown as Field;
const secret = { type: 'string', format: 'password' };

test('a secret has a stand-in wherever a shape has a place for it: members, items, and members that have no name of their own', () => {
  const shape = {
    type: 'object',
    properties: { one: secret, many: { type: 'array', items: { type: 'object', properties: { pin: secret } } } },
    additionalProperties: { type: 'object', additionalProperties: secret },
  };
  const asked = { one: 'typed-1', many: [{ pin: 'typed-2', open: 'seen' }], other: { constructor: 'typed-3', toString: 'typed-4' } };
  const seen = JSON.stringify(openVault().hidden([input(shape)], { asked } as never));
  assert.doesNotMatch(seen, /typed-/);
  assert.match(seen, /"open":"seen"/);
  assert.equal(seen.match(/secret:[0-9a-f]{24}/g)?.length, 4);
});

test('a stand-in of one call means nothing in another', () => {
  const one = openVault();
  const seen = one.hidden([input(secret)], { asked: 'typed' } as never)['asked'];
  assert.equal(one.secret(String(seen)), 'typed');
  assert.equal(openVault().secret(String(seen)), undefined);
});

test('guesses that are begun at once are as few as those that follow one another, and those at others clear nothing', () => {
  const guesses = openGuesses();
  const begun = Array.from({ length: 40 }, () => guesses.begun('ada', 1_000)).filter(Boolean);
  assert.equal(begun.length, 10);
  for (let other = 0; other < 30_000; other++) guesses.begun(`other ${other}`, 1_001);
  assert.equal(guesses.begun('ada', 1_002), false);
  guesses.undone('ada', 1_000);
  assert.equal(guesses.begun('ada', 1_002), true);
  assert.equal(guesses.begun('ada', 1_003), false);
});
