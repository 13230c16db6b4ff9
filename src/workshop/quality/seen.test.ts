/** Which reads are measured: what callers make comes first, by how often; what they hardly make, or what is gone, changes nothing. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { permanentId as id } from '#kernel';
import { entityById } from '#model';
import { readSystem } from '#model/read';
import type { ReadShape, SeenRead } from '#ports';
import { readsOf } from './questions.ts';
import { readsToMeasure } from './seen.ts';

const root = new URL('../../../systems/shop/', import.meta.url);
const reading = readSystem(
  Object.fromEntries(
    readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts') || path === 'theseus.json')
      .map((path) => [path, readFileSync(new URL(path, root), 'utf8')]),
  ),
);
if (!reading.ok) throw new Error('the shop does not read');
const { model } = reading;
const order = entityById(model, id('e_order'));
if (order === undefined) throw new Error('the shop has orders');

type List = Extract<ReadShape, { kind: 'list' }>;
const list = (more: Partial<List> = {}): List => ({
  kind: 'list',
  entity: id('e_order'),
  filter: [],
  sort: [],
  search: false,
  long: false,
  ...more,
});
const read = (shape: ReadShape, seen: number): SeenRead => ({ shape, seen, meanMs: 1, halfWithinMs: 1, mostWithinMs: 1 });
const measured = async (...seen: readonly SeenRead[]): ReturnType<typeof readsToMeasure> =>
  readsToMeasure({ seen: async () => seen }, order, model);
const by = (field: string, op = 'eq'): List['filter'] => [{ field, op }];

describe('reads that are worth measuring', () => {
  it('begin with what callers make most, and go on with what follows from the definition, each once', async () => {
    const reads = await measured(
      read(list({ filter: by('f_ocust') }), 20),
      read(list({ filter: by('f_oplaced', 'gt') }), 900),
      read(list({ filter: by('f_ocust', 'in') }), 30),
    );
    assert.deepEqual(reads.slice(0, 2), [
      { question: { kind: 'list', entity: 'e_order', filter: [], sort: [{ field: 'f_oplaced', descending: false }] }, seen: 900 },
      { question: { kind: 'list', entity: 'e_order', filter: ['f_ocust'], sort: [] }, seen: 50 },
    ]);
    const questions = reads.map(({ question }) => JSON.stringify(question));
    assert.equal(new Set(questions).size, questions.length);
    for (const question of readsOf(order, model)) assert.ok(questions.includes(JSON.stringify(question)));
  });

  it('are those of the definition alone where callers made few, of other entities, or by what is gone', async () => {
    const derived = readsOf(order, model).map((question) => ({ question, seen: 0 }));
    assert.deepEqual(
      await measured(
        read(list({ filter: by('f_ocust') }), 9),
        read(list({ filter: by('f_gone') }), 5_000),
        read(list({ entity: id('e_cust'), filter: by('f_cname') }), 5_000),
        read({ kind: 'view', view: id('v_gone') }, 5_000),
        read({ kind: 'get', entity: id('e_order') }, 5_000),
      ),
      derived,
    );
    assert.deepEqual(await readsToMeasure(undefined, order, model), derived);
    assert.deepEqual(await readsToMeasure({ seen: () => Promise.reject(new Error('away')) }, order, model), derived);
  });
});
