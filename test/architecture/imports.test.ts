import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { folderOf, isTest, root, sourceFiles, target } from './source-tree.ts';

const table = new Map(
  readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8')
    .split('## Who may import whom')[1]
    ?.split('\n## ')[0]
    ?.split('\n')
    .filter((line) => line.startsWith('| ') && !line.includes('---') && !line.startsWith('| folder'))
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map((cells) => [cells[1] ?? '', (cells[2] ?? '').split(',').map((name) => name.trim())] as const),
);
const files = sourceFiles('src');
const allowed = (from: string, to: string): boolean => {
  const names = table.get(from) ?? [];
  return from === to || names.includes('any') || names.includes(to) || names.includes(to.split('/')[0] ?? '');
};

test('every folder of src stands in the import table, and every row of the table is a folder', () => {
  const folders = new Set(files.map((file) => folderOf(file.path)));
  assert.deepEqual(
    [...folders].filter((folder) => !table.has(folder)),
    [],
  );
  assert.deepEqual(
    [...table.keys()].filter((folder) => !existsSync(join(root, 'src', folder))),
    [],
  );
});

test('a folder imports only what the table allows, and enters others by their doors alone', () => {
  const broken: string[] = [];
  for (const file of files.filter((candidate) => !isTest(candidate.path))) {
    for (const specifier of file.imports) {
      const to = target(file.path, specifier);
      if (!to.startsWith('src/')) continue;
      const [from, into] = [folderOf(file.path), folderOf(to)];
      if (from === into) {
        if (specifier.startsWith('#')) broken.push(`${file.path} enters its own folder by the door ${specifier}`);
        continue;
      }
      if (specifier.startsWith('.')) broken.push(`${file.path} leaves its folder by ${specifier}`);
      if (!allowed(from, into)) broken.push(`${file.path}: ${from} may not import ${into}`);
    }
  }
  assert.deepEqual(broken, []);
});

test('no imports run in a circle, type-only ones included', () => {
  const graph = new Map(
    files
      .filter((file) => !isTest(file.path))
      .map((file) => [file.path, file.imports.map((specifier) => target(file.path, specifier)).filter((to) => to.startsWith('src/'))]),
  );
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) return void circles.push([...trail.slice(trail.indexOf(path)), path].join(' -> '));
    if (done.has(path)) return;
    for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
  assert.deepEqual(circles, []);
});

test('npm packages and Node stand only where they may', () => {
  const broken: string[] = [];
  for (const file of files.filter((candidate) => !isTest(candidate.path))) {
    const folder = folderOf(file.path);
    for (const specifier of file.imports.filter((candidate) => !candidate.startsWith('.') && !candidate.startsWith('#'))) {
      const node = specifier.startsWith('node:');
      const pure = ['kernel', 'ports', 'change', 'language/rules', 'language/sdk', 'workshop/sentences'].includes(folder);
      const exempt =
        file.path.startsWith('src/language/rules/parse') || specifier === 'theseus/sdk' || (folder === 'workshop/sentences' && node);
      if (pure && !exempt) broken.push(`${file.path} imports ${specifier}`);
      if (
        !node &&
        ['machine', 'hosts/channel', 'workshop/pipeline', 'language/schema'].includes(folder) &&
        !['pg', 'fast-check'].includes(specifier) &&
        !(specifier === 'croner' && file.path === 'src/language/schema/schedule.ts')
      )
        broken.push(`${file.path} imports ${specifier}`);
    }
  }
  assert.deepEqual(broken, []);
});
