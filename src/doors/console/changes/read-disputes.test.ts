import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChangeDetail } from '#api/client';
import { readDisputes } from './read-disputes.ts';

const example = { name: 'a phone is kept', steps: [{ create: 'customer' }] };
const change = (disputes: unknown, understood: unknown = example): ChangeDetail =>
  ({
    witness: { candidate: 'c', disputes },
    stated: [],
    understanding: { acceptance: [{ component: 'entity/customer', example: understood, hidden: false }] },
  }) as unknown as ChangeDetail;
const dispute = {
  component: 'entity/customer',
  statement: 'a phone is kept',
  hidden: false,
  witness: 'it answered 1',
  saidByTheWriter: 'No.',
};

test('a disputed example is told with what it says, what was answered instead and the words of the writer', () => {
  assert.deepEqual(readDisputes(change([dispute])), [
    { name: 'a phone is kept', component: 'entity/customer', hidden: false, example, answered: 'it answered 1', said: 'No.' },
  ]);
});

test('one that the viewer may not read says that it is there and no more; any other witness tells of none', () => {
  const shut = { component: 'entity/customer', statement: 'an example of the asker that is not shown here', hidden: true };
  assert.deepEqual(
    readDisputes(change([shut], null)).map(({ example: told, answered, said, hidden }) => [told, answered, said, hidden]),
    [[null, null, null, true]],
  );
  assert.deepEqual(readDisputes(change('none')), []);
  assert.deepEqual(readDisputes({ ...change([]), witness: null }), []);
});
