/** Rules about orders of the shop: a discount, an approval, a limit, a balance. */
import { shop } from '../bases/bases.ts';
import type { Ask } from '../support/ask.ts';
import { altered, component, edited, shown, tests, withMore } from '../support/texts.ts';

const ada = (more = "tier: 'gold'"): string => `{ create: 'customer', as: 'ada', with: { name: 'Ada', ${more} } }`;
const tea = `{ create: 'product', as: 'tea', with: { sku: 'T1', name: 'Tea', price: '100.00', stock: 50 } }`;
const order = (quantity: number, price: string, then = '', as = 'o', more = ''): string =>
  `{ create: 'order', as: '${as}', with: { customer: 'ada', ${more} lines: [{ product: 'tea', quantity: ${quantity}, unitPrice: '${price}' }] }${then === '' ? '' : `, then: ${then}`} }`;
const total = `live: (order: Row<'order'>) => sum(order.lines, (line) => line.quantity * line.unitPrice),`;
const listEnd = `    total: money({\n      id: 'f_ototal',`;
const withRule = (rule: string): readonly [string, string] => [
  'export default entity(',
  `import ${rule} from '../rules/${rule.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.ts';\n\nexport default entity(`,
];

const discountRule = component(
  'Gold customers get a tenth off orders over 500.',
  `rule({
  id: 'r_golddisc',
  name: 'goldDiscount',
  on: 'order',
  governs: 'discount',
  decide: (order) => (order.customer.tier === 'gold' && order.subtotal > money('500.00') ? percentOf(order.subtotal, 10) : money('0.00')),
  ensures: { within: { holds: (order) => order.discount <= order.subtotal || order.subtotal < money('0.00'), message: 'no more than the order' } },
})`,
);
const discounted = edited(
  shop,
  'entities/order.ts',
  [total, `live: (order: Row<'order'>) => order.subtotal - order.discount,`],
  [
    listEnd,
    `    subtotal: money({ id: 'f_osub', no: 6, ${total} }),
    discount: money({
      id: 'f_odisc',
      no: 7,
      fixed: { while: (order: Row<'order'>) => order.status === 'open', formula: goldDiscount, otherwise: money('0.00') },
    }),
${listEnd}`,
  ],
  withRule('goldDiscount'),
);
const discountTests = tests(
  shown(
    'a gold order over 500 gets a tenth off',
    ada(),
    tea,
    order(6, '100.00', `{ subtotal: '600.00', discount: '60.00', total: '540.00' }`),
  ),
  shown('exactly 500 gets nothing', ada(), tea, order(5, '100.00', `{ discount: '0.00', total: '500.00' }`)),
  shown('others get nothing', ada("tier: 'silver'"), tea, order(6, '100.00', `{ discount: '0.00', total: '600.00' }`)),
  shown('half a cent is rounded up', ada(), tea, order(1, '500.05', `{ discount: '50.01' }`)),
  shown(
    'an order that is paid keeps its total',
    ada("tier: 'standard'"),
    tea,
    order(6, '100.00'),
    `{ update: 'o', with: { status: 'paid' } }`,
    `{ update: 'ada', with: { tier: 'gold' } }`,
    `{ read: 'o', then: { total: '600.00' } }`,
  ),
);
const happy = tests(
  shown('a gold order over 500 gets a tenth off', ada(), tea, order(6, '100.00', `{ discount: '60.00', total: '540.00' }`)),
);
const discount = { ...discounted, 'rules/gold-discount.ts': discountRule, 'rules/gold-discount.test.ts': discountTests };
const plain = { ...discount, 'rules/gold-discount.test.ts': happy };
const rule = 'rules/gold-discount.ts';
const acceptedDiscount = tests(shown('gold gets a tenth off over 500', ada(), tea, order(6, '100.00', `{ total: '540.00' }`)));

