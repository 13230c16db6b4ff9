/** A small shop as a model, for tests of routes and shapes: every kind of field, an operation, approvals, a view. */
import {
  type EntityContract,
  type Expression,
  type Field,
  type OperationContract,
  permanentId,
  type PermanentId,
  type RuleContract,
  type Settings,
  type ValueType,
  type ViewContract,
} from '#kernel';
import type { SystemModel } from '#model';

const id = permanentId;
const plain = { required: false, unique: false, sensitive: false };
const field = (no: number, name: string, type: Field['type'], more: Partial<Field> = {}): Field => ({
  id: id(`f_t${name.toLowerCase()}`.slice(0, 16)),
  no,
  name,
  type,
  ...plain,
  ...more,
});
const amount: ValueType = { kind: 'number', scale: 2, money: true, optional: true };
const zero: Expression = { node: 'constant', type: amount, value: 0 };
const always: Expression = { node: 'constant', type: { kind: 'boolean', optional: false }, value: true };
const row = (of: PermanentId): Expression => ({ node: 'input', name: 'row', type: { kind: 'row', of, optional: false } });

export const customer: EntityContract = {
  kind: 'entity',
  id: id('e_cust'),
  name: 'customer',
  plural: 'customers',
  title: 'name',
  retired: [],
  invariants: [],
  fields: [
    field(1, 'name', { kind: 'text' }, { required: true }),
    field(2, 'email', { kind: 'email' }, { unique: true }),
    field(
      3,
      'tier',
      {
        kind: 'choice',
        choices: [
          { id: id('c_tstd'), name: 'standard' },
          { id: id('c_tgold'), name: 'gold' },
        ],
      },
      { default: { literal: 'standard' } },
    ),
    field(4, 'creditLimit', { kind: 'money', min: '0.00' }),
    field(5, 'rating', { kind: 'decimal', scale: 2, max: '5.00' }),
    field(6, 'active', { kind: 'boolean' }),
    field(7, 'since', { kind: 'date' }),
    field(8, 'seenAt', { kind: 'instant' }),
    field(9, 'patience', { kind: 'duration', min: 0 }),
    field(10, 'home', { kind: 'url' }),
    field(11, 'weight', { kind: 'quantity', unit: 'kg', scale: 3 }),
    field(12, 'extra', { kind: 'json' }),
    field(13, 'note', { kind: 'text', multiline: true }, { sensitive: true }),
  ],
};
export const salesOrder: EntityContract = {
  kind: 'entity',
  id: id('e_order'),
  name: 'salesOrder',
  plural: 'salesOrders',
  title: 'status',
  retired: [],
  invariants: [],
  fields: [
    field(1, 'customer', { kind: 'reference', to: customer.id }, { required: true }),
    field(
      2,
      'status',
      {
        kind: 'choice',
        choices: [
          { id: id('c_oopen'), name: 'open' },
          { id: id('c_ocanc'), name: 'cancelled' },
        ],
      },
      { default: { literal: 'open' } },
    ),
    field(3, 'lines', {
      kind: 'list',
      item: 'line',
      itemId: id('e_oline'),
      fields: [field(1, 'quantity', { kind: 'integer', min: 1, max: 1_000 }, { required: true }), field(2, 'unitPrice', { kind: 'money' })],
    }),
    field(4, 'total', { kind: 'money' }, { derived: { mode: 'live', formula: zero } }),
  ],
};
const cancel: OperationContract = {
  kind: 'operation',
  id: id('o_canc'),
  name: 'cancelSalesOrder',
  on: salesOrder.id,
  http: { method: 'POST', path: '/api/sales-orders/{id}/cancel', status: 200 },
  input: [field(1, 'reason', { kind: 'text' })],
  output: { row: salesOrder.id },
  capabilities: [],
  roles: ['manager'],
  transition: { field: id('f_tstatus'), from: [id('c_oopen')], to: id('c_ocanc') },
  caps: { wallMs: 1_000, capabilityCalls: 10, rows: 10, bytes: 1_000 },
};
const place: OperationContract = {
  kind: 'operation',
  id: id('o_place'),
  name: 'placeSalesOrder',
  http: { method: 'POST', path: '/api/sales-orders/place', status: 201 },
  input: [
    field(1, 'customer', { kind: 'reference', to: customer.id }, { required: true }),
    field(2, 'express', { kind: 'boolean' }, { default: { literal: false } }),
  ],
  output: { row: salesOrder.id },
  capabilities: [],
  roles: [],
  caps: cancel.caps,
};
const quote: OperationContract = {
  kind: 'operation',
  id: id('o_quote'),
  name: 'quote',
  http: { method: 'GET', path: '/api/quote', status: 200 },
  input: [field(1, 'quantity', { kind: 'integer', min: 1 }, { required: true }), field(2, 'price', { kind: 'money' })],
  output: { fields: [field(1, 'price', { kind: 'money' }), field(2, 'days', { kind: 'integer' })] },
  capabilities: [],
  roles: [],
  caps: cancel.caps,
};
const ping: OperationContract = {
  ...quote,
  id: id('o_ping'),
  name: 'ping',
  http: { method: 'PUT', path: '/legacy/ping', status: 202 },
  input: [],
  output: null,
};
const approval: RuleContract = {
  kind: 'rule',
  form: 'approval',
  id: id('r_appr'),
  name: 'largeOrders',
  on: salesOrder.id,
  role: 'manager',
  when: always,
  before: id('f_tstatus'),
};
const view: ViewContract = {
  kind: 'view',
  id: id('v_open'),
  name: 'openSalesOrders',
  title: 'Open sales orders',
  from: salesOrder.id,
  show: 'table',
  order: [{ column: 'total', direction: 'descending' }],
  columns: [
    {
      name: 'customer',
      label: 'Customer',
      value: {
        node: 'field',
        of: row(salesOrder.id),
        field: 'customer',
        id: id('f_tcustomer'),
        type: { kind: 'reference', to: customer.id, optional: false },
      },
    },
    { name: 'count', label: 'Count', value: always, aggregate: 'count' },
    { name: 'total', label: 'Total', value: zero, aggregate: 'sum' },
  ],
};
const settings: Settings = {
  name: 'shop',
  currency: { code: 'EUR', digits: 2 },
  strategies: {},
  timeZone: 'Europe/Berlin',
  locale: 'en',
  collation: 'und-x-icu',
  roles: [
    { name: 'owner', read: true, write: true, sensitive: true },
    { name: 'manager', read: true, write: true, sensitive: true },
    { name: 'clerk', read: true, write: true, sensitive: false },
    { name: 'viewer', read: true, write: false, sensitive: false },
  ],
  policy: {
    ask: ['owner', 'manager'],
    approve: ['owner'],
    rollback: ['owner'],
    freeze: ['owner'],
    autonomy: { low: 'act', medium: 'act', high: 'propose' },
    approvals: { low: 0, medium: 1, high: 1 },
    gates: { low: [], medium: [], high: [] },
    isolation: 'preferred',
    limits: { calls: null, control: 50, signIns: 20 },
    budgets: { change: { usd: 2, tokens: 100_000 }, day: {}, month: {} },
    strikes: 3,
    onQuarantine: 'roll-back',
  },
};
export const specimenModel: SystemModel = {
  settings,
  entities: [customer, salesOrder],
  rules: [approval],
  workflows: [],
  operations: [cancel, place, quote, ping],
  views: [view],
  reactions: [],
  jobs: [],
};
