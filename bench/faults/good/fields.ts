/** New stored fields of every kind on every entity, and computed ones. */
import { shown } from '../hand/support/texts.ts';
import { good, type GoodCandidate, makes, moreFields, moreTests, ofField, thing, things } from './make.ts';

interface NewField {
  readonly field: string;
  readonly said: string;
  readonly text: (id: string) => string;
  /** What a row shows that says nothing; `null` where it is absent. */
  readonly otherwise: string;
  readonly taken: readonly string[];
  readonly refused: readonly string[];
}
const kinds: readonly NewField[] = [
  {
    field: 'remark',
    said: 'a remark of at most 40 letters',
    text: (id) => `text({ ${id}, max: 40 })`,
    otherwise: 'null',
    taken: [`'soft'`, `'${'x'.repeat(40)}'`],
    refused: [`'${'x'.repeat(41)}'`, '7'],
  },
  {
    field: 'rank',
    said: 'a rank from 1 to 9, 3 by default',
    text: (id) => `integer({ ${id}, min: 1, max: 9, default: 3 })`,
    otherwise: '3',
    taken: ['1', '9'],
    refused: ['0', '10', `'x'`],
  },
  {
    field: 'deposit',
    said: 'a deposit from 0 to 250',
    text: (id) => `money({ ${id}, min: '0.00', max: '250.00' })`,
    otherwise: 'null',
    taken: [`'0.00'`, `'250.00'`],
    refused: [`'-0.01'`, `'250.01'`],
  },
  {
    field: 'ratio',
    said: 'a ratio from 0.50 to 9.50',
    text: (id) => `decimal({ ${id}, scale: 2, min: '0.50', max: '9.50' })`,
    otherwise: 'null',
    taken: [`'0.50'`, `'9.50'`],
    refused: [`'0.49'`, `'9.51'`],
  },
  {
    field: 'reviewOn',
    said: 'a date of review, not before 2020',
    text: (id) => `date({ ${id}, min: '2020-01-01' })`,
    otherwise: 'null',
    taken: [`'2020-01-01'`, `'2030-02-28'`],
    refused: [`'2019-12-31'`, `'2026-02-30'`],
  },
  {
    field: 'urgent',
    said: 'whether it is urgent, no by default',
    text: (id) => `boolean({ ${id}, default: false })`,
    otherwise: 'false',
    taken: ['true', 'false'],
    refused: [`'yes'`],
  },
  {
    field: 'shade',
    said: 'a shade, light or dark, light by default',
    text: (id) => `choice({ ${id}, choices: { light: 'c_glight', dark: 'c_gdark' }, default: 'light' })`,
    otherwise: `'light'`,
    taken: [`'dark'`, `'light'`],
    refused: [`'pink'`],
  },
  {
    field: 'contact',
    said: 'an email of a contact',
    text: (id) => `email({ ${id} })`,
    otherwise: 'null',
    taken: [`'a@example.com'`],
    refused: [`'nobody'`],
  },
  {
    field: 'page',
    said: 'the address of a page',
    text: (id) => `url({ ${id} })`,
    otherwise: 'null',
    taken: [`'https://example.com/a'`],
    refused: [`'no page'`],
  },
];

export const newFields: readonly GoodCandidate[] = things.flatMap((one) =>
  kinds.map(({ field, said, text, otherwise, taken, refused }) => {
    const { base, entity, before } = one;
    const steps = [
      makes(one, 0, '', `{ ${field}: ${otherwise} }`),
      ...taken.map((value, index) => makes(one, index + 1, `${field}: ${value}`, `{ ${field}: ${value} }`)),
      ...refused.map((value, index) => makes(one, index + 20, `${field}: ${value}`, `{ refused: 'invalid' }`)),
    ];
    return good(
      'field',
      `${base}-${entity}-${field}`,
      base,
      `Each ${entity} has ${said}.`,
      ofField(entity, field),
      moreFields(base, entity, `${field}: ${text(`id: 'f_g${field.toLowerCase()}', no: 40`)},`),
      moreTests(base, `entities/${entity}.test.ts`, shown(`a ${entity} has ${said}`, ...before, ...steps)),
    );
  }),
);

interface Computed {
  readonly entity: string;
  readonly field: string;
  readonly said: string;
  readonly text: string;
  readonly steps: readonly string[];
}
const product = thing('product');
const invoice = thing('invoice');
const order = thing('order');
const line = (quantity: number, price: string): string => `{ product: 'tea', quantity: ${quantity}, unitPrice: '${price}' }`;
const tea = makes(product, 1, '', '', 'tea');
const withLines = (...lines: readonly string[]): string => `lines: [${lines.join(', ')}]`;

