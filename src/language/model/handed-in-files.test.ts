import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filesFault } from './handed-in-files.ts';

test('components and their tests are taken, and files that go', () => {
  assert.equal(filesFault({ 'entities/order.ts': 'x', 'operations/place-order.test.ts': 'x', 'jobs/nightly.ts': null }), undefined);
});
test('nothing outside the layout is, whatever the path plays at', () => {
  for (const path of [
    'theseus.json',
    'README.md',
    'entities/../theseus.json',
    '../entities/order.ts',
    '/entities/order.ts',
    'entities//order.ts',
    'entities/Order.ts',
    'entities/order.js',
    'entities/order.d.ts',
    'entities\\order.ts',
    'entities/order.ts\u0000',
    'entities/order.ts\n',
    'entities/%2e%2e/x.ts',
    '__proto__',
    'constructor/x.ts',
    '.theseus/sdk/index.ts',
    'entities/оrder.ts',
    `entities/${'a'.repeat(200)}.ts`,
    '',
  ])
    assert.match(filesFault({ [path]: 'x' }) ?? '', /no place for a component|cannot be handed in/, path);
});
test('nor too much of it', () => {
  assert.match(filesFault({}) ?? '', /No file/);
  assert.match(filesFault(Object.fromEntries(Array.from({ length: 201 }, (_, at) => [`entities/e${at}.ts`, 'x']))) ?? '', /201 files/);
  assert.match(filesFault({ 'entities/order.ts': 'x'.repeat(200_001) }) ?? '', /200001 bytes/);
  assert.match(
    filesFault(Object.fromEntries(Array.from({ length: 5 }, (_, at) => [`entities/e${at}.ts`, 'x'.repeat(199_000)]))) ?? '',
    /together/,
  );
  assert.match(filesFault({ 'entities/order.ts': 'x\u0000' }) ?? '', /well-formed/);
});
