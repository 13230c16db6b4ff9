/** The model that the store's suites write against: customers, products, orders with lines, invoices; each rule of writing has a field for it. */
import {
  type ApprovalRule,
  type Contract,
  type EntityContract,
  type Expression,
  type Field,
  type FieldType,
  type OperationContract,
  permanentId,
  type PermanentId,
  type Settings,
  type ValueType,
  type ViewContract,
} from '#kernel';
import { linkModel, type SystemModel } from '#model';

export const id: (text: string) => PermanentId = permanentId;
type Names = 'customer' | 'product' | 'order' | 'line' | 'invoice' | 'cancel' | 'approval';
export const ids: { readonly [Name in Names]: PermanentId } = {
  customer: id('e_cust'),
  product: id('e_prod'),
  order: id('e_order'),
  line: id('e_oline'),
  invoice: id('e_inv'),
  cancel: id('o_cancel'),
  approval: id('r_appr'),
};

export const settings: Settings = {
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
    ask: ['owner'],
    approve: ['owner'],
    rollback: ['owner'],
    freeze: ['owner'],
    autonomy: { low: 'act', medium: 'act', high: 'propose' },
    approvals: { low: 0, medium: 1, high: 1 },
    gates: { low: [], medium: [], high: [] },
    isolation: 'preferred',
    limits: { calls: null, control: 50, signIns: 20 },
    budgets: { change: {}, day: {}, month: {} },
    strikes: 3,
    onQuarantine: 'roll-back',
  },
};

let numbers = 0;
export function field(fieldId: string, name: string, type: FieldType, more: Partial<Field> = {}): Field {
  numbers += 1;
  return { id: id(fieldId), no: numbers, name, type, required: false, unique: false, sensitive: false, ...more };
}
const choice = (...pairs: readonly (readonly [string, string])[]): FieldType => ({
  kind: 'choice',
  choices: pairs.map(([name, choiceId]) => ({ id: id(choiceId), name })),
});

export const money: ValueType = { kind: 'number', scale: 2, money: true, optional: false };
export const whole: ValueType = { kind: 'number', scale: 0, money: false, optional: false };
export const boolean: ValueType = { kind: 'boolean', optional: false };
export const dateType: ValueType = { kind: 'date', optional: true };
export const row = (of: PermanentId): Expression => ({ node: 'input', name: 'row', type: { kind: 'row', of, optional: false } });
export const read = (of: Expression, name: string, fieldId: string, type: ValueType): Expression => ({
  node: 'field',
  of,
  field: name,
  id: id(fieldId),
  type,
});
export const constant = (type: ValueType, value: boolean | number | string): Expression => ({ node: 'constant', type, value });
type BinaryOp = Extract<Expression, { node: 'binary' }>['op'];
export const binary = (op: BinaryOp, left: Expression, right: Expression, type: ValueType): Expression => ({
  node: 'binary',
  op,
  left,
  right,
  type,
});

const order = row(ids.order);
const line: Expression = { node: 'input', name: 'line', type: { kind: 'row', of: ids.line, optional: false } };
export const linesSum: Expression = {
  node: 'aggregate',
  op: 'sum',
  over: { node: 'field', of: order, field: 'lines', id: id('f_olines'), type: { kind: 'list', of: ids.line, optional: false } },
  item: 'line',
  value: binary('multiply', read(line, 'quantity', 'f_lqty', whole), read(line, 'unitPrice', 'f_lprice', money), money),
  type: money,
};
const statusType: ValueType = { kind: 'choice', field: id('f_ostat'), optional: true };
const isOpen = binary('equal', read(order, 'status', 'f_ostat', statusType), constant(statusType, 'c_oopen'), boolean);
const theCustomer: Expression = {
  node: 'follow',
  of: read(order, 'customer', 'f_ocust', { kind: 'reference', to: ids.customer, optional: false }),
  to: ids.customer,
  type: { kind: 'row', of: ids.customer, optional: false },
};
const tierType: ValueType = { kind: 'choice', field: id('f_ctier'), optional: true };
const subtotal = read(order, 'subtotal', 'f_osub', money);
const isGold = binary('equal', read(theCustomer, 'tier', 'f_ctier', tierType), constant(tierType, 'c_tgold'), boolean);
/** Gold customers get 10% off orders over 500. */
const goldDiscount: Expression = {
  node: 'condition',
  when: binary('and', isGold, binary('greater', subtotal, constant(money, 50_000), boolean), boolean),
  then: { node: 'divide', left: subtotal, right: constant(whole, 10), scale: 2, rounding: 'half-up', type: money },
  otherwise: constant(money, 0),
  type: money,
};
const discount = read(order, 'discount', 'f_odisc', money);
const total = read(order, 'total', 'f_ototal', money);

