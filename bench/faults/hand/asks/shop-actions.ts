/** Actions, views and fields of the shop: cancelling, shipping, invoicing, overdue invoices. */
import { shop } from '../bases/bases.ts';
import type { Ask } from '../support/ask.ts';
import { altered, component, edited, shown, tests } from '../support/texts.ts';

const ada = `{ create: 'customer', as: 'ada', with: { name: 'Ada' } }`;
const tea = `{ create: 'product', as: 'tea', with: { sku: 'T1', name: 'Tea', price: '4.00', stock: 10 } }`;
const mug = `{ create: 'product', as: 'mug', with: { sku: 'M1', name: 'Mug', price: '9.00', stock: 10 } }`;
const placed = `{ call: 'placeOrder', as: 'o', with: { customer: 'ada', lines: [{ product: 'tea', quantity: 3 }] } }`;
const both = `{ call: 'placeOrder', as: 'o', with: { customer: 'ada', lines: [{ product: 'tea', quantity: 3 }, { product: 'mug', quantity: 2 }] } }`;
const pay = `{ update: 'o', with: { status: 'paid' } }`;

const cancel = {
  'operations/cancel-order.ts': component(
    'An open order is cancelled, and its lines go back to stock.',
    `operation({
  id: 'o_cancel',
  name: 'cancelOrder',
  on: 'order',
  output: { row: 'order' },
  capabilities: { order: ['update'], product: ['read', 'update'] },
  transition: { field: 'status', from: ['open'], to: 'cancelled' },
  async run({ data, row }) {
    for (const line of row.lines ?? []) {
      const product = await data.product.get(line.product);
      await data.product.update(product.id, { stock: (product.stock ?? 0) + line.quantity });
    }
    return data.order.update(row.id, { status: 'cancelled' });
  },
})`,
  ),
  'operations/cancel-order.test.ts': tests(
    shown(
      'cancelling brings all lines back to stock',
      ada,
      tea,
      mug,
      both,
      `{ call: 'cancelOrder', on: 'o', then: { status: 'cancelled' } }`,
      `{ read: 'tea', then: { stock: 10 } }`,
      `{ read: 'mug', then: { stock: 10 } }`,
    ),
    shown(
      'a paid order is not cancelled',
      ada,
      tea,
      placed,
      pay,
      `{ call: 'cancelOrder', on: 'o', then: { refused: 'state-forbids' } }`,
      `{ read: 'tea', then: { stock: 7 } }`,
    ),
    shown(
      'an order is cancelled once',
      ada,
      tea,
      placed,
      `{ call: 'cancelOrder', on: 'o' }`,
      `{ call: 'cancelOrder', on: 'o', then: { refused: 'state-forbids' } }`,
      `{ read: 'tea', then: { stock: 10 } }`,
    ),
  ),
};
const cancelPath = 'operations/cancel-order.ts';
const cancelHappy = {
  ...cancel,
  'operations/cancel-order.test.ts': tests(
    shown(
      'cancelling brings the stock back',
      ada,
      tea,
      placed,
      `{ call: 'cancelOrder', on: 'o', then: { status: 'cancelled' } }`,
      `{ read: 'tea', then: { stock: 10 } }`,
    ),
  ),
};
const cancelMute = {
  ...cancel,
  'operations/cancel-order.test.ts': tests(
    shown('an order is cancelled', ada, tea, placed, `{ call: 'cancelOrder', on: 'o', then: { status: 'cancelled' } }`),
  ),
};
const cancelled = `{ call: 'cancelOrder', on: 'o', then: { status: 'cancelled' } }`;