const computed: readonly Computed[] = [
  ...[7, 10, 14, 20, 30, 45, 60, 90].map((days): Computed => {
    const due = new Date(Date.parse('2026-01-31T00:00:00Z') + days * 86_400_000).toISOString().slice(0, 10);
    return {
      entity: 'invoice',
      field: `dueIn${days}`,
      said: `a due date, ${days} days after it was issued`,
      text: `date({ ID, live: (invoice: Row<'invoice'>) => addDays(invoice.issueDate, ${days}) })`,
      steps: [
        ...invoice.before,
        makes(invoice, 1, `issueDate: '2026-01-31'`, `{ dueIn${days}: '${due}' }`, 'i'),
        `{ update: 'i', with: { dueIn${days}: '2026-01-01' }, then: { refused: 'invalid' } }`,
      ],
    };
  }),
  ...[5, 7, 19, 20].map((percent): Computed => ({
    entity: 'invoice',
    field: `tax${percent}`,
    said: `a tax of ${percent} percent of its total`,
    text: `money({ ID, live: (invoice: Row<'invoice'>) => percentOf(invoice.total, ${percent}) })`,
    steps: [
      ...invoice.before,
      makes(invoice, 1, `total: '100.00'`, `{ tax${percent}: '${percent}.00' }`),
      makes(invoice, 2, `total: '0.50'`, `{ tax${percent}: '${(Math.round(percent / 2) / 100).toFixed(2)}' }`),
      makes(invoice, 3, `total: '0.00'`, `{ tax${percent}: '0.00' }`),
    ],
  })),
  {
    entity: 'product',
    field: 'stockValue',
    said: 'a value of its stock: stock times price',
    text: `money({ ID, live: (product: Row<'product'>) => (product.stock ?? 0) * product.price })`,
    steps: [
      makes(product, 1, `stock: 3`, `{ stockValue: '12.00' }`),
      makes(product, 2, '', `{ stockValue: '0.00' }`),
      makes(product, 3, 'stock: 1', `{ stockValue: '4.00' }`),
    ],
  },
  {
    entity: 'order',
    field: 'pieces',
    said: 'a number of pieces, the sum over its lines',
    text: `integer({ ID, live: (order: Row<'order'>) => sum(order.lines, (line) => line.quantity) })`,
    steps: [
      ...order.before,
      tea,
      makes(order, 1, withLines(line(3, '4.00'), line(2, '1.00')), `{ pieces: 5 }`),
      makes(order, 2, '', '{ pieces: 0 }'),
    ],
  },
  {
    entity: 'order',
    field: 'dearest',
    said: 'the price of its dearest line, 0 where it has none',
    text: `money({ ID, live: (order: Row<'order'>) => largest(order.lines, (line) => line.unitPrice) ?? money('0.00') })`,
    steps: [
      ...order.before,
      tea,
      makes(order, 1, withLines(line(3, '4.00'), line(1, '9.00'), line(9, '1.00')), `{ dearest: '9.00' }`),
      makes(order, 2, '', `{ dearest: '0.00' }`),
    ],
  },
  {
    entity: 'customer',
    field: 'orderCount',
    said: 'a number of orders',
    text: `integer({ ID, live: (customer: Row<'customer'>) => count(customer.orders) })`,
    steps: [
      makes(thing('customer'), 1, '', '{ orderCount: 0 }', 'ada'),
      `{ create: 'order', with: { customer: 'ada' } }`,
      `{ create: 'order', with: { customer: 'ada' } }`,
      `{ read: 'ada', then: { orderCount: 2 } }`,
    ],
  },
  {
    entity: 'book',
    field: 'worth',
    said: 'a worth: copies times price',
    text: `money({ ID, live: (book: Row<'book'>) => book.copies * (book.price ?? money('0.00')) })`,
    steps: [makes(thing('book'), 1, `price: '3.50'`, `{ worth: '7.00' }`), makes(thing('book'), 2, '', `{ worth: '0.00' }`)],
  },
  {
    entity: 'loan',
    field: 'daysOut',
    said: 'a number of days that it is or was out',
    text: `integer({ ID, live: (loan: Row<'loan'>) => daysBetween(loan.lentOn, loan.returnedOn ?? today()) })`,
    steps: [
      ...thing('loan').before,
      makes(thing('loan'), 1, '', '{ daysOut: 5 }'),
      makes(thing('loan'), 2, `returnedOn: '2026-01-12'`, '{ daysOut: 2 }'),
    ],
  },
  {
    entity: 'shift',
    field: 'overtime',
    said: 'minutes of overtime beyond eight hours',
    text: `integer({ ID, live: (shift: Row<'shift'>) => max(shift.minutes - 480, 0) })`,
    steps: [
      ...thing('shift').before,
      makes(thing('shift'), 1, 'minutes: 479', '{ overtime: 0 }'),
      makes(thing('shift'), 2, 'minutes: 480', '{ overtime: 0 }'),
      makes(thing('shift'), 3, 'minutes: 481', '{ overtime: 1 }'),
    ],
  },
  {
    entity: 'article',
    field: 'missing',
    said: 'how many are missing up to its mark',
    text: `integer({ ID, live: (article: Row<'article'>) => max((article.reorderAt ?? 0) - article.onHand, 0) })`,
    steps: [
      makes(thing('article'), 1, 'reorderAt: 5', '{ missing: 2 }'),
      makes(thing('article'), 2, 'reorderAt: 3', '{ missing: 0 }'),
      makes(thing('article'), 3, '', '{ missing: 0 }'),
    ],
  },
  {
    entity: 'movement',
    field: 'change',
    said: 'a change of stock, negative for what goes out',
    text: `integer({ ID, live: (movement: Row<'movement'>) => (movement.kind === 'into' ? movement.quantity : -movement.quantity) })`,
    steps: [
      ...thing('movement').before,
      makes(thing('movement'), 1, 'quantity: 4', '{ change: 4 }'),
      makes(thing('movement'), 2, `quantity: 4, kind: 'out'`, '{ change: -4 }'),
    ],
  },
];

export const computedFields: readonly GoodCandidate[] = computed.map(({ entity, field, said, text, steps }) => {
  const { base } = thing(entity);
  return good(
    'computed',
    `${base}-${entity}-${field}`,
    base,
    `Each ${entity} has ${said}.`,
    ofField(entity, field),
    moreFields(base, entity, `${field}: ${text.replace('ID', `id: 'f_g${field.toLowerCase()}', no: 41`)},`),
    moreTests(base, `entities/${entity}.test.ts`, shown(`a ${entity} has ${said}`, ...steps)),
  );
});