export const customer: EntityContract = {
  kind: 'entity',
  id: ids.customer,
  name: 'customer',
  plural: 'customers',
  title: 'name',
  retired: [],
  invariants: [],
  fields: [
    field('f_cname', 'name', { kind: 'text' }, { required: true }),
    field('f_cmail', 'email', { kind: 'email' }),
    field('f_ctier', 'tier', choice(['standard', 'c_tstd'], ['silver', 'c_tsilv'], ['gold', 'c_tgold']), {
      default: { literal: 'standard' },
    }),
    field('f_climit', 'creditLimit', { kind: 'money' }),
    field('f_cnote', 'note', { kind: 'text', multiline: true }, { sensitive: true }),
    field('f_creferr', 'referredBy', { kind: 'reference', to: ids.customer }),
    field(
      'f_crefname',
      'referrerName',
      { kind: 'text' },
      {
        derived: {
          mode: 'live',
          formula: read(
            {
              node: 'follow',
              of: read(row(ids.customer), 'referredBy', 'f_creferr', { kind: 'reference', to: ids.customer, optional: true }),
              to: ids.customer,
              type: { kind: 'row', of: ids.customer, optional: true },
            },
            'name',
            'f_cname',
            { kind: 'text', optional: true },
          ),
        },
      },
    ),
    field(
      'f_cspent',
      'spent',
      { kind: 'money' },
      {
        derived: {
          mode: 'live',
          formula: {
            node: 'aggregate',
            op: 'sum',
            over: {
              node: 'related',
              of: row(ids.customer),
              entity: ids.order,
              via: id('f_ocust'),
              type: { kind: 'list', of: ids.order, optional: false },
            },
            item: 'one',
            value: read({ node: 'input', name: 'one', type: { kind: 'row', of: ids.order, optional: false } }, 'total', 'f_ototal', money),
            type: money,
          },
        },
      },
    ),
  ],
};
export const product: EntityContract = {
  kind: 'entity',
  id: ids.product,
  name: 'product',
  plural: 'products',
  title: 'name',
  retired: [],
  invariants: [],
  fields: [
    field('f_psku', 'sku', { kind: 'text' }, { required: true, unique: true }),
    field('f_pname', 'name', { kind: 'text' }, { required: true }),
    field('f_pprice', 'price', { kind: 'money', min: '0.00' }, { required: true }),
    field('f_pstock', 'stock', { kind: 'integer', min: 0 }, { default: { literal: 0 } }),
    field('f_pweight', 'weight', { kind: 'decimal', scale: 3 }),
    field('f_psince', 'since', { kind: 'instant' }),
    field('f_pspec', 'spec', { kind: 'json' }),
    field('f_pactive', 'active', { kind: 'boolean' }, { default: { literal: true } }),
  ],
};
export const orderEntity: EntityContract = {
  kind: 'entity',
  id: ids.order,
  name: 'order',
  plural: 'orders',
  title: 'placedOn',
  retired: [],
  invariants: [
    {
      name: 'withinCreditLimit',
      message: 'The order is over the credit limit of its customer',
      holds: binary(
        'or',
        { node: 'absent', of: read(theCustomer, 'creditLimit', 'f_climit', { ...money, optional: true }), type: boolean },
        binary('lessOrEqual', total, read(theCustomer, 'creditLimit', 'f_climit', { ...money, optional: true }), boolean),
        boolean,
      ),
    },
  ],
  fields: [
    field('f_ocust', 'customer', { kind: 'reference', to: ids.customer }, { required: true }),
    field('f_oplaced', 'placedOn', { kind: 'date' }, { default: { formula: { node: 'today', type: dateType } } }),
    field('f_ostat', 'status', choice(['open', 'c_oopen'], ['paid', 'c_opaid'], ['shipped', 'c_oship'], ['cancelled', 'c_ocanc']), {
      default: { literal: 'open' },
    }),
    field('f_olines', 'lines', {
      kind: 'list',
      item: 'line',
      itemId: ids.line,
      fields: [
        field('f_lprod', 'product', { kind: 'reference', to: ids.product }, { required: true }),
        field('f_lqty', 'quantity', { kind: 'integer', min: 1 }, { required: true }),
        field('f_lprice', 'unitPrice', { kind: 'money' }, { required: true }),
        field(
          'f_lamount',
          'amount',
          { kind: 'money' },
          {
            derived: {
              mode: 'live',
              formula: binary(
                'multiply',
                read(row(ids.line), 'quantity', 'f_lqty', whole),
                read(row(ids.line), 'unitPrice', 'f_lprice', money),
                money,
              ),
            },
          },
        ),
        field('f_lnote', 'note', { kind: 'text' }, { sensitive: true }),
      ],
    }),
    field('f_osub', 'subtotal', { kind: 'money' }, { derived: { mode: 'live', formula: linesSum } }),
    field(
      'f_odisc',
      'discount',
      { kind: 'money' },
      { derived: { mode: 'fixed', while: isOpen, formula: goldDiscount, otherwise: constant(money, 0) } },
    ),
    field(
      'f_ototal',
      'total',
      { kind: 'money' },
      { derived: { mode: 'fixed', while: isOpen, formula: binary('subtract', subtotal, discount, money), otherwise: subtotal } },
    ),
    field(
      'f_odue',
      'dueDate',
      { kind: 'date' },
      {
        derived: {
          mode: 'live',
          formula: {
            node: 'addToDate',
            of: read(order, 'placedOn', 'f_oplaced', dateType),
            amount: constant(whole, 30),
            unit: 'days',
            type: dateType,
          },
        },
      },
    ),
  ],
};
const invoiced: Expression = {
  node: 'follow',
  of: read(row(ids.invoice), 'order', 'f_iorder', { kind: 'reference', to: ids.order, optional: false }),
  to: ids.order,
  type: { kind: 'row', of: ids.order, optional: false },
};
const invoicedCustomer: Expression = {
  node: 'follow',
  of: read(invoiced, 'customer', 'f_ocust', { kind: 'reference', to: ids.customer, optional: false }),
  to: ids.customer,
  type: { kind: 'row', of: ids.customer, optional: false },
};
export const invoice: EntityContract = {
  kind: 'entity',
  id: ids.invoice,
  name: 'invoice',
  plural: 'invoices',
  title: 'number',
  retired: [],
  // two references on: no row at hand answers it
  invariants: [
    {
      name: 'notBlocked',
      message: 'Nothing is invoiced to a blocked customer',
      holds: binary(
        'notEqual',
        read(invoicedCustomer, 'name', 'f_cname', { kind: 'text', optional: false }),
        constant({ kind: 'text', optional: false }, 'Blocked'),
        boolean,
      ),
    },
  ],
  fields: [
    field('f_iorder', 'order', { kind: 'reference', to: ids.order }, { required: true }),
    field('f_inumb', 'number', { kind: 'text' }, { required: true, unique: true }),
    field(
      'f_itotal',
      'total',
      { kind: 'money' },
      {
        required: true,
        default: {
          formula: read(
            {
              node: 'follow',
              of: read(row(ids.invoice), 'order', 'f_iorder', { kind: 'reference', to: ids.order, optional: false }),
              to: ids.order,
              type: { kind: 'row', of: ids.order, optional: false },
            },
            'total',
            'f_ototal',
            money,
          ),
        },
      },
    ),
    field('f_ipaid', 'paid', { kind: 'boolean' }, { default: { literal: false } }),
  ],
};
const caps = { wallMs: 5_000, capabilityCalls: 100, rows: 1_000, bytes: 1_000_000 };
export const cancel: OperationContract = {
  kind: 'operation',
  id: ids.cancel,
  name: 'cancelOrder',
  on: ids.order,
  http: { method: 'POST', path: '/api/orders/{id}/cancel', status: 200 },
  input: [],
  output: { row: ids.order },
  capabilities: [],
  roles: [],
  transition: { field: id('f_ostat'), from: [id('c_oopen')], to: id('c_ocanc') },
  caps,
};
/** Orders over 10,000 need approval by a manager. */
export const approval: ApprovalRule = {
  kind: 'rule',
  form: 'approval',
  id: ids.approval,
  name: 'largeOrders',
  on: ids.order,
  role: 'manager',
  before: id('f_ostat'),
  amount: total,
  when: binary('greater', total, constant(money, 1_000_000), boolean),
};
export const unpaid: ViewContract = {
  kind: 'view',
  id: id('v_unpaid'),
  name: 'unpaidInvoicesByCustomer',
  title: 'Unpaid invoices by customer',
  from: ids.invoice,
  show: 'table',
  where: { node: 'not', of: read(row(ids.invoice), 'paid', 'f_ipaid', { ...boolean, optional: true }), type: boolean },
  columns: [
    {
      name: 'customer',
      label: 'Customer',
      value: read(invoiced, 'customer', 'f_ocust', { kind: 'reference', to: ids.customer, optional: false }),
    },
    { name: 'customerName', label: 'Name', value: read(invoicedCustomer, 'name', 'f_cname', { kind: 'text', optional: false }) },
    {
      name: 'count',
      label: 'Invoices',
      aggregate: 'count',
      value: read(row(ids.invoice), 'number', 'f_inumb', { kind: 'text', optional: false }),
    },
    { name: 'total', label: 'Total', aggregate: 'sum', value: read(row(ids.invoice), 'total', 'f_itotal', money) },
  ],
  order: [{ column: 'total', direction: 'descending' }],
};
export const contracts: readonly Contract[] = [customer, product, orderEntity, invoice, cancel, approval, unpaid];
export const shopModel: SystemModel = linkModel(settings, contracts);
