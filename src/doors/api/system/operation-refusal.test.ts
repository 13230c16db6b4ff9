import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refuse } from '#kernel';
import { answerOwnRefusal } from './operation-refusal.ts';

test('messages by field stand under any name that a caller can send', async () => {
  const fields = { 'strict.constructor': 'is not a member of this', toString: 'is odd', 'other.toString': 'is odd too' };
  const answer = answerOwnRefusal(
    refuse('invalid', 'Some values are not allowed.', { fields }),
    { statuses: {}, body: { errors: '{fields}' } },
    'g',
  );
  assert.equal(answer.status, 422);
  assert.equal(
    await answer.text(),
    JSON.stringify({ errors: { constructor: ['is not a member of this'], toString: ['is odd', 'is odd too'] } }),
  );
});

test('what a refusal says is not read as a part of the template', async () => {
  const answer = answerOwnRefusal(
    refuse('conflict', '{status} {fields} $& {why}'),
    { statuses: { conflict: 401 }, body: { message: 'No: {why}' } },
    'g',
  );
  assert.equal(answer.status, 401);
  assert.deepEqual(await answer.json(), { message: 'No: {status} {fields} $& {why}' });
});
