/** Requests that the built-in sentences do not understand, with what a model that is right makes of each: what was understood, and the files. */
import type { JsonObject } from '#kernel';

export interface Written {
  readonly request: string;
  readonly understood: JsonObject;
  readonly candidate: JsonObject;
}
const ada = { create: 'customer', as: 'ada', with: { name: 'Ada' } };
const gold = { create: 'customer', as: 'ada', with: { name: 'Ada', tier: 'gold' } };
const tea = (more: JsonObject = {}): JsonObject => ({
  create: 'product',
  as: 'tea',
  with: { sku: 'T1', name: 'Tea', price: '4.50', stock: 10, ...more },
});
const order = (unitPrice: string, then: JsonObject): JsonObject => ({
  create: 'order',
  as: 'first',
  with: { customer: 'ada', lines: [{ product: 'tea', quantity: 1, unitPrice }] },
  then,
});
const example = (component: string, name: string, ...steps: readonly JsonObject[]): JsonObject => ({ component, name, steps });

/** One field. */
export const telephone: Written = {
  request: 'We ought to be able to ring people up, so jot down somebody’s number when we have got it; forty signs at the very most.',
  understood: {
    kind: 'understood',
    statements: ['A customer may have a telephone number of at most 40 characters.'],
    components: ['entity/customer'],
    members: ['entity/customer#field/telephone'],
    examples: [
      example(
        'entity/customer',
        'a telephone number is kept',
        { create: 'customer', as: 'ada', with: { name: 'Ada', telephone: '030 123' } },
        { read: 'ada', then: { telephone: '030 123' } },
      ),
      example('entity/customer', 'a customer without a telephone number is fine', ada, { read: 'ada', then: { telephone: null } }),
      example('entity/customer', 'a telephone number of 41 characters is refused', {
        create: 'customer',
        as: 'ada',
        with: { name: 'Ada', telephone: '1'.repeat(41) },
        then: { refused: 'invalid' },
      }),
      example(
        'entity/customer',
        'a telephone number of 40 characters is kept',
        { create: 'customer', as: 'ada', with: { name: 'Ada', telephone: '1'.repeat(40) } },
        { read: 'ada', then: { telephone: '1'.repeat(40) } },
      ),
    ],
  },
  candidate: {
    kind: 'candidate',
    files: [
      {
        path: 'entities/customer.ts',
        edits: [{ find: '    creditLimit: money', replace: '    telephone: text({ max: 40 }),\n    creditLimit: money' }],
      },
    ],
  },
};

const rule = (decide: string): string =>
  `/**\n * The discount that a gold customer has on an order.\n *\n * why: loyal customers are to be kept\n */\nimport { money, ${decide.includes('percentOf') ? 'percentOf, ' : ''}type Row, rule } from 'theseus/sdk';\n\nexport default rule({\n  name: 'discountOf',\n  on: 'order',\n  governs: 'discount',\n  decide: (order: Row<'order'>) => ${decide},\n});\n`;
const discountField = {
  path: 'entities/order.ts',
  edits: [
    { find: "sum } from 'theseus/sdk';", replace: "sum } from 'theseus/sdk';\nimport discountOf from '../rules/discount-of.ts';" },
    { find: '      live: (order: Row<', replace: '      live: (order: Row<' },
    {
      find: 'line.quantity * line.unitPrice),\n    }),',
      replace: 'line.quantity * line.unitPrice),\n    }),\n    discount: money({ live: discountOf }),',
    },
  ],
};
export const ruleFile = (decide: string): JsonObject => ({
  kind: 'candidate',
  files: [
    { ...discountField, edits: discountField.edits.filter(({ find, replace }) => find !== replace) },
    { path: 'rules/discount-of.ts', text: rule(decide) },
  ],
});
/** A rule with a limit, and the field that it decides. */
export const discount: Written = {
  request: 'Our golden folk deserve a tenth of the price back whenever they spend beyond a hundred euros in one go.',
  understood: {
    kind: 'understood',
    statements: [
      'An order has a discount: 10% of its total where the customer is of the tier gold and the total is over 100.00 euros, else nothing.',
    ],
    components: ['entity/order', 'rule/discountOf'],
    members: ['entity/order#field/discount'],
    examples: [
      example('entity/order', 'gold over the limit has a tenth off', gold, tea(), order('200.00', { discount: '20.00' })),
      example('entity/order', 'gold just over the limit has a tenth off', gold, tea(), order('100.10', { discount: '10.01' })),
      example('entity/order', 'gold at the limit has nothing off', gold, tea(), order('100.00', { discount: '0.00' })),
      example('entity/order', 'a standard customer has nothing off', ada, tea(), order('200.00', { discount: '0.00' })),
      example('entity/order', 'gold far over the limit has a tenth off', gold, tea(), order('350.00', { discount: '35.00' })),
    ],
  },
  candidate: ruleFile("(order.customer.tier === 'gold' && order.total > money('100.00') ? percentOf(order.total, 10) : money('0.00'))"),
};

