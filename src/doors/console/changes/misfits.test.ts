import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cut, readWitness } from './misfits.ts';

const marked = (request: string, words: Parameters<typeof cut>[1]): readonly string[] =>
  cut(request, words)
    .filter(({ misfit }) => misfit)
    .map(({ text }) => text);

test('a word is marked where it stands, and the rest of the request is kept to the letter', () => {
  const request = 'Add a phone, and a PHONE to it';
  assert.deepEqual(
    cut(request, [{ word: 'phone', at: 19 }]).map(({ text }) => text),
    ['Add a phone, and a ', 'PHONE', ' to it'],
  );
  assert.equal(
    cut(request, [{ word: 'add', at: 0 }])
      .map(({ text }) => text)
      .join(''),
    request,
  );
});

test('a wrong place, or none, is looked for as a whole word', () => {
  assert.deepEqual(marked('The category of a cat', [{ word: 'cat', at: 0 }]), ['cat']);
  assert.deepEqual(marked('The category of a cat', [{ word: 'dog', at: null }]), []);
});

test('texts with signs of two units are cut at the right place', () => {
  assert.deepEqual(marked('😀 grin it', [{ word: 'grin', at: 3 }]), ['grin']);
});

test('a witness of another shape tells nothing, and breaks nothing', () => {
  for (const witness of [null, 7, 'x', [], { words: 'x' }, { words: [3, null], nearest: [7] }])
    assert.deepEqual(readWitness(witness), { words: [], nearest: [] });
  assert.deepEqual(readWitness({ words: [{ word: 'quux', at: 4 }, 'x'], nearest: 'Add a phone' }), {
    words: [
      { word: 'quux', at: 4 },
      { word: 'x', at: null },
    ],
    nearest: ['Add a phone'],
  });
});
