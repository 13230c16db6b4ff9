import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { lineDifference } from './line-difference.ts';

const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 }).map((lines) => lines.map((line) => `${line}\n`).join(''));

describe('the difference of two texts', () => {
  it('holds both texts, whole and in order', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = lineDifference(before, after);
        const side = (out: 'added' | 'removed'): string =>
          lines
            .filter(({ kind }) => kind !== out)
            .map((line) => `${line.text}\n`)
            .join('');
        assert.equal(side('added'), before);
        assert.equal(side('removed'), after);
        assert.deepEqual(
          lines.flatMap((line) => line.before ?? []),
          [...before.matchAll(/\n/g)].map((_, index) => index + 1),
        );
        assert.deepEqual(
          lines.flatMap((line) => line.after ?? []),
          [...after.matchAll(/\n/g)].map((_, index) => index + 1),
        );
      }),
    );
  });

  it('is none between equal texts', () => {
    fc.assert(fc.property(text, (same) => lineDifference(same, same).every(({ kind }) => kind === 'same')));
  });

  it('shows one changed line as one line out and one in', () => {
    assert.deepEqual(
      lineDifference('a\nb\nc\n', 'a\nx\nc\n').map(({ kind }) => kind),
      ['same', 'removed', 'added', 'same'],
    );
  });
});