const approved = component(
  'Orders over 10,000 need approval by a manager.',
  `approval({
  id: 'r_bigorder',
  name: 'bigOrder',
  on: 'order',
  by: 'manager',
  when: (order) => order.total > money('10000.00'),
  amount: (order) => order.total,
  before: 'status',
})`,
);
const paid = `{ update: 'o', with: { status: 'paid' }, then: { status: 'paid' } }`;
const waits = `{ update: 'o', with: { status: 'paid' }, then: { refused: 'approval-needed' } }`;
const approval = {
  'rules/big-order.ts': approved,
  'rules/big-order.test.ts': tests(
    shown('an order over 10,000 waits for a manager', ada(), tea, order(101, '100.00'), waits, `{ approve: 'o', by: 'manager' }`, paid),
    shown('exactly 10,000 needs none', ada(), tea, order(100, '100.00'), paid),
  ),
};
const approvalHappy = {
  ...approval,
  'rules/big-order.test.ts': tests(shown('a large order waits for a manager', ada(), tea, order(201, '100.00'), waits)),
};

const limitMark = `    total: money({\n      id: 'f_ototal',\n      no: 5,\n      ${total}\n    }),\n  },`;
const orderTests = shop['entities/order.test.ts'] ?? '';
const limit = {
  ...edited(shop, 'entities/order.ts', [
    limitMark,
    `${limitMark}
  invariants: {
    withinLimit: {
      holds: (order: Row<'order'>) => order.customer.creditLimit === undefined || order.total <= order.customer.creditLimit,
      message: 'An order cannot be over the credit limit of its customer.',
    },
  },`,
  ]),
  'entities/order.test.ts': withMore(
    orderTests,
    shown('an order up to the limit is taken', ada("creditLimit: '300.00'"), tea, order(3, '100.00', `{ total: '300.00' }`)),
    shown('an order over it is not', ada("creditLimit: '300.00'"), tea, order(4, '100.00', `{ refused: 'invalid' }`)),
    shown('without a limit there is none', ada(), tea, order(4, '100.00', `{ total: '400.00' }`)),
    shown(
      'an order does not grow over it',
      ada("creditLimit: '300.00'"),
      tea,
      order(3, '100.00'),
      `{ update: 'o', with: { lines: [{ product: 'tea', quantity: 9, unitPrice: '100.00' }] }, then: { refused: 'invalid' } }`,
    ),
  ),
};
const limitHappy = {
  ...limit,
  'entities/order.test.ts': withMore(
    orderTests,
    shown('an order over the limit is refused', ada("creditLimit: '300.00'"), tea, order(4, '100.00', `{ refused: 'invalid' }`)),
  ),
};

const balance = {
  ...edited(shop, 'entities/customer.ts', [
    `    creditLimit: money({ id: 'f_climit', no: 4 }),`,
    `    creditLimit: money({ id: 'f_climit', no: 4 }),
    balance: money({
      id: 'f_cbal',
      no: 5,
      live: (customer: Row<'customer'>) =>
        (customer.creditLimit ?? money('0.00')) - sum(customer.orders.filter((order) => order.status === 'open'), (order) => order.total),
    }),`,
  ]),
  'entities/customer.test.ts': tests(
    shown(
      'what is open is taken from the limit',
      ada("creditLimit: '500.00'"),
      tea,
      order(2, '100.00'),
      order(1, '100.00', '', 'p', "status: 'paid',"),
      order(1, '50.00', '', 'x', "status: 'cancelled',"),
      `{ read: 'ada', then: { balance: '300.00' } }`,
    ),
  ),
};
const balanceHappy = {
  ...balance,
  'entities/customer.test.ts': tests(
    shown(
      'what is open is taken from the limit',
      ada("creditLimit: '500.00'"),
      tea,
      order(2, '100.00'),
      `{ read: 'ada', then: { balance: '300.00' } }`,
    ),
  ),
};
const customer = 'entities/customer.ts';