const ship = {
  'operations/ship-order.ts': component(
    'A manager ships a paid order.',
    `operation({
  id: 'o_ship',
  name: 'shipOrder',
  on: 'order',
  output: { row: 'order' },
  capabilities: { order: ['update'] },
  roles: ['manager'],
  transition: { field: 'status', from: ['paid'], to: 'shipped' },
  async run({ data, row }) {
    return data.order.update(row.id, { status: 'shipped' });
  },
})`,
  ),
  'operations/ship-order.test.ts': tests(
    shown(
      'a manager ships a paid order',
      ada,
      tea,
      placed,
      pay,
      `{ call: 'shipOrder', on: 'o', by: 'clerk', then: { refused: 'forbidden' } }`,
      `{ call: 'shipOrder', on: 'o', by: 'manager', then: { status: 'shipped' } }`,
    ),
    shown(
      'an open order is not shipped',
      ada,
      tea,
      placed,
      `{ call: 'shipOrder', on: 'o', by: 'manager', then: { refused: 'state-forbids' } }`,
    ),
  ),
};
const shipPath = 'operations/ship-order.ts';
const shipHappy = {
  ...ship,
  'operations/ship-order.test.ts': tests(
    shown(
      'a manager ships a paid order',
      ada,
      tea,
      placed,
      pay,
      `{ call: 'shipOrder', on: 'o', by: 'manager', then: { status: 'shipped' } }`,
    ),
  ),
};
const noClerk = [ada, tea, placed, pay, `{ call: 'shipOrder', on: 'o', by: 'clerk', then: { refused: 'forbidden' } }`];

const invoicing = {
  'operations/invoice-order.ts': component(
    'An order is invoiced once, with its total.',
    `operation({
  id: 'o_invoice',
  name: 'invoiceOrder',
  on: 'order',
  http: { status: 201 },
  input: { number: text({ id: 'f_innumb', no: 1, required: true }) },
  output: { row: 'invoice' },
  capabilities: { invoice: ['read', 'create'] },
  async run({ data, row, input, today }) {
    if (row.status === 'cancelled') refuse('conflict', 'A cancelled order is not invoiced.');
    const before = await data.invoice.list({ filters: [{ field: 'order', op: 'eq', value: row.id }], limit: 1 });
    if (before.items.length > 0) refuse('conflict', 'This order has an invoice.');
    return data.invoice.create({ order: row.id, number: input.number, issueDate: today, total: row.total ?? 0 });
  },
})`,
  ),
  'operations/invoice-order.test.ts': tests(
    shown(
      'an order is invoiced with its total, today',
      ada,
      tea,
      placed,
      `{ call: 'invoiceOrder', on: 'o', with: { number: 'R1' }, then: { total: '12.00', issueDate: '2026-01-15', paid: false } }`,
    ),
    shown(
      'an order is invoiced once',
      ada,
      tea,
      placed,
      `{ call: 'invoiceOrder', on: 'o', with: { number: 'R1' } }`,
      `{ call: 'invoiceOrder', on: 'o', with: { number: 'R2' }, then: { refused: 'conflict' } }`,
    ),
    shown(
      'a cancelled order is not invoiced',
      ada,
      tea,
      placed,
      `{ update: 'o', with: { status: 'cancelled' } }`,
      `{ call: 'invoiceOrder', on: 'o', with: { number: 'R1' }, then: { refused: 'conflict' } }`,
    ),
  ),
};
const invoicePath = 'operations/invoice-order.ts';
const invoicingHappy = {
  ...invoicing,
  'operations/invoice-order.test.ts': tests(
    shown('an order is invoiced', ada, tea, placed, `{ call: 'invoiceOrder', on: 'o', with: { number: 'R1' }, then: { total: '12.00' } }`),
  ),
};
const twice = [
  ada,
  tea,
  placed,
  `{ call: 'invoiceOrder', on: 'o', with: { number: 'R1' } }`,
  `{ call: 'invoiceOrder', on: 'o', with: { number: 'R2' }, then: { refused: 'conflict' } }`,
];