export const payOrder = (body: string, more = "capabilities: { order: ['update'] },"): JsonObject => ({
  kind: 'candidate',
  files: [
    {
      path: 'operations/pay-order.ts',
      text: `/**\n * Somebody says that an order was paid.\n *\n * why: the shop wants to know whose money has come\n */\nimport { operation } from 'theseus/sdk';\n\nexport default operation({\n  name: 'payOrder',\n  on: 'order',\n  http: { method: 'POST', path: '/api/orders/{id}/pay', status: 200 },\n  input: {},\n  output: { row: 'order' },\n  ${more}\n  transition: { field: 'status', from: ['open'], to: 'paid' },\n  async run(${body},\n});\n`,
    },
  ],
});
/** An operation that is new. */
export const payment: Written = {
  request:
    'When somebody’s money has trickled in there should be a button to press that makes the open thing a settled one, and never twice.',
  understood: {
    kind: 'understood',
    statements: ['payOrder makes an open order a paid one. An order that is not open is refused.'],
    components: ['operation/payOrder'],
    data: ['order update'],
    members: [],
    examples: [
      example('operation/payOrder', 'an open order can be paid', ada, tea(), order('4.50', { status: 'open' }), {
        call: 'payOrder',
        on: 'first',
        then: { status: 'paid' },
      }),
      example(
        'operation/payOrder',
        'an order is paid once',
        ada,
        tea(),
        order('4.50', { status: 'open' }),
        { call: 'payOrder', on: 'first' },
        { call: 'payOrder', on: 'first', then: { refused: 'state-forbids' } },
      ),
      example(
        'operation/payOrder',
        'what was paid stays paid',
        ada,
        tea(),
        order('4.50', { status: 'open' }),
        { call: 'payOrder', on: 'first' },
        { read: 'first', then: { status: 'paid', total: '4.50' } },
      ),
      ...['shipped', 'cancelled'].map((status) =>
        example(
          'operation/payOrder',
          `what is ${status} is not paid`,
          ada,
          tea(),
          order('4.50', { status: 'open' }),
          { update: 'first', with: { status } },
          { call: 'payOrder', on: 'first', then: { refused: 'state-forbids' } },
        ),
      ),
    ],
  },
  candidate: payOrder("{ data, row }) {\n    return data.order.update(row.id, { status: 'paid' });\n  }"),
};

/** A view. */
export const largeOrders: Written = {
  request: 'I fancy a neat overview of whatever is still pending and worth beyond a thousand, dearest on top, and whose it is.',
  understood: {
    kind: 'understood',
    statements: ['The view largeOpenOrders shows customer name and total of open orders over 1,000.00 euros, largest first.'],
    components: ['view/largeOpenOrders'],
    members: [],
    examples: [
      example('view/largeOpenOrders', 'an open order over the limit is shown', ada, tea(), order('1000.01', { status: 'open' }), {
        show: 'largeOpenOrders',
        then: [{ customer: 'Ada', total: '1000.01' }],
      }),
      example('view/largeOpenOrders', 'an order at the limit is not shown', ada, tea(), order('1000.00', { status: 'open' }), {
        show: 'largeOpenOrders',
        then: [],
      }),
      example(
        'view/largeOpenOrders',
        'what is not open is not shown',
        ada,
        tea(),
        order('2000.00', { status: 'open' }),
        { update: 'first', with: { status: 'paid' } },
        { show: 'largeOpenOrders', then: [] },
      ),
      example(
        'view/largeOpenOrders',
        'the dearest order stands on top',
        ada,
        tea(),
        order('1500.00', { status: 'open' }),
        { ...order('2000.00', { status: 'open' }), as: 'second' },
        {
          show: 'largeOpenOrders',
          then: [
            { customer: 'Ada', total: '2000.00' },
            { customer: 'Ada', total: '1500.00' },
          ],
        },
      ),
    ],
  },
  candidate: {
    kind: 'candidate',
    files: [
      {
        path: 'views/large-open-orders.ts',
        text: "/**\n * Open orders over 1,000 euros, largest first.\n *\n * why: they are looked after first\n */\nimport { money, view } from 'theseus/sdk';\n\nexport default view({\n  name: 'largeOpenOrders',\n  from: 'order',\n  where: (order) => order.status === 'open' && order.total > money('1000.00'),\n  columns: { customer: { value: (order) => order.customer.name }, total: { value: (order) => order.total } },\n  order: ['-total'],\n});\n",
      },
    ],
  },
};

