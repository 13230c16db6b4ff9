import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applied, pathsOf } from './apply-edits.ts';

const scope = { components: ['entity/order', 'operation/payOrder'], members: [] } as const;
const sources = { 'entities/order.ts': 'one two two three\n', 'entities/product.ts': 'other' };
const run = (...answers: Parameters<typeof applied>[0]): ReturnType<typeof applied> => applied(answers, scope, sources, sources);
const wrong = (result: ReturnType<typeof applied>, words: RegExp): void => {
  assert.ok(Array.isArray((result as { wrong?: unknown }).wrong), JSON.stringify(result));
  assert.match(JSON.stringify(result), words);
};

test('a scope has the files of its components and the tests beside them', () =>
  assert.deepEqual(pathsOf(scope), [
    'entities/order.ts',
    'entities/order.test.ts',
    'operations/pay-order.ts',
    'operations/pay-order.test.ts',
  ]));
test('edits are put in, each in its one place, whatever their order', () =>
  assert.deepEqual(
    run({
      path: 'entities/order.ts',
      edits: [
        { find: 'three', replace: '3' },
        { find: 'one', replace: '$1 $&' },
      ],
    }),
    {
      'entities/order.ts': '$1 $& two two 3\n',
    },
  ));
test('a whole text makes a file, and null is what is removed', () =>
  assert.deepEqual(run({ path: 'operations/pay-order.ts', text: 'x' }, { path: 'entities/order.ts', remove: true }), {
    'operations/pay-order.ts': 'x',
    'entities/order.ts': null,
  }));
for (const [name, answer, words] of [
  ['a file outside the scope', { path: 'entities/product.ts', text: 'mine' }, /may not be written. You may write entities\/order.ts/],
  ['the settings', { path: 'theseus.json', text: '{}' }, /may not be written/],
  ['a path that climbs', { path: '../../etc/passwd', text: 'x' }, /may not be written/],
  ['a text that is not there', { path: 'entities/order.ts', edits: [{ find: 'four', replace: '' }] }, /does not stand in the file/],
  ['a text that is there twice', { path: 'entities/order.ts', edits: [{ find: 'two', replace: '' }] }, /more than once/],
  ['edits of a file that is not there', { path: 'operations/pay-order.ts', edits: [{ find: 'x', replace: '' }] }, /is not there/],
  ['removing what is not there', { path: 'operations/pay-order.ts', remove: true }, /cannot be removed/],
  ['a huge file', { path: 'entities/order.ts', text: 'x'.repeat(70_000) }, /at most 60000/],
  ['a text that changes nothing', { path: 'entities/order.ts', text: sources['entities/order.ts'] }, /Nothing differs/],
] as const)
  test(`${name} is told`, () => wrong(run(answer), words));
test('what is not there as it was written is shown as it stands', () => {
  const texts = { 'entities/order.ts': "a\n  fields: { total: money({ id: 'f_1', no: 1, min: '0.00' }) },\nb" };
  const answer = { path: 'entities/order.ts', edits: [{ find: "total: money({ min: '0.00' })", replace: '' }] };
  wrong(applied([answer], scope, texts, texts), /There stands \\"total: money\(\{ id: 'f_1', no: 1/);
});
test('edits that touch each other and a file that is given twice are told', () => {
  wrong(
    run({
      path: 'entities/order.ts',
      edits: [
        { find: 'one two', replace: '' },
        { find: 'two two', replace: '' },
      ],
    }),
    /touch the same text/,
  );
  wrong(run({ path: 'entities/order.ts', text: 'a' }, { path: 'entities/order.ts', text: 'b' }), /stands there twice/);
});
test('all files together have a cap', () =>
  wrong(
    applied(
      [...'abcdefgh'].map((name) => ({ path: `entities/${name}.ts`, text: 'x'.repeat(55_000) })),
      { components: [...'abcdefgh'].map((name) => `entity/${name}` as const), members: [] },
      {},
      {},
    ),
    /over 400000/,
  ));
