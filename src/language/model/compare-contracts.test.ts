import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  permanentId,
  type Contract,
  type EntityContract,
  type Field,
  type FieldType,
  type OperationContract,
  type ViewContract,
} from '#kernel';
import { isFieldError, valuesFromJson } from '#schema';
import { compareContracts } from './index.ts';

const settings = { currency: { code: 'EUR', digits: 2 } };
const field = (name: string, type: FieldType, more: Partial<Field> = {}): Field => ({
  id: permanentId(`f_${name}x`),
  no: name.length,
  name,
  type,
  required: false,
  unique: false,
  sensitive: false,
  ...more,
});
const entity = (fields: readonly Field[], more: Partial<EntityContract> = {}): EntityContract => ({
  kind: 'entity',
  id: permanentId('e_note'),
  name: 'note',
  plural: 'notes',
  fields,
  retired: [],
  title: 'name',
  invariants: [],
  ...more,
});
const operation = (more: Partial<OperationContract>): OperationContract => ({
  kind: 'operation',
  id: permanentId('o_sign'),
  name: 'sign',
  http: { method: 'POST', path: '/api/sign', status: 200 },
  input: [],
  output: null,
  capabilities: [],
  roles: [],
  caps: { wallMs: 1, capabilityCalls: 1, rows: 1, bytes: 1 },
  ...more,
});
const text: FieldType = { kind: 'text' };
const base = entity([
  field('name', text, { required: true }),
  field('count', { kind: 'integer', min: 0 }),
  field('state', {
    kind: 'choice',
    choices: [
      { id: permanentId('c_open'), name: 'open' },
      { id: permanentId('c_done'), name: 'done' },
    ],
  }),
]);
const changed = (name: string, change: Partial<Field>): EntityContract =>
  entity(base.fields.map((each) => (each.name === name ? { ...each, ...change } : each)));
const told = (was: Contract, now: Contract): readonly string[] =>
  compareContracts([was], [now]).map(({ member, change, compatible }) => `${compatible ? 'ok' : 'NO'} ${member} ${change}`);

test('nothing is told of what is equal', () => {
  assert.deepEqual(told(base, structuredClone(base)), []);
});

test('what callers sent and wrote before goes on, or is told as not going on', () => {
  assert.deepEqual(told(base, entity([...base.fields, field('more', text)])), ['ok entity/note#field/more is new']);
  assert.deepEqual(told(base, entity([...base.fields, field('more', text, { required: true })])), [
    'NO entity/note#field/more is new and required',
  ]);
  assert.deepEqual(told(base, entity(base.fields.slice(0, 2))), ['NO entity/note#field/state is gone']);
  assert.deepEqual(told(base, changed('count', { name: 'number' })), ['NO entity/note#field/number was called count']);
  assert.deepEqual(told(base, changed('count', { required: true })), ['NO entity/note#field/count is required now']);
  assert.deepEqual(told(base, changed('count', { type: { kind: 'integer', min: 0, max: 9 } })), [
    'NO entity/note#field/count takes less: at least 0 before, 0 to 9 now',
  ]);
  assert.deepEqual(told(base, changed('count', { type: { kind: 'integer' } })), [
    'ok entity/note#field/count takes more: at least 0 before, anything now',
  ]);
  assert.deepEqual(told(base, changed('count', { type: { kind: 'text' } })), ['NO entity/note#field/count was integer and is text']);
  assert.deepEqual(
    told(
      base,
      changed('state', {
        type: {
          kind: 'choice',
          choices: [
            { id: permanentId('c_open'), name: 'open' },
            { id: permanentId('c_lost'), name: 'lost' },
          ],
        },
      }),
    ),
    ['NO entity/note#field/state can no longer be done', 'ok entity/note#field/state can also be lost'],
  );
  assert.deepEqual(told({ ...base, retired: [{ id: permanentId('f_old'), no: 9, name: 'old' }] }, base), [
    'NO entity/note#retired/old is forgotten, so its number could be given again',
  ]);
});

test('the witness of what is narrower was good before and is not now', () => {
  const narrower: readonly EntityContract[] = [
    changed('count', { type: { kind: 'integer', min: 0, max: 9 } }),
    changed('count', { type: { kind: 'integer', min: 1 } }),
    changed('count', { type: { kind: 'text' } }),
    changed('count', { name: 'number' }),
    changed('name', { type: { kind: 'text', max: 5 } }),
    changed('state', { type: { kind: 'choice', choices: [{ id: permanentId('c_open'), name: 'open' }] } }),
    changed('count', { required: true }),
    entity(base.fields.slice(0, 1)),
  ];
  for (const now of narrower) {
    const witnesses = compareContracts([base], [now]).filter(({ compatible }) => !compatible);
    assert.ok(witnesses.length > 0);
    for (const { witness, change } of witnesses) {
      assert.ok(!isFieldError(valuesFromJson(base.fields, witness, settings, 'update')), change);
      assert.ok(isFieldError(valuesFromJson(now.fields, witness, settings, 'update')), change);
    }
  }
});

test('an operation may take more and answer less, not the other way round', () => {
  const count = field('count', { kind: 'integer', min: 0 });
  const wide = { ...count, type: { kind: 'integer' } as const };
  assert.match(told(operation({ input: [count] }), operation({ input: [wide] })).join(), /^ok/);
  assert.match(told(operation({ input: [wide] }), operation({ input: [count] })).join(), /^NO/);
  assert.match(told(operation({ output: { fields: [count] } }), operation({ output: { fields: [wide] } })).join(), /^NO/);
  assert.match(told(operation({ output: { fields: [wide] } }), operation({ output: { fields: [count] } })).join(), /^ok/);
  assert.match(
    told(operation({}), operation({ http: { method: 'POST', path: '/api/other', status: 200 } })).join(),
    /^NO operation\/sign#http/,
  );
  assert.match(told(operation({}), operation({ roles: ['manager'] })).join(), /^NO operation\/sign#roles/);
  assert.match(told(operation({ roles: ['manager'] }), operation({ roles: ['manager', 'clerk'] })).join(), /^ok/);
});

test('a view keeps its columns', () => {
  const value = { node: 'today', type: { kind: 'date', optional: false } } as const;
  const view = (names: readonly string[]): ViewContract => ({
    kind: 'view',
    id: permanentId('v_all'),
    name: 'all',
    title: 'All',
    from: permanentId('e_note'),
    columns: names.map((name) => ({ name, label: name, value })),
    order: [],
    show: 'table',
  });
  assert.deepEqual(told(view(['a']), view(['a', 'b'])), ['ok view/all#column/b is new']);
  assert.deepEqual(told(view(['a', 'b']), view(['a'])), ['NO view/all#column/b is gone']);
  assert.deepEqual(
    compareContracts([view(['a'])], []).map(({ compatible }) => compatible),
    [false],
  );
});

test('who signs in, as what and for how long is a member of its own', () => {
  const people = (roles: readonly string[]): EntityContract =>
    entity([field('name', { kind: 'text' })], {
      identity: { login: permanentId('f_namex'), secret: permanentId('f_passx'), roles, days: 1 },
    });
  assert.deepEqual(
    compareContracts([people(['member'])], [people(['owner'])]).map(({ member, compatible }) => [member, compatible]),
    [['entity/note#identity', false]],
  );
  assert.deepEqual(compareContracts([people(['member'])], [people(['member'])]), []);
});