/** An interface whose address and shape somebody else has published. */
export const partner: Written = {
  request:
    'A partner’s shelf scanner asks GET /v1/articles/{sku} and wants {"sku","label","available"} back, 404 with {"message"} for what we have not got.',
  understood: {
    kind: 'understood',
    statements: [
      'GET /v1/articles/{sku} answers sku, label (the name of the product) and available (its stock is over 0). An unknown sku is 404 with a message.',
    ],
    components: ['operation/articleBySku'],
    data: ['product read'],
    members: [],
    examples: [
      example('operation/articleBySku', 'a product in stock is available', tea(), {
        call: 'articleBySku',
        with: { sku: 'T1' },
        then: { sku: 'T1', label: 'Tea', available: true },
      }),
      example('operation/articleBySku', 'a product out of stock is not available', tea({ stock: 0 }), {
        call: 'articleBySku',
        with: { sku: 'T1' },
        then: { available: false },
      }),
      example('operation/articleBySku', 'an unknown sku is not found', tea(), {
        call: 'articleBySku',
        with: { sku: 'T2' },
        then: { refused: 'not-found' },
      }),
    ],
  },
  candidate: {
    kind: 'candidate',
    files: [
      {
        path: 'operations/article-by-sku.ts',
        text: "/**\n * What a partner's scanner asks of a product.\n *\n * why: its interface is published\n */\nimport { json, operation, refuse, text } from 'theseus/sdk';\n\nexport default operation({\n  name: 'articleBySku',\n  http: { method: 'GET', path: '/v1/articles/{sku}', status: 200, refusals: { body: { message: '{why}' } } },\n  input: { sku: text({ required: true }) },\n  output: {\n    body: json({\n      required: true,\n      shape: {\n        type: 'object',\n        required: ['sku', 'label', 'available'],\n        properties: { sku: { type: 'string' }, label: { type: 'string' }, available: { type: 'boolean' } },\n      },\n    }),\n  },\n  capabilities: { product: ['read'] },\n  async run({ data, input }) {\n    const { items } = await data.product.list({ filters: [{ field: 'sku', op: 'eq', value: input.sku }], limit: 1 });\n    const product = items[0];\n    if (product === undefined) refuse('not-found', 'There is no such article.');\n    return { sku: product.sku, label: product.name, available: (product.stock ?? 0) > 0 };\n  },\n});\n",
      },
    ],
  },
};

const blocked = (name: string, supplier: JsonObject, then: JsonObject, stock: number): JsonObject =>
  example(
    'operation/placeOrder',
    name,
    { create: 'supplier', as: 'acme', with: { name: 'Acme', ...supplier } },
    ada,
    tea({ supplier: 'acme' }),
    { call: 'placeOrder', with: { customer: 'ada', lines: [{ product: 'tea', quantity: 2 }] }, then },
    { read: 'tea', then: { stock } },
  );
