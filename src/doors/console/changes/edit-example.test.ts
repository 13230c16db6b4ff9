import assert from 'node:assert/strict';
import { test } from 'node:test';
import { leavesOf, valueOf, withValue } from './edit-example.ts';

const example = {
  name: 'an order is placed',
  steps: [
    { today: '2026-11-01' },
    {
      call: 'placeOrder',
      by: 'clerk',
      with: { lines: [{ product: 'tea', quantity: 2 }], rush: true, note: null },
      then: { total: '9.00' },
    },
  ],
};

test('the values of a step can be altered, and nothing that says what is done', () => {
  assert.deepEqual(
    leavesOf(example, 1).map(({ label, kind, text }) => `${label} | ${kind} | ${text}`),
    [
      'lines 1 product | text | tea',
      'lines 1 quantity | number | 2',
      'rush | yes-no | yes',
      'note | nothing | ',
      'then total | text | 9.00',
    ],
  );
  assert.deepEqual(
    leavesOf(example, 0).map(({ label, text }) => [label, text]),
    [['today', '2026-11-01']],
  );
  assert.deepEqual(leavesOf(example, 7), []);
});

test('a value that is altered stays of its kind, and the rest of the example as it was', () => {
  const made = withValue(example, 1, ['with', 'lines', 0, 'quantity'], 3) as typeof example;
  assert.deepEqual(made.steps[1], { ...example.steps[1], with: { lines: [{ product: 'tea', quantity: 3 }], rush: true, note: null } });
  assert.equal(made.steps[0], example.steps[0]);
  assert.equal(made.name, example.name);
  assert.equal(valueOf('number', 'many'), undefined);
  assert.equal(valueOf('number', '2.50'), 2.5);
  assert.equal(valueOf('yes-no', 'no'), false);
  assert.equal(valueOf('yes-no', 'perhaps'), undefined);
  assert.deepEqual([valueOf('nothing', ''), valueOf('nothing', 'x'), valueOf('text', '')], [null, 'x', '']);
});
