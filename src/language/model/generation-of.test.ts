import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { canonicalJson, contentOf } from '#kernel';
import { digestOf, generationOf, generationOfReading, type SourceFiles } from './index.ts';
import { readSystem } from './read.ts';

const folder = new URL('../../../systems/shop/', import.meta.url);
const shop: SourceFiles = Object.fromEntries(
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') || path === 'theseus.json')
    .map((path) => [path, readFileSync(new URL(path, folder), 'utf8')]),
);
const generation = (files: SourceFiles) => {
  const reading = readSystem(files);
  assert.ok(reading.ok);
  return generationOfReading(files, reading);
};

test('the id of a generation covers the canonical text of its content, in whatever order its components come', () => {
  const made = generation(shop);
  assert.equal(made.id, digestOf(canonicalJson(contentOf(made))));
  assert.equal(generationOf(made.settings, made.components.toReversed()).id, made.id);
  assert.equal(made.components.length, 5);
});

test('a change of a source, a test or the settings is another generation, and the way back is the same one', () => {
  const first = generation(shop).id;
  for (const path of ['entities/order.ts', 'entities/order.test.ts', 'theseus.json']) {
    const changed = generation({ ...shop, [path]: `${shop[path] ?? ''}\n` }).id;
    assert.notEqual(changed, first, path);
    assert.equal(generation(shop).id, first);
  }
  const { 'entities/order.test.ts': _, ...untested } = shop;
  assert.notEqual(generation(untested).id, first);
});
