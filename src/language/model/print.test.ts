import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { printEntity, printTests, type SourceFiles } from './index.ts';
import { readSystem } from './read.ts';

const folder = new URL('../../../systems/shop/', import.meta.url);
const shop = (): { [path: string]: string } =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts') || path === 'theseus.json')
      .map((path) => [path, readFileSync(new URL(path, folder), 'utf8')]),
  );

function good(files: SourceFiles) {
  const reading = readSystem(files);
  assert.ok(reading.ok, JSON.stringify(reading, null, 1));
  return reading;
}

test('an entity that is printed from its contract reads as the same contract', () => {
  const files = shop();
  const before = good(files);
  for (const component of before.components) {
    if (component.contract.kind !== 'entity') continue;
    const text = printEntity(component.contract, { head: component.head, model: before.model });
    const after = good({ ...files, [component.path]: text });
    assert.deepEqual(after.components.find(({ path }) => path === component.path)?.contract, component.contract, text);
    assert.equal(printEntity(component.contract, { head: component.head, model: before.model }), text);
  }
});

test('tests that are printed read as the same tests', () => {
  const files = shop();
  const before = good(files);
  for (const tests of before.tests) {
    const after = good({ ...files, [tests.path]: printTests(tests, before.model) });
    assert.deepEqual(
      after.tests.find(({ path }) => path === tests.path),
      tests,
    );
  }
});
