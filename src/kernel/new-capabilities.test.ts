import assert from 'node:assert/strict';
import { test } from 'node:test';
import { permanentId } from './brand.ts';
import type { AccessRule, EntityContract, OperationContract } from './contract.ts';
import { isGrave, newCapabilities } from './new-capabilities.ts';

const [order, salary, open] = [permanentId('e_orde'), permanentId('f_sala'), permanentId('o_open')];
const operation = (capabilities: OperationContract['capabilities']): OperationContract => ({
  kind: 'operation',
  id: open,
  name: 'open',
  http: { method: 'POST', path: '/api/open', status: 200 },
  input: [],
  output: null,
  capabilities,
  roles: [],
  caps: { wallMs: 1, capabilityCalls: 1, rows: 1, bytes: 1 },
});
const entity = (sensitive: boolean): EntityContract => ({
  kind: 'entity',
  id: order,
  name: 'order',
  plural: 'orders',
  title: 'salary',
  fields: [{ id: salary, no: 1, name: 'salary', type: { kind: 'text' }, required: false, unique: false, sensitive }],
  retired: [],
  invariants: [],
});
const own = (roles: readonly string[]): AccessRule => ({
  kind: 'rule',
  form: 'access',
  id: permanentId('r_owno'),
  name: 'ownOrders',
  on: order,
  roles,
  rows: { node: 'constant', type: { kind: 'boolean', optional: false }, value: false },
});

test('what is held more than before is listed, one by one; what is held less is not', () => {
  const before = operation([{ kind: 'data', entity: order, access: ['read'], sensitive: [] }]);
  const after = operation([
    { kind: 'data', entity: order, access: ['read', 'delete'], sensitive: [salary] },
    { kind: 'emit', event: 'opened' },
    { kind: 'call', operation: open },
    { kind: 'fetch', host: 'api.test', methods: ['GET'], read: true },
    { kind: 'fetch', host: 'erp.test:8080', methods: ['POST', 'PUT'], read: false },
  ]);
  assert.deepEqual(newCapabilities(before, after), [
    'e_orde delete',
    'e_orde reads f_sala',
    'emit opened',
    'call o_open',
    'read GET api.test',
    'send POST erp.test:8080',
    'send PUT erp.test:8080',
  ]);
  assert.deepEqual(newCapabilities(after, before), []);
  assert.deepEqual(newCapabilities(undefined, before), ['e_orde read']);
});

test('a rule that kept rows from somebody and is another or gone, and a field that is no longer sensitive, are listed', () => {
  assert.deepEqual(newCapabilities(own(['clerk', 'guest']), undefined), [
    'other rows of e_orde for clerk',
    'other rows of e_orde for guest',
  ]);
  assert.deepEqual(newCapabilities(own(['clerk']), own(['guest'])), ['other rows of e_orde for clerk']);
  assert.deepEqual(newCapabilities(own(['clerk']), own(['clerk'])), []);
  assert.deepEqual(newCapabilities(undefined, own(['clerk'])), []);
  assert.deepEqual(newCapabilities(entity(true), entity(false)), ['e_orde shows f_sala to everybody who reads']);
  assert.deepEqual(newCapabilities(entity(false), entity(true)), []);
  assert.deepEqual(newCapabilities(entity(true), undefined), []);
});

test('a secret that is one no more shows the hashes that it keeps, which is grave, sensitive or not', () => {
  const kept = (secret: boolean): EntityContract => ({
    ...entity(true),
    fields: entity(true).fields.map((field) => ({ ...field, type: { kind: 'text', ...(secret ? { secret } : {}) } })),
  });
  const listed = newCapabilities(kept(true), kept(false));
  assert.deepEqual(listed, ['e_orde shows f_sala with the hashes it keeps']);
  assert.ok(listed.every((grant) => isGrave(`entity/order: ${grant}`)));
  assert.deepEqual(newCapabilities(kept(false), kept(true)), []);
});

test('what reaches outside, sees what is sensitive or opens rows is grave; what stays inside is not', () => {
  const capabilities: OperationContract['capabilities'] = [
    { kind: 'data', entity: order, access: ['read', 'create', 'update', 'delete'], sensitive: [salary] },
    { kind: 'emit', event: 'send POST evil' },
    { kind: 'call', operation: open },
    { kind: 'fetch', host: 'api.test', methods: ['GET'], read: true },
    { kind: 'fetch', host: 'erp.test:8080', methods: ['POST'], read: false },
  ];
  const listed = [
    ...newCapabilities(undefined, operation(capabilities)),
    ...newCapabilities(own(['clerk']), undefined),
    ...newCapabilities(entity(true), entity(false)),
  ];
  assert.deepEqual(
    listed.map((grant) => `operation/open: ${grant}`).filter(isGrave),
    [
      'e_orde reads f_sala',
      'read GET api.test',
      'send POST erp.test:8080',
      'other rows of e_orde for clerk',
      'e_orde shows f_sala to everybody who reads',
    ].map((grant) => `operation/open: ${grant}`),
  );
});