const bills = (one: string, two: string): readonly string[] => [
  ada,
  `{ create: 'customer', as: 'bo', with: { name: 'Bo' } }`,
  `{ create: 'order', as: 'x', with: { customer: 'ada' } }`,
  `{ create: 'order', as: 'y', with: { customer: 'bo' } }`,
  `{ create: 'invoice', with: { order: 'x', number: '1', issueDate: '2026-01-01', total: '${one}' } }`,
  `{ create: 'invoice', with: { order: 'x', number: '2', issueDate: '2026-01-01', total: '5.00' } }`,
  `{ create: 'invoice', with: { order: 'y', number: '3', issueDate: '2026-01-01', total: '${two}' } }`,
  `{ create: 'invoice', with: { order: 'y', number: '4', issueDate: '2026-01-01', total: '70.00', paid: true } }`,
];
const unpaid = {
  'views/unpaid-invoices.ts': component(
    'Unpaid invoices by customer, largest first.',
    `view({
  id: 'v_unpaid',
  name: 'unpaidInvoices',
  from: 'invoice',
  where: (invoice) => !(invoice.paid ?? false),
  columns: {
    customer: { value: (invoice) => invoice.order.customer.name },
    count: { aggregate: 'count' },
    total: { value: (invoice) => invoice.total, aggregate: 'sum' },
  },
  order: ['-total'],
})`,
  ),
  'views/unpaid-invoices.test.ts': tests(
    shown(
      'each customer once, largest first, without what is paid',
      ...bills('10.00', '40.00'),
      `{ show: 'unpaidInvoices', then: [{ customer: 'Bo', count: 1, total: '40.00' }, { customer: 'Ada', count: 2, total: '15.00' }] }`,
    ),
  ),
};
const viewPath = 'views/unpaid-invoices.ts';
const unpaidHappy = {
  ...unpaid,
  'views/unpaid-invoices.test.ts': tests(
    shown(
      'one invoice is shown',
      ada,
      `{ create: 'order', as: 'x', with: { customer: 'ada' } }`,
      `{ create: 'invoice', with: { order: 'x', number: '1', issueDate: '2026-01-01', total: '9.00' } }`,
      `{ show: 'unpaidInvoices', then: [{ total: '9.00' }] }`,
    ),
  ),
};
const shownRight = [
  ...bills('10.00', '40.00'),
  `{ show: 'unpaidInvoices', then: [{ customer: 'Bo', total: '40.00' }, { customer: 'Ada', total: '15.00' }] }`,
];

const invoiceFields = `    issueDate: date({ id: 'f_iissue', no: 3, required: true }),`;
const due = {
  ...edited(shop, 'entities/invoice.ts', [
    invoiceFields,
    `${invoiceFields}\n    dueDate: date({ id: 'f_idue', no: 6, live: (invoice: Row<'invoice'>) => addDays(invoice.issueDate, 30) }),`,
  ]),
  'entities/invoice.test.ts': tests(
    shown(
      'an invoice is due 30 days after it was issued, and follows its date',
      ada,
      `{ create: 'order', as: 'x', with: { customer: 'ada' } }`,
      `{ create: 'invoice', as: 'i', with: { order: 'x', number: '1', issueDate: '2026-01-31', total: '1.00' }, then: { dueDate: '2026-03-02' } }`,
      `{ update: 'i', with: { issueDate: '2026-02-01' }, then: { dueDate: '2026-03-03' } }`,
    ),
  ),
};
const invoiceEntity = 'entities/invoice.ts';
const issue = (day: string, then: string): readonly string[] => [
  ada,
  `{ create: 'order', as: 'x', with: { customer: 'ada', placedOn: '2025-12-01' } }`,
  `{ create: 'invoice', as: 'i', with: { order: 'x', number: '1', issueDate: '${day}', total: '1.00' }, then: ${then} }`,
];
const dueHappy = {
  ...due,
  'entities/invoice.test.ts': tests(shown('an invoice has a due date', ...issue('2026-04-01', `{ dueDate: '2026-05-01' }`))),
};

