/** Defaults that ask who makes a row, at the place where they are filled in. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { callerRow, type Field, permanentId, type Settings } from '#kernel';
import { complete } from './complete.ts';

const asks = (member: 'id' | 'name'): Field => ({
  id: permanentId(`f_own${member}`),
  no: 1,
  name: member === 'id' ? 'owner' : 'ownerName',
  type: { kind: 'text' },
  required: true,
  unique: false,
  sensitive: false,
  default: {
    formula: {
      node: 'field',
      of: { node: 'input', name: 'caller', type: { kind: 'row', of: callerRow, optional: false } },
      field: member,
      id: permanentId(`x_caller${member}`),
      type: { kind: 'text', optional: false },
    },
  },
});
const completing = {
  settings: { currency: { code: 'EUR', digits: 2 } } as Settings,
  fields: [asks('id'), asks('name')],
  newId: () => 'new',
  caller: { id: 'c1', name: 'Ada' },
};

test('a new row begins with who makes it, and nothing is left for the database to fill in', () => {
  const made = complete(completing, {}, null);
  assert.deepEqual({ ...made.values }, { owner: 'c1', ownerName: 'Ada' });
  assert.deepEqual([made.fill, Object.keys(made.faults)], [[], []]);
});
test('what is given stands, and a change by somebody else alters nothing', () => {
  assert.equal(complete(completing, { owner: 'c2' }, null).values['owner'], 'c2');
  const before = { id: 'r', version: 1, owner: 'c1', ownerName: 'Ada' };
  const changed = complete({ ...completing, caller: { id: 'c9', name: 'Bo' } }, { ownerName: 'Ada L.' }, before);
  assert.deepEqual([changed.values['owner'], [...changed.changed]], ['c1', ['ownerName']]);
});
