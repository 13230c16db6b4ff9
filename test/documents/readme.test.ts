import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parserProcess } from '#adapters/parser-process';
import type { SystemReading } from '#model';
import { interpret } from '#sentences';
import { systemFiles } from '../../scripts/throw-away-system.ts';

const root = join(import.meta.dirname, '../..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

test('every sentence of the README is understood by the sample system, or is so already', async () => {
  const table = [...readme.matchAll(/^\| (?:things|fields|derived fields|decision rules|actions|views) +\| (.+?) +\|$/gm)].map(
    (found) => found[1] ?? '',
  );
  const commands = [...readme.matchAll(/(?:theseus change|npm start --) "([^"]+)"/g)].map((found) => found[1] ?? '');
  assert.equal(table.length, 6);
  assert.ok(commands.length >= 2);
  const parser = parserProcess();
  try {
    const reading = (await parser.read(systemFiles(join(root, 'systems/shop')))) as unknown as Extract<SystemReading, { ok: true }>;
    for (const sentence of [...table, ...commands])
      assert.ok(['understood', 'nothing-to-do'].includes(interpret(sentence, reading.model).kind), sentence);
  } finally {
    await parser.close();
  }
});

test('every page that a document links to is there, and every npm script that it names', async () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: { readonly [name: string]: string } };
  for (const page of [
    'README.md',
    'ARCHITECTURE.md',
    'TRUST.md',
    'SECURITY.md',
    'CONTRIBUTING.md',
    'bench/README.md',
    'docs/benchmarks.md',
  ]) {
    const text = readFileSync(join(root, page), 'utf8');
    for (const [, link] of text.matchAll(/\]\((?!https?:)([^)#]+)\)/g))
      assert.ok(existsSync(join(root, page, '..', link ?? '')), `${page} links to ${link}`);
    for (const [, name] of text.matchAll(/`npm run ([a-z]+)/g)) assert.ok(scripts[name ?? ''] !== undefined, `${page}: npm run ${name}`);
  }
});

test('each promise of SECURITY.md names a test that is there', () => {
  const text = readFileSync(join(root, 'SECURITY.md'), 'utf8');
  const promises = text.split('\n').filter((line) => line.startsWith('| **'));
  assert.ok(promises.length >= 10);
  for (const promise of promises) {
    const tests = [...promise.matchAll(/`((?:src|test)\/[^`]+\.test\.ts)`/g)].map((found) => found[1] ?? '');
    assert.ok(tests.length > 0, promise);
    for (const path of tests) assert.ok(existsSync(join(root, path)), path);
  }
});
