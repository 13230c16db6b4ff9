import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Group, pack, tokensOf } from './pack.ts';

const found = (source: string, tokens: number): { readonly source: string; readonly why: string; readonly text: string } => ({
  source,
  why: 'a test',
  text: 'x'.repeat(tokens * 4),
});

test('a source has its share, and leaves the rest to the others', () => {
  const packed = pack(
    [
      { found: [found('document/a', 50), found('document/b', 60), found('document/c', 40)], share: 0.1, each: 1 },
      { found: [found('component/x', 500)], share: 1, each: 1 },
    ],
    1_000,
  );
  assert.deepEqual(
    packed.map(({ source, tokens }) => [source, tokens]),
    [
      ['document/a', 50],
      ['document/c', 40],
      ['component/x', 500],
    ],
  );
});

test('a piece that is longer than it may be is cut and says so', () => {
  const [piece] = pack([{ found: [found('document/a', 900)], share: 1, each: 0.1 }], 1_000);
  assert.ok(piece !== undefined && piece.tokens <= 100 && piece.text.endsWith(' [cut]'));
});

test('the same source is given once', () => {
  const group: Group = { found: [found('component/x', 20)], share: 1, each: 1 };
  assert.equal(pack([group, group], 1_000).length, 1);
});

test('no budget is passed, whatever comes in', () => {
  const groups = fc.array(
    fc.record({
      found: fc.array(fc.record({ source: fc.string(), why: fc.string(), text: fc.string({ unit: 'binary', maxLength: 2_000 }) })),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      each: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
  );
  fc.assert(
    fc.property(groups, fc.nat(1_000), (all, tokens) => {
      const packed = pack(all, tokens);
      assert.ok(packed.reduce((sum, piece) => sum + piece.tokens, 0) <= tokens);
      for (const { text, tokens: own } of packed) assert.equal(tokensOf(text), own);
    }),
  );
});