export const looksAtSupplier = {
  find: '      if ((product.stock ?? 0) < quantity)',
  replace:
    "      if (product.supplier !== null && (await data.supplier.get(product.supplier)).blocked) refuse('conflict', 'The supplier is blocked.');\n      if ((product.stock ?? 0) < quantity)",
};
export const declares = { find: "order: ['create'] }", replace: "order: ['create'], supplier: ['read'] }" };
export const supplierFiles: readonly JsonObject[] = [
  {
    path: 'entities/supplier.ts',
    text: "/**\n * A supplier brings products to the shop.\n *\n * why: some are blocked\n */\nimport { boolean, entity, text } from 'theseus/sdk';\n\nexport default entity({\n  name: 'supplier',\n  plural: 'suppliers',\n  title: 'name',\n  fields: {\n    name: text({ required: true }),\n    blocked: boolean({ default: false }),\n  },\n});\n",
  },
  {
    path: 'entities/product.ts',
    edits: [
      { find: 'import { entity, integer, money, text }', replace: 'import { entity, integer, money, reference, text }' },
      { find: 'min: 0, default: 0 }),', replace: "min: 0, default: 0 }),\n    supplier: reference({ to: 'supplier' })," },
    ],
  },
];
/** Three components at once, one of them an operation that is there. */
export const suppliers: Written = {
  request:
    'Whoever brings us the goods wants keeping track of, and if we have fallen out with such a one nobody may buy his stuff any more.',
  understood: {
    kind: 'understood',
    statements: [
      'There are suppliers with a name, who may be blocked. A product may name its supplier.',
      'placeOrder refuses a product whose supplier is blocked.',
    ],
    components: ['entity/supplier', 'entity/product', 'operation/placeOrder'],
    data: ['supplier read'],
    members: ['entity/product#field/supplier', 'operation/placeOrder#capabilities'],
    examples: [
      blocked('a product of a supplier in good standing can be ordered', {}, { status: 'open' }, 8),
      blocked('a product of a blocked supplier cannot be ordered', { blocked: true }, { refused: 'conflict' }, 10),
      example(
        'entity/supplier',
        'a supplier is blocked only where somebody says so',
        { create: 'supplier', as: 'acme', with: { name: 'Acme' }, then: { blocked: false } },
        { create: 'supplier', as: 'other', with: { name: 'Other', blocked: true }, then: { blocked: true } },
      ),
      example('operation/placeOrder', 'a product without a supplier can be ordered', ada, tea(), {
        call: 'placeOrder',
        with: { customer: 'ada', lines: [{ product: 'tea', quantity: 1 }] },
        then: { total: '4.50' },
      }),
    ],
  },
  candidate: { kind: 'candidate', files: [...supplierFiles, { path: 'operations/place-order.ts', edits: [declares, looksAtSupplier] }] },
};

const everyMonday = '2026-02-02T06:00:00Z';
/** A job that calls an operation which is there and stays as it is. */
export const standing: Written = {
  request: 'Those we honour with gold get a box of the T1 stuff put down for them by itself, first thing on Monday mornings, at six.',
  understood: {
    kind: 'understood',
    statements: ['Each Monday at 06:00 an order of one product with the sku T1 is placed for each customer of the tier gold.'],
    components: ['job/goldBoxes'],
    data: ['customer read', 'product read'],
    members: [],
    reaches: ['operation/placeOrder'],
    examples: [
      example(
        'job/goldBoxes',
        'a gold customer gets a box',
        gold,
        tea(),
        { run: 'goldBoxes', at: everyMonday },
        { read: 'tea', then: { stock: 9 } },
      ),
      example(
        'job/goldBoxes',
        'another customer gets none',
        ada,
        tea(),
        { run: 'goldBoxes', at: everyMonday },
        { read: 'tea', then: { stock: 10 } },
      ),
      example(
        'job/goldBoxes',
        'the order is open',
        gold,
        tea(),
        { run: 'goldBoxes', at: everyMonday },
        {
          find: 'order',
          as: 'placed',
          with: { customer: 'ada' },
          then: { status: 'open', total: '4.50' },
        },
      ),
    ],
  },
  candidate: {
    kind: 'candidate',
    files: [
      {
        path: 'jobs/gold-boxes.ts',
        text: "/**\n * Boxes for gold customers, each Monday.\n *\n * why: they are honoured with them\n */\nimport { job } from 'theseus/sdk';\n\nexport default job({\n  name: 'goldBoxes',\n  schedule: { cron: '0 6 * * 1', catchUp: 'last' },\n  capabilities: { customer: ['read'], product: ['read'], call: ['placeOrder'] },\n  async run({ data, call }) {\n    const { items: boxes } = await data.product.list({ filters: [{ field: 'sku', op: 'eq', value: 'T1' }], limit: 1 });\n    const { items: honoured } = await data.customer.list({ filters: [{ field: 'tier', op: 'eq', value: 'gold' }] });\n    for (const product of boxes)\n      for (const customer of honoured)\n        await call('placeOrder', { with: { customer: customer.id, lines: [{ product: product.id, quantity: 1 }] } });\n  },\n});\n",
      },
    ],
  },
};
