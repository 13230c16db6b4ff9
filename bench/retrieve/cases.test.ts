/** The labelled requests of this folder are well-formed, and the system that they are about reads. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readSystem } from '#model/read';
import { makeSystem } from './make-system.ts';

interface Labelled {
  readonly id: string;
  readonly request: string;
  readonly component?: string;
  readonly needed: readonly string[];
  readonly docs?: readonly string[];
  readonly split: string;
}
const cases = JSON.parse(readFileSync(new URL('cases.json', import.meta.url), 'utf8')) as readonly Labelled[];
const folder = new URL('documents/', import.meta.url);
const documents = new Map(readdirSync(folder).map((name) => [name, readFileSync(new URL(name, folder), 'utf8')]));
const system = makeSystem();

test('the system has 500 components, is the same each time, and reads without a problem', () => {
  const reading = readSystem(system.files);
  assert.ok(reading.ok, reading.ok ? '' : reading.problems.map(({ path, line, message }) => `${path}:${line} ${message}`).join('\n'));
  assert.deepEqual(reading.components.map(({ kind, name }) => `${kind}/${name}`).sort(), [...system.components].sort());
  assert.equal(system.components.length, 500);
  assert.deepEqual(makeSystem(), system);
});

test('no component is another under a new name: each says something of its own in its head note', () => {
  const heads = Object.entries(system.files)
    .filter(([path]) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
    .map(([, source]) => source.split('\n')[1] ?? '');
  assert.equal(new Set(heads).size, heads.length);
});

test('4,000 tokens are at most three percent of the system and its documents', () => {
  const characters = [...Object.values(system.files), ...documents.values()].reduce((all, text) => all + text.length, 0);
  assert.ok(characters / 4 >= 133_334, `${characters / 4} tokens`);
});

test('at least eighty requests, half of them for the figure, each asked once', () => {
  assert.ok(cases.length >= 80);
  assert.equal(cases.filter(({ split }) => split === 'figure').length * 2, cases.length);
  assert.equal(cases.filter(({ split }) => split === 'open').length * 2, cases.length);
  assert.equal(new Set(cases.map(({ id }) => id)).size, cases.length);
  assert.equal(new Set(cases.map(({ request }) => request.toLowerCase())).size, cases.length);
});

test('every label names what there is: one to eight components, each once, and documents of the folder', () => {
  const known = new Set(system.components);
  for (const { id, needed, docs = [], component } of cases) {
    assert.ok(needed.length >= 1 && needed.length <= 8, id);
    assert.equal(new Set(needed).size, needed.length, id);
    for (const key of needed) assert.ok(known.has(key), `${id}: ${key}`);
    for (const name of docs) assert.ok(documents.has(name), `${id}: ${name}`);
    if (component !== undefined) assert.ok(needed.includes(component), `${id}: ${component}`);
  }
});

test('at least half of the requests do not say the name of any component that they need, in any spelling of its letters', () => {
  const told = cases.filter(({ request, needed }) =>
    needed.some((key) => request.toLowerCase().includes(key.slice(key.indexOf('/') + 1).toLowerCase())),
  );
  assert.ok(told.length * 2 <= cases.length, `${told.length} of ${cases.length}`);
});

test('documents that try to give orders are needed by no request', () => {
  const hostile = [...documents]
    .filter(([, text]) => /ignore (?:all previous|your) instructions|automatic assistants/i.test(text))
    .map(([name]) => name);
  assert.deepEqual(hostile, ['customer-survey.md', 'letter-from-a-supplier.md', 'notes-of-an-intern.md', 'wiki-export-broken.md']);
  for (const { id, docs = [] } of cases) for (const name of hostile) assert.ok(!docs.includes(name), id);
});