export const shopRules: readonly Ask[] = [
  {
    id: 'shop-gold-discount',
    base: 'shop',
    request: 'Gold customers get 10% off orders over 500. Orders that are no longer open keep the total they had.',
    scope: {
      components: ['rule/goldDiscount', 'entity/order'],
      members: ['rule/goldDiscount', 'entity/order#field/subtotal', 'entity/order#field/discount', 'entity/order#field/total'],
    },
    acceptance: { path: 'rules/gold-discount.test.ts', text: acceptedDiscount },
    beside: 'rules/gold-discount.test.ts',
    right: discount,
    faults: [
      {
        id: 'at-least',
        way: 'wrong boundary',
        why: 'an order of exactly 500 gets the discount as well',
        files: altered(plain, rule, ['> money', '>= money']),
        witness: [ada(), tea, order(5, '100.00', `{ total: '500.00' }`)],
      },
      {
        id: 'not-standard',
        way: 'plausible but wrong',
        why: 'silver customers get it as well',
        files: altered(plain, rule, [`=== 'gold'`, `!== 'standard'`]),
        witness: [ada("tier: 'silver'"), tea, order(6, '100.00', `{ total: '600.00' }`)],
      },
      {
        id: 'rounded-down',
        way: 'wrong rounding',
        why: 'half a cent is dropped',
        files: altered(plain, rule, ['percentOf(order.subtotal, 10)', `divide(order.subtotal, 10, { scale: 2, rounding: 'down' })`]),
        witness: [ada(), tea, order(1, '500.05', `{ discount: '50.01' }`)],
      },
      {
        id: 'only-the-excess',
        way: 'plausible but wrong',
        why: 'a tenth of what is over 500, not of the order',
        files: altered(
          {
            ...plain,
            'rules/gold-discount.test.ts': tests(
              shown('a gold order over 500 gets something off', ada(), tea, order(10, '100.00', `{ subtotal: '1000.00' }`)),
            ),
          },
          rule,
          ['percentOf(order.subtotal, 10)', `percentOf(order.subtotal - money('500.00'), 10)`],
        ),
        witness: [ada(), tea, order(6, '100.00', `{ discount: '60.00' }`)],
      },
      {
        id: 'sixty-off',
        way: 'hard-coded to the examples',
        why: 'the 60.00 of the example are written out, whatever the order',
        files: altered(plain, rule, ['percentOf(order.subtotal, 10)', `money('60.00')`]),
        witness: [ada(), tea, order(10, '100.00', `{ discount: '100.00' }`)],
      },
      {
        id: 'six-hundred',
        way: 'hard-coded to the examples',
        why: 'only an order of exactly 600 gets it',
        files: altered(plain, rule, [`> money('500.00')`, `=== money('600.00')`]),
        witness: [ada(), tea, order(7, '100.00', `{ discount: '70.00' }`)],
      },
      {
        id: 'added',
        way: 'wrong sign',
        why: 'the discount is added to the total; the test looks at the discount alone',
        files: altered(
          {
            ...plain,
            'rules/gold-discount.test.ts': tests(shown('a discount of a tenth', ada(), tea, order(6, '100.00', `{ discount: '60.00' }`))),
          },
          'entities/order.ts',
          ['order.subtotal - order.discount', 'order.subtotal + order.discount'],
        ),
        witness: [ada(), tea, order(6, '100.00', `{ total: '540.00' }`)],
      },
      {
        id: 'follows-for-ever',
        way: 'forgetting existing rows',
        why: 'the discount is live, so a paid order changes its total when its customer becomes gold',
        files: altered(plain, 'entities/order.ts', [
          `fixed: { while: (order: Row<'order'>) => order.status === 'open', formula: goldDiscount, otherwise: money('0.00') },`,
          'live: goldDiscount,',
        ]),
        witness: [
          ada("tier: 'standard'"),
          tea,
          order(6, '100.00'),
          `{ update: 'o', with: { status: 'paid' } }`,
          `{ update: 'ada', with: { tier: 'gold' } }`,
          `{ read: 'o', then: { total: '600.00' } }`,
        ],
      },
      {
        id: 'fixed-too-long',
        way: 'wrong status transition',
        why: 'a paid order still follows the rule: the condition asks for not cancelled',
        files: altered(plain, 'entities/order.ts', [
          `while: (order: Row<'order'>) => order.status === 'open'`,
          `while: (order: Row<'order'>) => order.status !== 'cancelled'`,
        ]),
        witness: [
          ada(),
          tea,
          order(6, '100.00', '', 'o'),
          `{ update: 'o', with: { status: 'paid' } }`,
          `{ update: 'ada', with: { tier: 'standard' } }`,
          `{ update: 'o', with: { placedOn: '2026-01-10' } }`,
          `{ read: 'o', then: { total: '540.00' } }`,
        ],
      },
      {
        id: 'one-percent',
        way: 'wrong unit',
        why: 'a tenth was taken for a percentage: 0.1 percent',
        files: altered(
          {
            ...plain,
            'rules/gold-discount.test.ts': tests(
              shown('gold gets something off', ada(), tea, order(6, '100.00', `{ subtotal: '600.00' }`)),
            ),
          },
          rule,
          ['percentOf(order.subtotal, 10)', 'percentOf(order.subtotal, 0.1)'],
        ),
        witness: [ada(), tea, order(6, '100.00', `{ discount: '60.00' }`)],
      },
      {
        id: 'five-cents-limit',
        way: 'wrong unit',
        why: 'the limit of 500 is written as 5.00: cents were thought of',
        files: altered(plain, rule, [`money('500.00')`, `money('5.00')`]),
        witness: [ada(), tea, order(1, '100.00', `{ discount: '0.00' }`)],
      },
      {
        id: 'default-gold',
        way: 'scope creep',
        why: 'new customers are gold by default now',
        files: { ...plain, ...edited(shop, customer, [`default: 'standard'`, `default: 'gold'`]) },
        witness: [`{ create: 'customer', as: 'ada', with: { name: 'Ada' }, then: { tier: 'standard' } }`],
      },
      {
        id: 'credit-limit-gone',
        way: 'scope creep',
        why: 'the credit limit is retired along the way',
        files: {
          ...plain,
          ...edited(shop, customer, [
            `    creditLimit: money({ id: 'f_climit', no: 4 }),\n  },`,
            `  },\n  retired: { creditLimit: { id: 'f_climit', no: 4 } },`,
          ]),
        },
      },
      {
        id: 'quantity-unbounded',
        way: 'deleted check',
        why: 'the least quantity of a line is gone, so a line of -1 is taken',
        files: altered(plain, 'entities/order.ts', ['required: true, min: 1', 'required: true']),
        witness: [ada(), tea, order(-1, '100.00', `{ refused: 'invalid' }`)],
      },
      {
        id: 'says-nothing',
        way: 'test asserts nothing',
        why: 'the tests make rows and look at nothing, and the discount is 100 percent',
        files: altered(
          { ...plain, 'rules/gold-discount.test.ts': tests(shown('a gold order gets a discount', ada(), tea, order(6, '100.00'))) },
          rule,
          ['percentOf(order.subtotal, 10)', 'order.subtotal'],
        ),
        witness: [ada(), tea, order(6, '100.00', `{ discount: '60.00' }`)],
      },
      {
        id: 'always-true',
        way: 'test asserts nothing',
        why: 'the only test is a property that cannot fail; standard customers get it too',
        files: altered(
          {
            ...plain,
            'rules/gold-discount.test.ts': tests(
              `property('a discount is a number', { on: 'order', holds: (order) => order.discount === order.discount })`,
            ),
          },
          rule,
          [`order.customer.tier === 'gold' && `, ''],
        ),
        witness: [ada("tier: 'standard'"), tea, order(6, '100.00', `{ discount: '0.00' }`)],
      },
      {
        id: 'copies-the-bug',
        way: 'test copies the bug',
        why: 'code and test both say 12 percent',
        files: altered(
          {
            ...plain,
            'rules/gold-discount.test.ts': tests(
              shown('a gold order over 500 gets its discount', ada(), tea, order(6, '100.00', `{ discount: '72.00', total: '528.00' }`)),
            ),
          },
          rule,
          ['percentOf(order.subtotal, 10)', 'percentOf(order.subtotal, 12)'],
        ),
        witness: [ada(), tea, order(6, '100.00', `{ discount: '60.00' }`)],
      },
      {
        id: 'old-test-weakened',
        way: 'weakened test',
        why: 'the example of the total is emptied, and the subtotal counts only one piece of each line',
        files: altered(
          {
            ...plain,
            'rules/gold-discount.test.ts': tests(
              shown('a gold order over 500 gets a tenth off', ada(), tea, order(1, '600.00', `{ discount: '60.00', total: '540.00' }`)),
            ),
            'entities/order.test.ts': tests(
              shown(
                'the total of an order is the sum of quantity times unit price of its lines',
                ada(),
                tea,
                order(3, '4.50', `{ status: 'open' }`),
              ),
            ),
          },
          'entities/order.ts',
          ['line.quantity * line.unitPrice', 'line.unitPrice'],
        ),
        witness: [ada("tier: 'standard'"), tea, order(3, '4.50', `{ total: '13.50' }`)],
      },
    ],
  },
  {
    id: 'shop-approval',
    base: 'shop',
    request: 'Orders over 10,000 need approval by a manager.',
    scope: { components: ['rule/bigOrder'], members: ['rule/bigOrder'] },
    beside: 'rules/big-order.test.ts',
    right: approval,
    faults: [
      {
        id: 'at-least',
        way: 'wrong boundary',
        why: 'exactly 10,000 waits as well',
        files: altered(approvalHappy, 'rules/big-order.ts', ['> money', '>= money']),
        witness: [ada(), tea, order(100, '100.00'), paid],
      },
      {
        id: 'by-clerk',
        way: 'missing access check',
        why: 'a clerk may approve',
        files: altered(approvalHappy, 'rules/big-order.ts', [`by: 'manager'`, `by: 'clerk'`]),
        witness: [ada(), tea, order(201, '100.00'), `{ approve: 'o', by: 'clerk', then: { refused: 'forbidden' } }`],
      },
      {
        id: 'grows-freely',
        way: 'plausible but wrong',
        why: 'without an amount an approved order may grow without a new approval',
        files: altered(approvalHappy, 'rules/big-order.ts', ['  amount: (order) => order.total,\n', '']),
        witness: [
          ada(),
          tea,
          order(201, '100.00'),
          `{ approve: 'o', by: 'manager' }`,
          `{ update: 'o', with: { lines: [{ product: 'tea', quantity: 900, unitPrice: '100.00' }] } }`,
          waits,
        ],
      },
      {
        id: 'hundred',
        way: 'wrong unit',
        why: 'the limit is 100.00: cents were taken for euros',
        files: altered(approvalHappy, 'rules/big-order.ts', ['10000.00', '100.00']),
        witness: [ada(), tea, order(50, '100.00'), paid],
      },
      {
        id: 'not-for-gold',
        way: 'plausible but wrong',
        why: 'gold customers are let off, which nobody asked for',
        files: altered(
          {
            ...approvalHappy,
            'rules/big-order.test.ts': tests(shown('a large order waits', ada("tier: 'silver'"), tea, order(201, '100.00'), waits)),
          },
          'rules/big-order.ts',
          ['when: (order) => ', `when: (order) => order.customer.tier !== 'gold' && `],
        ),
        witness: [ada(), tea, order(201, '100.00'), waits],
      },
      {
        id: 'one-line-alone',
        way: 'wrong list',
        why: 'only an order with a single line over 10,000 waits, not their sum',
        files: altered(approvalHappy, 'rules/big-order.ts', [
          `order.total > money('10000.00')`,
          `order.lines.some((line) => line.quantity * line.unitPrice > money('10000.00'))`,
        ]),
        witness: [
          ada(),
          tea,
          `{ create: 'order', as: 'o', with: { customer: 'ada', lines: [{ product: 'tea', quantity: 60, unitPrice: '100.00' }, { product: 'tea', quantity: 60, unitPrice: '100.00' }] } }`,
          waits,
        ],
      },
    ],
  },
  {
    id: 'shop-credit-limit',
    base: 'shop',
    request: 'An order cannot be over the credit limit of its customer.',
    scope: { components: ['entity/order'], members: ['entity/order#invariant/withinLimit'] },
    beside: 'entities/order.test.ts',
    right: limit,
    faults: [
      {
        id: 'below',
        way: 'wrong boundary',
        why: 'an order of exactly the limit is refused',
        files: altered(limitHappy, 'entities/order.ts', ['order.total <= order.customer', 'order.total < order.customer']),
        witness: [ada("creditLimit: '300.00'"), tea, order(3, '100.00', `{ total: '300.00' }`)],
      },
      {
        id: 'no-limit-is-zero',
        way: 'forgetting existing rows',
        why: 'who has no limit can order nothing any more',
        files: altered(limitHappy, 'entities/order.ts', [
          'order.customer.creditLimit === undefined || order.total <= order.customer.creditLimit',
          `order.total <= (order.customer.creditLimit ?? money('0.00'))`,
        ]),
        witness: [ada(), tea, order(4, '100.00', `{ total: '400.00' }`)],
      },
      {
        id: 'each-line',
        way: 'wrong list',
        why: 'each line is held against the limit, not their sum',
        files: altered(limitHappy, 'entities/order.ts', [
          'order.total <= order.customer.creditLimit',
          `order.lines.every((line) => line.quantity * line.unitPrice <= (order.customer.creditLimit ?? money('0.00')))`,
        ]),
        witness: [
          ada("creditLimit: '300.00'"),
          tea,
          `{ create: 'order', with: { customer: 'ada', lines: [{ product: 'tea', quantity: 2, unitPrice: '100.00' }, { product: 'tea', quantity: 2, unitPrice: '100.00' }] }, then: { refused: 'invalid' } }`,
        ],
      },
      {
        id: 'unit-price-alone',
        way: 'wrong field',
        why: 'prices are held against the limit without their quantities',
        files: altered(
          {
            ...limitHappy,
            'entities/order.test.ts': tests(
              shown('an order over the limit is refused', ada("creditLimit: '300.00'"), tea, order(1, '400.00', `{ refused: 'invalid' }`)),
            ),
          },
          'entities/order.ts',
          ['order.total <= order.customer.creditLimit', `sum(order.lines, (line) => line.unitPrice) <= order.customer.creditLimit`],
        ),
        witness: [ada("creditLimit: '300.00'"), tea, order(4, '100.00', `{ refused: 'invalid' }`)],
      },
      {
        id: 'gold-is-free',
        way: 'plausible but wrong',
        why: 'gold customers are not held to their limit',
        files: altered(
          {
            ...limitHappy,
            'entities/order.test.ts': tests(
              shown(
                'an order over the limit is refused',
                ada("tier: 'silver', creditLimit: '300.00'"),
                tea,
                order(4, '100.00', `{ refused: 'invalid' }`),
              ),
            ),
          },
          'entities/order.ts',
          ['order.customer.creditLimit === undefined ||', `order.customer.tier === 'gold' || order.customer.creditLimit === undefined ||`],
        ),
        witness: [ada("tier: 'gold', creditLimit: '300.00'"), tea, order(4, '100.00', `{ refused: 'invalid' }`)],
      },
      {
        id: 'or-paid',
        way: 'wrong status transition',
        why: 'an order that is made as paid escapes the check',
        files: altered(limitHappy, 'entities/order.ts', [
          'order.customer.creditLimit === undefined ||',
          `order.status === 'paid' || order.customer.creditLimit === undefined ||`,
        ]),
        witness: [ada("creditLimit: '300.00'"), tea, order(4, '100.00', `{ refused: 'invalid' }`, 'o', "status: 'paid',")],
      },
    ],
  },
  {
    id: 'shop-balance',
    base: 'shop',
    request: 'The balance of a customer is the credit limit minus the sum of the total of their open orders.',
    scope: { components: ['entity/customer'], members: ['entity/customer#field/balance'] },
    beside: 'entities/customer.test.ts',
    right: balance,
    faults: [
      {
        id: 'all-orders',
        way: 'ignoring cancelled ones',
        why: 'cancelled and paid orders are taken off as well',
        files: altered(balanceHappy, customer, [`.filter((order) => order.status === 'open')`, '']),
        witness: [
          ada("creditLimit: '500.00'"),
          tea,
          order(2, '100.00', '', 'o', "status: 'cancelled',"),
          `{ read: 'ada', then: { balance: '500.00' } }`,
        ],
      },
      {
        id: 'not-cancelled',
        way: 'plausible but wrong',
        why: 'paid orders are taken off: open was read as not cancelled',
        files: altered(balanceHappy, customer, [`=== 'open'`, `!== 'cancelled'`]),
        witness: [
          ada("creditLimit: '500.00'"),
          tea,
          order(2, '100.00', '', 'o', "status: 'paid',"),
          `{ read: 'ada', then: { balance: '500.00' } }`,
        ],
      },
      {
        id: 'plus',
        way: 'wrong sign',
        why: 'open orders are added; the test copies that',
        files: altered(
          {
            ...balanceHappy,
            'entities/customer.test.ts': tests(
              shown('the balance', ada("creditLimit: '500.00'"), tea, order(2, '100.00'), `{ read: 'ada', then: { balance: '700.00' } }`),
            ),
          },
          customer,
          [') - sum(', ') + sum('],
        ),
        witness: [ada("creditLimit: '500.00'"), tea, order(2, '100.00'), `{ read: 'ada', then: { balance: '300.00' } }`],
      },
      {
        id: 'largest-order',
        way: 'wrong list',
        why: 'only the largest open order counts',
        files: altered(balanceHappy, customer, [
          `sum(customer.orders.filter((order) => order.status === 'open'), (order) => order.total)`,
          `(largest(customer.orders.filter((order) => order.status === 'open'), (order) => order.total) ?? money('0.00'))`,
        ]),
        witness: [
          ada("creditLimit: '500.00'"),
          tea,
          order(2, '100.00'),
          order(1, '100.00', '', 'p'),
          `{ read: 'ada', then: { balance: '200.00' } }`,
        ],
      },
      {
        id: 'floored',
        way: 'plausible but wrong',
        why: 'a balance below zero is shown as zero, which hides who is over',
        files: altered(
          balanceHappy,
          customer,
          [`(customer.creditLimit ?? money('0.00')) - sum(`, `max(money('0.00'), (customer.creditLimit ?? money('0.00')) - sum(`],
          ['(order) => order.total),\n    }),', '(order) => order.total)),\n    }),'],
        ),
        witness: [ada("creditLimit: '500.00'"), tea, order(6, '100.00'), `{ read: 'ada', then: { balance: '-100.00' } }`],
      },
      {
        id: 'stored',
        way: 'forgetting existing rows',
        why: 'the balance is computed when a customer is written, and not when an order is',
        files: altered(
          {
            ...balanceHappy,
            'entities/customer.test.ts': tests(
              shown('a new customer has the whole limit', ada("creditLimit: '500.00'"), `{ read: 'ada', then: { balance: '500.00' } }`),
            ),
          },
          customer,
          [
            `live: (customer: Row<'customer'>) =>\n        (customer.creditLimit ?? money('0.00')) - sum(customer.orders.filter((order) => order.status === 'open'), (order) => order.total),`,
            `default: (customer: Row<'customer'>) => customer.creditLimit ?? money('0.00'),`,
          ],
        ),
        witness: [ada("creditLimit: '500.00'"), tea, order(2, '100.00'), `{ read: 'ada', then: { balance: '300.00' } }`],
      },
    ],
  },
];
