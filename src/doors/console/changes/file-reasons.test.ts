import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChangeDetail, FileDifference } from '#api/client';
import { componentOf, fileReasons, headWhy } from './file-reasons.ts';

const text = '/**\n * Places an order.\n *\n * why: the shop sells,\n *   and takes stock\n * change: start\n */\nexport default 1;\n';
const file = (path: string, after: string | null): FileDifference => ({ path, kind: 'changed', before: text, after, lines: [] });
const change = {
  stated: [],
  understanding: {
    echo: ['placeOrder is refused for a blocked supplier.', 'There are suppliers.', 'A category has a name.'],
    notes: [],
    scope: { components: [], members: [] },
    risk: 'medium',
    acceptance: [
      { component: 'operation/placeOrder', example: { name: 'a blocked one', steps: [] }, hidden: true },
      { component: 'operation/placeOrder', example: null, hidden: true },
      { component: 'entity/supplier', example: { name: 'another', steps: [] }, hidden: false },
    ],
  },
} as unknown as ChangeDetail;

test('a file says why it is so, and which sentence of the request named it', () => {
  assert.deepEqual(fileReasons(file('operations/place-order.ts', text), change), [
    { label: 'Why', texts: ['the shop sells, and takes stock'] },
    { label: 'Asked', texts: ['placeOrder is refused for a blocked supplier.'] },
  ]);
  assert.deepEqual(fileReasons(file('entities/category.ts', ''), change)[0]?.texts, ['A category has a name.']);
  assert.deepEqual(fileReasons(file('entities/supplier.ts', null), change)[1]?.texts.length, 2);
  assert.deepEqual(fileReasons(file('theseus.json', '{}'), change), []);
});

test('tests name the examples that bind, and of those that may not be read nothing', () => {
  assert.deepEqual(fileReasons(file('operations/place-order.test.ts', text), change).at(-1), {
    label: 'Must hold',
    texts: ['a blocked one (hidden from the writer)'],
  });
});

test('what is no component and has no head has no reason of its own', () => {
  assert.equal(componentOf('theseus.json'), undefined);
  assert.equal(componentOf('../entities/x.ts'), undefined);
  for (const odd of ['', 'export default 1;', '/** why not */', '/**\n * why:\n */']) assert.equal(headWhy(odd), undefined, odd);
});