export const shopActions: readonly Ask[] = [
  {
    id: 'shop-cancel',
    base: 'shop',
    request: 'An order can be cancelled while it is open; then its lines go back to stock.',
    scope: { components: ['operation/cancelOrder'], members: ['operation/cancelOrder'] },
    acceptance: { path: 'operations/cancel-order.test.ts', text: cancelHappy['operations/cancel-order.test.ts'] },
    beside: 'operations/cancel-order.test.ts',
    right: cancel,
    faults: [
      {
        id: 'paid-too',
        way: 'wrong status transition',
        why: 'a paid order can be cancelled as well',
        files: altered(cancelHappy, cancelPath, [`from: ['open']`, `from: ['open', 'paid']`]),
        witness: [ada, tea, placed, pay, `{ call: 'cancelOrder', on: 'o', then: { refused: 'state-forbids' } }`],
      },
      {
        id: 'any-state',
        way: 'deleted check',
        why: 'without the transition an order is cancelled in any state, again and again',
        files: altered(cancelHappy, cancelPath, [`  transition: { field: 'status', from: ['open'], to: 'cancelled' },\n`, '']),
        witness: [ada, tea, placed, cancelled, `{ call: 'cancelOrder', on: 'o', then: { refused: 'state-forbids' } }`],
      },
      {
        id: 'no-stock',
        way: 'plausible but wrong',
        why: 'nothing goes back to stock',
        files: altered(cancelMute, cancelPath, [
          `await data.product.update(product.id, { stock: (product.stock ?? 0) + line.quantity });`,
          `await data.product.update(product.id, { stock: product.stock ?? 0 });`,
        ]),
        witness: [ada, tea, placed, cancelled, `{ read: 'tea', then: { stock: 10 } }`],
      },
      {
        id: 'stock-set',
        way: 'lost update',
        why: 'the stock becomes the quantity of the line, what was there is lost',
        files: altered(cancelMute, cancelPath, ['(product.stock ?? 0) + line.quantity', 'line.quantity']),
        witness: [ada, tea, placed, cancelled, `{ read: 'tea', then: { stock: 10 } }`],
      },
      {
        id: 'stock-taken',
        way: 'wrong sign',
        why: 'the stock is taken once more',
        files: altered(cancelMute, cancelPath, ['+ line.quantity', '- line.quantity']),
        witness: [ada, tea, placed, cancelled, `{ read: 'tea', then: { stock: 10 } }`],
      },
      {
        id: 'one-each',
        way: 'plausible but wrong',
        why: 'one piece of each line goes back, whatever the quantity; the test orders one',
        files: altered(
          {
            ...cancelHappy,
            'operations/cancel-order.test.ts': tests(
              shown(
                'back to stock',
                ada,
                tea,
                placed.replace('quantity: 3', 'quantity: 1'),
                cancelled,
                `{ read: 'tea', then: { stock: 10 } }`,
              ),
            ),
          },
          cancelPath,
          ['+ line.quantity', '+ 1'],
        ),
        witness: [ada, tea, placed, cancelled, `{ read: 'tea', then: { stock: 10 } }`],
      },
      {
        id: 'first-line',
        way: 'off by one',
        why: 'only the first line goes back',
        files: altered(cancelHappy, cancelPath, ['of row.lines ?? []', 'of (row.lines ?? []).slice(0, 1)']),
        witness: [ada, tea, mug, both, cancelled, `{ read: 'mug', then: { stock: 10 } }`],
      },
      {
        id: 'not-the-last',
        way: 'off by one',
        why: 'the loop ends before the last line where there are two',
        files: altered(cancelHappy, cancelPath, [
          'of row.lines ?? []',
          'of (row.lines ?? []).slice(0, Math.max(1, (row.lines ?? []).length - 1))',
        ]),
        witness: [ada, tea, mug, both, cancelled, `{ read: 'mug', then: { stock: 10 } }`],
      },
      {
        id: 'read-before',
        way: 'lost update',
        why: 'stocks are read before the loop, so two lines of one product bring back only the last',
        files: altered(cancelHappy, cancelPath, [
          `for (const line of row.lines ?? []) {\n      const product = await data.product.get(line.product);`,
          `const stocks = new Map<string, number>();\n    for (const line of row.lines ?? []) stocks.set(line.product, (await data.product.get(line.product)).stock ?? 0);\n    for (const line of row.lines ?? []) {\n      const product = { id: line.product, stock: stocks.get(line.product) };`,
        ]),
        witness: [
          ada,
          tea,
          `{ call: 'placeOrder', as: 'o', with: { customer: 'ada', lines: [{ product: 'tea', quantity: 3 }, { product: 'tea', quantity: 2 }] } }`,
          cancelled,
          `{ read: 'tea', then: { stock: 10 } }`,
        ],
      },
      {
        id: 'returned-twice',
        way: 'duplicates',
        why: 'each line is brought back as often as there are lines',
        files: altered(cancelHappy, cancelPath, ['+ line.quantity', '+ line.quantity * (row.lines ?? []).length']),
        witness: [ada, tea, mug, both, cancelled, `{ read: 'tea', then: { stock: 10 } }`],
      },
      {
        id: 'quiet',
        way: 'swallowed error',
        why: 'a product that cannot be written is passed over, and the order is cancelled all the same',
        files: altered(cancelHappy, cancelPath, [
          `const product = await data.product.get(line.product);\n      await data.product.update(product.id, { stock: (product.stock ?? 0) + line.quantity });`,
          `try {\n        const product = await data.product.get(line.product);\n        await data.product.update(product.id, { stock: (product.stock ?? 0) + line.quantity });\n      } catch {\n        /* goes on with the others */\n      }`,
        ]),
      },
      {
        id: 'may-delete',
        way: 'too wide capability',
        why: 'it may delete orders and write customers, and needs neither',
        files: altered(cancelHappy, cancelPath, [
          `order: ['update']`,
          `order: ['update', 'delete', 'create'], customer: ['read', 'update']`,
        ]),
      },
      {
        id: 'deletes',
        way: 'plausible but wrong',
        why: 'the lines are emptied, so nobody knows what was cancelled',
        files: altered(cancelHappy, cancelPath, [`{ status: 'cancelled' }`, `{ status: 'cancelled', lines: [] }`]),
        witness: [ada, tea, placed, cancelled, `{ read: 'o', then: { total: '12.00' } }`],
      },
      {
        id: 'place-changed',
        way: 'changed contract',
        why: 'placing an order moves to another address along the way',
        files: { ...cancelHappy, ...edited(shop, 'operations/place-order.ts', ["path: '/api/orders/place'", "path: '/api/orders/new'"]) },
      },
      {
        id: 'place-unchecked',
        way: 'scope creep',
        why: 'placing an order no longer asks for the stock',
        files: {
          ...cancelHappy,
          ...edited(
            shop,
            'operations/place-order.ts',
            [
              `      if ((product.stock ?? 0) < quantity) refuse('conflict', \`There are only \${product.stock ?? 0} of \${product.name} in stock.\`);\n`,
              '',
            ],
            ['stock: (product.stock ?? 0) - quantity', 'stock: Math.max(0, (product.stock ?? 0) - quantity)'],
          ),
          'operations/place-order.test.ts': tests(
            shown('placing an order takes the stock', ada, tea, placed, `{ read: 'tea', then: { stock: 7 } }`),
          ),
        },
        witness: [
          ada,
          tea,
          `{ call: 'placeOrder', with: { customer: 'ada', lines: [{ product: 'tea', quantity: 11 }] }, then: { refused: 'conflict' } }`,
        ],
      },
    ],
  },
  {
    id: 'shop-ship',
    base: 'shop',
    request: 'A paid order can be shipped, by a manager only.',
    scope: { components: ['operation/shipOrder'], members: ['operation/shipOrder'] },
    beside: 'operations/ship-order.test.ts',
    right: ship,
    faults: [
      {
        id: 'everybody',
        way: 'missing access check',
        why: 'whoever writes may ship',
        files: altered(shipHappy, shipPath, [`  roles: ['manager'],\n`, '']),
        witness: noClerk,
      },
      {
        id: 'clerks-too',
        way: 'missing access check',
        why: 'clerks may ship as well',
        files: altered(shipHappy, shipPath, [`roles: ['manager']`, `roles: ['manager', 'clerk']`]),
        witness: noClerk,
      },
      {
        id: 'says-so',
        way: 'missing access check',
        why: 'who asks may say themselves that they are a manager',
        files: altered(
          {
            ...shipHappy,
            'operations/ship-order.test.ts': tests(
              shown(
                'a manager ships',
                ada,
                tea,
                placed,
                pay,
                `{ call: 'shipOrder', on: 'o', by: 'manager', with: { asManager: true }, then: { status: 'shipped' } }`,
              ),
            ),
          },
          shipPath,
          [`  roles: ['manager'],\n`, `  input: { asManager: boolean({ id: 'f_sasman', no: 1 }) },\n`],
          [
            'run({ data, row }) {',
            `run({ data, row, input }) {\n    if (input.asManager !== true) refuse('forbidden', 'Only a manager ships.');`,
          ],
        ),
        witness: [
          ada,
          tea,
          placed,
          pay,
          `{ call: 'shipOrder', on: 'o', by: 'clerk', with: { asManager: true }, then: { refused: 'invalid' } }`,
        ],
      },
      {
        id: 'open-too',
        way: 'wrong status transition',
        why: 'an order that is not paid can be shipped',
        files: altered(shipHappy, shipPath, [`from: ['paid']`, `from: ['paid', 'open']`]),
        witness: [ada, tea, placed, `{ call: 'shipOrder', on: 'o', by: 'manager', then: { refused: 'state-forbids' } }`],
      },
      {
        id: 'back-again',
        way: 'wrong status transition',
        why: 'a cancelled order can be shipped',
        files: altered(shipHappy, shipPath, [`from: ['paid']`, `from: ['paid', 'cancelled']`]),
        witness: [
          ada,
          tea,
          placed,
          `{ update: 'o', with: { status: 'cancelled' } }`,
          `{ call: 'shipOrder', on: 'o', by: 'manager', then: { refused: 'state-forbids' } }`,
        ],
      },
      {
        id: 'viewers-write',
        way: 'scope creep',
        why: 'clerks see sensitive values and viewers write, in the settings',
        files: {
          ...shipHappy,
          'theseus.json': (shop['theseus.json'] ?? '').replace(
            `"viewer": { "read": true, "write": false`,
            `"viewer": { "read": true, "write": true`,
          ),
        },
        witness: [`{ create: 'customer', by: 'viewer', with: { name: 'Ada' }, then: { refused: 'forbidden' } }`],
      },
    ],
  },
  {
    id: 'shop-invoice-order',
    base: 'shop',
    request: 'An order can be invoiced once, with its total and under a number that is given; cancelled orders are not invoiced.',
    scope: { components: ['operation/invoiceOrder'], members: ['operation/invoiceOrder'] },
    beside: 'operations/invoice-order.test.ts',
    right: invoicing,
    faults: [
      {
        id: 'again',
        way: 'duplicates',
        why: 'an order is invoiced as often as somebody asks',
        files: altered(invoicingHappy, invoicePath, [
          `    const before = await data.invoice.list({ filters: [{ field: 'order', op: 'eq', value: row.id }], limit: 1 });\n    if (before.items.length > 0) refuse('conflict', 'This order has an invoice.');\n`,
          '',
        ]),
        witness: twice,
      },
      {
        id: 'by-number',
        way: 'wrong field',
        why: 'the number is looked for, not the order, so the order gets a second invoice',
        files: altered(invoicingHappy, invoicePath, [
          `{ field: 'order', op: 'eq', value: row.id }`,
          `{ field: 'number', op: 'eq', value: input.number }`,
        ]),
        witness: twice,
      },
      {
        id: 'first-page',
        way: 'unbounded or first page only',
        why: 'it looks through one page of all invoices: with more, it finds nothing',
        files: altered(
          invoicingHappy,
          invoicePath,
          [`{ filters: [{ field: 'order', op: 'eq', value: row.id }], limit: 1 }`, `{ limit: 2 }`],
          ['before.items.length > 0', 'before.items.some((one) => one.order === row.id)'],
        ),
        witness: [
          ada,
          tea,
          placed,
          `{ create: 'order', as: 'z', with: { customer: 'ada' } }`,
          `{ create: 'invoice', with: { order: 'z', number: '7', issueDate: '2026-01-01', total: '1.00' } }`,
          `{ create: 'invoice', with: { order: 'z', number: '8', issueDate: '2026-01-01', total: '1.00' } }`,
          ...twice.slice(3),
        ],
      },
      {
        id: 'two-allowed',
        way: 'off by one',
        why: 'a second invoice is taken, the third refused',
        files: altered(invoicingHappy, invoicePath, ['limit: 1', 'limit: 2'], ['before.items.length > 0', 'before.items.length > 1']),
        witness: twice,
      },
      {
        id: 'cancelled-too',
        way: 'ignoring cancelled ones',
        why: 'cancelled orders are invoiced',
        files: altered(invoicingHappy, invoicePath, [
          `    if (row.status === 'cancelled') refuse('conflict', 'A cancelled order is not invoiced.');\n`,
          '',
        ]),
        witness: [
          ada,
          tea,
          placed,
          `{ update: 'o', with: { status: 'cancelled' } }`,
          `{ call: 'invoiceOrder', on: 'o', with: { number: 'R1' }, then: { refused: 'conflict' } }`,
        ],
      },
      {
        id: 'given-total',
        way: 'plausible but wrong',
        why: 'the total is what the caller says',
        files: altered(
          {
            ...invoicingHappy,
            'operations/invoice-order.test.ts': tests(
              shown(
                'an order is invoiced',
                ada,
                tea,
                placed,
                `{ call: 'invoiceOrder', on: 'o', with: { number: 'R1', total: '12.00' }, then: { total: '12.00' } }`,
              ),
            ),
          },
          invoicePath,
          [`input: { number:`, `input: { total: money({ id: 'f_intot', no: 2 }), number:`],
          ['total: row.total ?? 0', 'total: input.total ?? row.total ?? 0'],
        ),
        witness: [
          ada,
          tea,
          placed,
          `{ call: 'invoiceOrder', on: 'o', with: { number: 'R1', total: '1.00' }, then: { refused: 'invalid' } }`,
        ],
      },
      {
        id: 'in-euros',
        way: 'wrong unit',
        why: 'the total is divided by a hundred: minor units were thought to be needed in euros',
        files: altered(
          {
            ...invoicingHappy,
            'operations/invoice-order.test.ts': tests(
              shown(
                'an order is invoiced',
                ada,
                tea,
                placed,
                `{ call: 'invoiceOrder', on: 'o', with: { number: 'R1' }, then: { number: 'R1' } }`,
              ),
            ),
          },
          invoicePath,
          ['total: row.total ?? 0', 'total: Math.round((row.total ?? 0) / 100)'],
        ),
        witness: [ada, tea, placed, `{ call: 'invoiceOrder', on: 'o', with: { number: 'R1' }, then: { total: '12.00' } }`],
      },
      {
        id: 'twelve',
        way: 'hard-coded to the examples',
        why: 'the total of the example is written out',
        files: altered(invoicingHappy, invoicePath, ['total: row.total ?? 0', 'total: 1200']),
        witness: [
          ada,
          tea,
          placed.replace('quantity: 3', 'quantity: 2'),
          `{ call: 'invoiceOrder', on: 'o', with: { number: 'R1' }, then: { total: '8.00' } }`,
        ],
      },
      {
        id: 'placed-on',
        way: 'wrong field',
        why: 'the invoice is dated on the day of the order',
        files: altered(invoicingHappy, invoicePath, ['issueDate: today', 'issueDate: row.placedOn ?? today']),
        witness: [
          ada,
          tea,
          placed,
          `{ today: '2026-01-20' }`,
          `{ call: 'invoiceOrder', on: 'o', with: { number: 'R1' }, then: { issueDate: '2026-01-20' } }`,
        ],
      },
      {
        id: 'paid-at-once',
        way: 'plausible but wrong',
        why: 'the invoice counts as paid when it is made',
        files: altered(invoicingHappy, invoicePath, ['total: row.total ?? 0 }', 'total: row.total ?? 0, paid: true }']),
        witness: [ada, tea, placed, `{ call: 'invoiceOrder', on: 'o', with: { number: 'R1' }, then: { paid: false } }`],
      },
      {
        id: 'quiet-twice',
        way: 'swallowed error',
        why: 'an order that has an invoice is answered with the old one, as if a new one had been made',
        files: altered(invoicingHappy, invoicePath, [
          `if (before.items.length > 0) refuse('conflict', 'This order has an invoice.');`,
          `const old = before.items[0];\n    if (old !== undefined) return old;`,
        ]),
        witness: twice,
      },
    ],
  },
  {
    id: 'shop-unpaid-view',
    base: 'shop',
    request: 'Show unpaid invoices by customer with their total, largest first.',
    scope: { components: ['view/unpaidInvoices'], members: ['view/unpaidInvoices'] },
    beside: 'views/unpaid-invoices.test.ts',
    right: unpaid,
    faults: [
      {
        id: 'smallest-first',
        way: 'wrong sign',
        why: 'smallest first',
        files: altered(unpaidHappy, viewPath, [`['-total']`, `['total']`]),
        witness: shownRight,
      },
      {
        id: 'all-of-them',
        way: 'deleted check',
        why: 'paid ones are shown as well',
        files: altered(unpaidHappy, viewPath, ['  where: (invoice) => !(invoice.paid ?? false),\n', '']),
        witness: shownRight,
      },
      {
        id: 'each-invoice',
        way: 'duplicates',
        why: 'a row for each invoice, since the number is a column',
        files: altered(unpaidHappy, viewPath, ['    count:', '    number: { value: (invoice) => invoice.number },\n    count:']),
        witness: shownRight,
      },
      {
        id: 'largest-only',
        way: 'wrong list',
        why: 'the largest invoice of each customer, not their sum',
        files: altered(unpaidHappy, viewPath, [`aggregate: 'sum'`, `aggregate: 'largest'`]),
        witness: shownRight,
      },
      {
        id: 'order-total',
        way: 'wrong field',
        why: 'the total of the order is summed, not that of the invoice',
        files: altered(
          {
            ...unpaidHappy,
            'views/unpaid-invoices.test.ts': tests(
              shown(
                'a row',
                ada,
                `{ create: 'order', as: 'x', with: { customer: 'ada' } }`,
                `{ create: 'invoice', with: { order: 'x', number: '1', issueDate: '2026-01-01', total: '9.00' } }`,
                `{ show: 'unpaidInvoices', then: [{ count: 1 }] }`,
              ),
            ),
          },
          viewPath,
          ['invoice.total,', 'invoice.order.total,'],
        ),
        witness: shownRight,
      },
      {
        id: 'top-one',
        way: 'unbounded or first page only',
        why: 'a limit of one row',
        files: altered(unpaidHappy, viewPath, [`order: ['-total'],`, `order: ['-total'],\n  limit: 1,`]),
        witness: shownRight,
      },
    ],
  },
  {
    id: 'shop-due-date',
    base: 'shop',
    request: 'Add a due date to invoices, 30 days after the issue date.',
    scope: { components: ['entity/invoice'], members: ['entity/invoice#field/dueDate'] },
    beside: 'entities/invoice.test.ts',
    right: due,
    faults: [
      {
        id: 'a-month',
        way: 'wrong unit',
        why: 'a month for 30 days',
        files: altered(dueHappy, invoiceEntity, ['addDays(invoice.issueDate, 30)', 'addMonths(invoice.issueDate, 1)']),
        witness: issue('2026-01-31', `{ dueDate: '2026-03-02' }`),
      },
      {
        id: 'thirty-one',
        way: 'off by one',
        why: '31 days, and the test counts so too',
        files: altered(
          {
            ...dueHappy,
            'entities/invoice.test.ts': tests(shown('an invoice has a due date', ...issue('2026-04-01', `{ dueDate: '2026-05-02' }`))),
          },
          invoiceEntity,
          ['30)', '31)'],
        ),
        witness: issue('2026-01-31', `{ dueDate: '2026-03-02' }`),
      },
      {
        id: 'filled-in',
        way: 'forgetting existing rows',
        why: 'a default in the place of a computed date: rows that exist have none, and it does not follow',
        files: altered(dueHappy, invoiceEntity, ['live: (invoice', 'default: (invoice']),
        witness: [
          ...issue('2026-01-31', `{ dueDate: '2026-03-02' }`),
          `{ update: 'i', with: { issueDate: '2026-02-01' }, then: { dueDate: '2026-03-03' } }`,
        ],
      },
      {
        id: 'paid-required',
        way: 'changed contract',
        why: 'paid becomes required along the way: callers that leave it out are refused',
        files: altered(dueHappy, invoiceEntity, [
          `paid: boolean({ id: 'f_ipaid', no: 5, default: false })`,
          `paid: boolean({ id: 'f_ipaid', no: 5, required: true })`,
        ]),
        witness: issue('2026-01-31', `{ dueDate: '2026-03-02' }`),
      },
      {
        id: 'number-renamed',
        way: 'renamed field',
        why: 'number is called invoiceNumber now, and callers send number',
        files: altered(
          {
            ...dueHappy,
            'entities/invoice.test.ts': tests(
              shown(
                'an invoice has a due date',
                ...issue('2026-04-01', `{ dueDate: '2026-05-01' }`).map((step) => step.replace("number: '1'", "invoiceNumber: '1'")),
              ),
            ),
          },
          invoiceEntity,
          [`    number: text(`, `    invoiceNumber: text(`],
          [`title: 'number'`, `title: 'invoiceNumber'`],
        ),
      },
      {
        id: 'id-reused',
        way: 'renamed field',
        why: 'the due date takes the permanent id of paid, and paid a new one',
        files: altered(dueHappy, invoiceEntity, [`'f_ipaid', no: 5`, `'f_ipaidx', no: 7`], [`'f_idue', no: 6`, `'f_ipaid', no: 5`]),
      },
      {
        id: 'no-longer-unique',
        way: 'deleted check',
        why: 'two invoices may have one number now',
        files: altered(dueHappy, invoiceEntity, [`required: true, unique: true`, `required: true`]),
        witness: [
          ...issue('2026-01-31', `{ number: '1' }`),
          `{ create: 'invoice', with: { order: 'x', number: '1', issueDate: '2026-02-01', total: '1.00' }, then: { refused: 'invalid' } }`,
        ],
      },
    ],
  },
];
