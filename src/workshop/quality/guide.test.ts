/** The sentences of the guide are read as they stand there, and its definitions are such that the reader of sources takes. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readSystem } from '#model/read';
import { readQuality } from './read-quality.ts';

const guide = readFileSync(new URL('../../../docs/guides/quality.md', import.meta.url), 'utf8');
const root = new URL('../../../systems/shop/', import.meta.url);
const files = Object.fromEntries(
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') || path === 'theseus.json')
    .map((path) => [path, readFileSync(new URL(path, root), 'utf8')]),
);
const reading = readSystem(files);
if (!reading.ok) throw new Error('the shop does not read');
const { model } = reading;

test('every sentence of the guide is read wholly', () => {
  const sentences = /## Say it\n+```\n([\s\S]*?)```/.exec(guide)?.[1]?.trim().split('\n') ?? [];
  assert.ok(sentences.length >= 10);
  for (const sentence of sentences) {
    const wish = readQuality(sentence, model);
    assert.ok(wish !== undefined && wish.kind !== 'unclear' && wish.kind !== 'operation', `${sentence}: ${wish?.kind ?? 'left'}`);
  }
});

test('the indexes of the guide stand in a definition', () => {
  const [whole = '', sort = '', filter = '', search = ''] =
    /indexes: \[(\{ sort: \['stock'\] \}), (\{ filter: \['customer'\], sort: \['-placedOn'\] \}), (\{ search: true \})\]/.exec(guide) ?? [];
  assert.notEqual(whole, '');
  const withIndexes = (path: string, indexes: string): string =>
    (files[path] ?? '').replace(/\n\}\);\n$/, `\n  indexes: [${indexes}],\n  answersWithin: 50,\n});\n`);
  const read = readSystem({
    ...files,
    'entities/product.ts': withIndexes('entities/product.ts', `${sort}, ${search}`),
    'entities/order.ts': withIndexes('entities/order.ts', filter),
  });
  assert.ok(read.ok, read.ok ? '' : read.problems.map(({ message }) => message).join('; '));
  assert.deepEqual(
    read.model.entities.map(({ name, indexes, answersWithin }) => [name, indexes?.length ?? 0, answersWithin]),
    [
      ['customer', 0, undefined],
      ['invoice', 0, undefined],
      ['order', 1, 50],
      ['product', 2, 50],
    ],
  );
});
