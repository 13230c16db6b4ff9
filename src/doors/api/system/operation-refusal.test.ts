import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type JsonObject, refuse } from '#kernel';
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

test('a list of one item with a field and its message has such an item for each, and none where no field is meant', async () => {
  const shape = {
    statuses: {},
    body: { type: 'about:blank', title: '{code}', status: '{status}', errors: [{ field: '{field}', message: '{message}', in: 'body' }] },
  };
  const answer = answerOwnRefusal(
    refuse('invalid', 'Some values are not allowed.', { fields: { 'body.name': 'is taken', 'body.capacity': '{field} $& {why}' } }),
    shape,
    'g',
  );
  assert.deepEqual(await answer.json(), {
    type: 'about:blank',
    title: 'invalid',
    status: 422,
    errors: [
      { field: 'name', message: 'is taken', in: 'body' },
      { field: 'capacity', message: '{field} $& {why}', in: 'body' },
    ],
  });
  const none = answerOwnRefusal(refuse('not-found', 'No.'), shape, 'g');
  assert.match(await none.text(), /"errors":\[\]/);
});
test('a shape with type, title and status is a problem document, any other is plain JSON', () => {
  const typeOf = (body: JsonObject): string | null =>
    answerOwnRefusal(refuse('not-found', 'No.'), { statuses: {}, body }, 'g').headers.get('content-type');
  assert.match(typeOf({ type: 'about:blank', title: '{why}', status: '{status}' }) ?? '', /^application\/problem\+json/);
  assert.match(typeOf({ title: '{why}', status: '{status}' }) ?? '', /^application\/json/);
});

test('what a body says beside its words has its place, of each code its own, and what it does not say is left out', async () => {
  const shape = {
    statuses: { impossible: 402, 'not-found': 200 },
    body: { error: { type: 'invalid_request_error', code: '{evidence.code}', param: '{field}', message: '{why} ({evidence.code})' } },
    bodies: {
      impossible: { error: { type: 'card_error', code: '{evidence.code}', tries: '{evidence.tries}' } },
      'not-found': { ok: false, error: '{why}' },
    },
  };
  const told = async (refusal: Parameters<typeof answerOwnRefusal>[0]): Promise<unknown> => {
    const answer = answerOwnRefusal(refusal, shape, 'g');
    return [answer.status, await answer.json()];
  };
  assert.deepEqual(await told(refuse('impossible', 'No.', { code: 'card_declined', tries: 2, more: { a: 1 } })), [
    402,
    { error: { type: 'card_error', code: 'card_declined', tries: 2 } },
  ]);
  assert.deepEqual(await told(refuse('not-found', 'channel_not_found')), [200, { ok: false, error: 'channel_not_found' }]);
  assert.deepEqual(await told(refuse('invalid', '{evidence.code}', { code: '{why}', fields: { 'card.number': 'is required' } })), [
    422,
    { error: { type: 'invalid_request_error', code: '{why}', param: 'number', message: '{evidence.code} ({why})' } },
  ]);
  assert.deepEqual(await told(refuse('conflict', 'No.', { code: { a: 1 } })), [
    409,
    { error: { type: 'invalid_request_error', message: 'No. ()' } },
  ]);
});

test('what is wrong with a field is said in the words of the interface, and a token that nobody has in a shape of its own', async () => {
  const shape = {
    statuses: { 'unknown-token': 403 },
    body: { message: 'Validation Failed', errors: [{ resource: 'Issue', field: '{field}', code: '{fault}' }] },
    bodies: { unauthenticated: { message: '{why}' }, 'unknown-token': { message: 'Bad credentials' } },
    faults: { missing: 'missing_field', invalid: 'not_valid' },
  };
  const told = async (refusal: Parameters<typeof answerOwnRefusal>[0]): Promise<unknown> => {
    const answer = answerOwnRefusal(refusal, shape, 'g');
    return [answer.status, await answer.json()];
  };
  const fields = { title: 'is required', body: 'must be a text', name: 'already_exists', colour: 'is not known; known are title' };
  assert.deepEqual(await told(refuse('invalid', 'no', { fields })), [
    422,
    {
      message: 'Validation Failed',
      errors: [
        { resource: 'Issue', field: 'title', code: 'missing_field' },
        { resource: 'Issue', field: 'body', code: 'not_valid' },
        { resource: 'Issue', field: 'name', code: 'already_exists' },
        { resource: 'Issue', field: 'colour', code: 'unknown' },
      ],
    },
  ]);
  assert.deepEqual(await told(refuse('unauthenticated', 'Sign in.')), [401, { message: 'Sign in.' }]);
  assert.deepEqual(await told(refuse('unauthenticated', 'No.', { proof: 'unknown' })), [403, { message: 'Bad credentials' }]);
  const { 'unknown-token': _status, ...statuses } = shape.statuses;
  const { 'unknown-token': _body, ...bodies } = shape.bodies;
  const plain = answerOwnRefusal(refuse('unauthenticated', 'No.', { proof: 'unknown' }), { ...shape, statuses, bodies }, 'g');
  assert.deepEqual([plain.status, await plain.json()], [401, { message: 'No.' }]);
});
