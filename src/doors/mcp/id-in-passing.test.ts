import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { idInPassing } from './id-in-passing.ts';

function idOf(text: string, pieces: readonly number[] = []): string | number | null {
  const bytes = Buffer.from(text);
  const passing = idInPassing();
  let from = 0;
  for (const length of [...pieces, bytes.length]) passing.see(bytes.subarray(from, (from += length)));
  return passing.id();
}

test('the id of any message is found, wherever it stands and however its bytes come', () => {
  fc.assert(
    fc.property(
      fc.dictionary(
        fc.string().filter((name) => name !== 'id'),
        fc.jsonValue({ maxDepth: 2 }),
      ),
      fc.dictionary(
        fc.string().filter((name) => name !== 'id'),
        fc.jsonValue({ maxDepth: 2 }),
      ),
      fc.oneof(
        fc.integer(),
        fc.string({ unit: 'binary', maxLength: 20 }).filter((text) => text.isWellFormed()),
      ),
      fc.array(fc.nat({ max: 9 })),
      fc.constantFrom(0, 2),
      (before, after, id, pieces, indent) => {
        const text = JSON.stringify(Object.fromEntries([...Object.entries(before), ['id', id], ...Object.entries(after)]), null, indent);
        assert.equal(idOf(text, pieces), id);
      },
    ),
  );
});

test('what is no id of the message is not taken for one', () => {
  for (const text of [
    '{"params":{"id":7}}',
    '[{"id":7}]',
    '{"text":"\\"id\\":7,"}',
    '{"id":{"id":7}}',
    '{"id":[7]}',
    '{"id":null}',
    '{"id":7',
    '{"id":seven}',
    `{"id":"${'a'.repeat(1_000)}"}`,
    '"id":7,',
    '}}}{{{"id":7,',
    '',
    '\0',
  ])
    assert.equal(idOf(text), null, text);
});
