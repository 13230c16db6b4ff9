import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Field, OperationContract } from '#kernel';
import { nowhere } from './rows-in-path.ts';

const field = (name: string, kind: string): Field => ({ name, type: { kind } }) as unknown as Field;
const operation = {
  http: { method: 'GET', path: '/rooms/{room}/days/{day}', status: 200 },
  input: [field('room', 'reference'), field('day', 'date'), field('other', 'reference')],
} as unknown as OperationContract;

test('an id in the path that no row can have is not found', () =>
  assert.equal(nowhere(operation, { room: 'must be the id of a row', day: 'is odd' })?.code, 'not-found'));
test('what else is wrong in a path, and an id that stands elsewhere, is invalid as ever', () =>
  assert.equal(nowhere(operation, { day: 'is odd', other: 'must be the id of a row' }), undefined));
