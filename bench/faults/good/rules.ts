/** New rules: discounts, approvals, limits, with their boundaries tried from both sides. */
import { component, edited, shown, type Files } from '../hand/support/texts.ts';
import { shop } from '../hand/bases/bases.ts';
import { good, type GoodCandidate, makes, moreTests, thing, whole, withInvariant } from './make.ts';

const tea = makes(thing('product'), 1, '', '', 'tea');
const buyer = (tier: string): string => makes(thing('customer'), 1, `tier: '${tier}'`, '', 'ada');
const order = (price: string, then = '', quantity = 1): string =>
  `{ create: 'order', as: 'o', with: { customer: 'ada', lines: [{ product: 'tea', quantity: ${quantity}, unitPrice: '${price}' }] }${then === '' ? '' : `, then: ${then}`} }`;
const total = `live: (order: Row<'order'>) => sum(order.lines, (line) => line.quantity * line.unitPrice),`;
const listEnd = `    total: money({\n      id: 'f_ototal',`;

/** Whole cents; halves go up. */
const share = (cents: number, percent: number): number => Math.floor((cents * percent * 2 + 100) / 200);
const text = (cents: number): string => `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;

const discountedOrder = edited(
  shop,
  'entities/order.ts',
  [total, `live: (order: Row<'order'>) => order.subtotal - order.discount,`],
  [
    listEnd,
    `    subtotal: money({ id: 'f_osub', no: 6, ${total} }),\n    discount: money({\n      id: 'f_odisc',\n      no: 7,\n      fixed: { while: (order: Row<'order'>) => order.status === 'open', formula: tierDiscount, otherwise: money('0.00') },\n    }),\n${listEnd}`,
  ],
  ['export default entity(', `import tierDiscount from '../rules/tier-discount.ts';\n\nexport default entity(`],
);
const discountRule = (tier: string, over: number, percent: number): Files => ({
  'rules/tier-discount.ts': component(
    `Customers of tier ${tier} get ${percent} percent off orders over ${over}.`,
    `rule({
  id: 'r_gtier',
  name: 'tierDiscount',
  on: 'order',
  governs: 'discount',
  decide: (order) => (order.customer.tier === '${tier}' && order.subtotal > money('${over}.00') ? percentOf(order.subtotal, ${percent}) : money('0.00')),
})`,
  ),
});
export const discounts: readonly GoodCandidate[] = ['silver', 'gold'].flatMap((tier) =>
  [
    [100, 2],
    [250, 3],
    [500, 5],
    [500, 10],
    [750, 7],
    [1000, 12],
    [1000, 15],
    [2000, 20],
  ].map(([over = 0, percent = 0]) => {
    const [just, odd] = [over * 100 + 1, over * 100 + 25];
    const gets = (cents: number): string =>
      `{ subtotal: '${text(cents)}', discount: '${text(share(cents, percent))}', total: '${text(cents - share(cents, percent))}' }`;
    return good(
      'discount',
      `${tier}-${over}-${percent}`,
      'shop',
      `Customers of tier ${tier} get ${percent}% off orders over ${over}.`,
      {
        components: ['rule/tierDiscount', 'entity/order'],
        members: ['rule/tierDiscount', 'entity/order#field/subtotal', 'entity/order#field/discount', 'entity/order#field/total'],
      },
      discountedOrder,
      discountRule(tier, over, percent),
      moreTests(
        'shop',
        'rules/tier-discount.test.ts',
        shown('just over the amount', buyer(tier), tea, order(text(just), gets(just))),
        shown('an odd amount is rounded', buyer(tier), tea, order(text(odd), gets(odd))),
        shown('exactly the amount gets nothing', buyer(tier), tea, order(`${over}.00`, `{ discount: '0.00', total: '${over}.00' }`)),
        ...['standard', 'silver', 'gold']
          .filter((other) => other !== tier)
          .map((other) =>
            shown(`a ${other} customer gets nothing`, buyer(other), tea, order('5000.00', `{ discount: '0.00', total: '5000.00' }`)),
          ),
        shown(
          'what is paid keeps its total',
          buyer('standard'),
          tea,
          order('5000.00'),
          `{ update: 'o', with: { status: 'paid' } }`,
          `{ update: 'ada', with: { tier: '${tier}' } }`,
          `{ read: 'o', then: { total: '5000.00' } }`,
        ),
      ),
    );
  }),
);

const paid = `{ update: 'o', with: { status: 'paid' }, then: { status: 'paid' } }`;
const waits = `{ update: 'o', with: { status: 'paid' }, then: { refused: 'approval-needed' } }`;
const approvalOf = (on: string, amount: string, limit: number): Files => ({
  [`rules/large-${on}.ts`]: component(
    `What is over ${limit} needs an approval.`,
    `approval({
  id: 'r_glarge',
  name: 'large${on[0]?.toUpperCase()}${on.slice(1)}',
  on: '${on}',
  by: 'manager',
  when: (${on}) => ${on}.${amount} > money('${limit}.00'),
  amount: (${on}) => ${on}.${amount},
  before: 'status',
})`,
  ),
});
const trip = (amount: string): readonly string[] => [
  `{ create: 'employee', as: 'eve', with: { name: 'Eve', login: 'eve' } }`,
  `{ create: 'expense', as: 'o', with: { employee: 'eve', amount: '${amount}', spentOn: '2026-01-10' } }`,
];
export const approvals: readonly GoodCandidate[] = [
  ...[1000, 2500, 5000, 10000, 20000, 50000].map((limit) =>
    good(
      'approval',
      `order-${limit}`,
      'shop',
      `Orders over ${limit} need approval by a manager.`,
      whole('rule/largeOrder'),
      approvalOf('order', 'total', limit),
      moreTests(
        'shop',
        'rules/large-order.test.ts',
        shown(
          'just over it waits, for a manager alone',
          buyer('gold'),
          tea,
          order(`${limit}.01`),
          waits,
          `{ approve: 'o', by: 'clerk', then: { refused: 'forbidden' } }`,
          `{ approve: 'o', by: 'manager' }`,
          paid,
        ),
        shown('exactly the amount does not wait', buyer('gold'), tea, order(`${limit}.00`), paid),
        shown(
          'what grows waits again',
          buyer('gold'),
          tea,
          order(`${limit}.01`),
          `{ approve: 'o', by: 'manager' }`,
          `{ update: 'o', with: { lines: [{ product: 'tea', quantity: 2, unitPrice: '${limit}.00' }] } }`,
          waits,
        ),
      ),
    ),
  ),
  ...[100, 250, 500, 1000].map((limit) =>
    good(
      'approval',
      `expense-${limit}`,
      'payroll',
      `Expenses over ${limit} need approval by a manager.`,
      whole('rule/largeExpense'),
      approvalOf('expense', 'amount', limit),
      moreTests(
        'payroll',
        'rules/large-expense.test.ts',
        shown(
          'just over it waits',
          ...trip(`${limit}.01`),
          `{ call: 'submitExpense', on: 'o', then: { refused: 'approval-needed' } }`,
          `{ approve: 'o', by: 'manager' }`,
          `{ call: 'submitExpense', on: 'o', then: { status: 'submitted' } }`,
        ),
        shown(
          'exactly the amount does not wait',
          ...trip(`${limit}.00`),
          `{ call: 'submitExpense', on: 'o', then: { status: 'submitted' } }`,
        ),
        shown(
          'what grows waits again',
          ...trip(`${limit}.01`),
          `{ approve: 'o', by: 'manager' }`,
          `{ update: 'o', with: { amount: '${limit + 1}.00' } }`,
          `{ call: 'submitExpense', on: 'o', then: { refused: 'approval-needed' } }`,
        ),
      ),
    ),
  ),
];

interface Limit {
  readonly entity: string;
  readonly field: string;
  readonly most: number;
  readonly money?: boolean;
  readonly optional?: boolean;
}
const limits: readonly Limit[] = [
  ...[500, 1000, 9999].map((most) => ({ entity: 'product', field: 'stock', most, optional: true })),
  ...[20, 99, 250].map((most) => ({ entity: 'book', field: 'copies', most })),
  ...[100, 750, 2000].map((most) => ({ entity: 'expense', field: 'amount', most, money: true })),
  ...[600, 720, 960].map((most) => ({ entity: 'shift', field: 'minutes', most })),
  ...[50, 144, 5000].map((most) => ({ entity: 'movement', field: 'quantity', most })),
  ...[100, 2000].map((most) => ({ entity: 'customer', field: 'creditLimit', most, money: true, optional: true })),
];
export const limitsKept: readonly GoodCandidate[] = limits.map(({ entity, field, most, money = false, optional = false }) => {
  const one = thing(entity);
  const value = (number: number): string => (money ? `'${number}.00'` : String(number));
  const bound = money ? `money('${most}.00')` : String(most);
  const holds = optional ? `${entity}.${field} === undefined || ${entity}.${field} <= ${bound}` : `${entity}.${field} <= ${bound}`;
  return good(
    'limit',
    `${entity}-${field}-${most}`,
    one.base,
    `The ${field} of each ${entity} is at most ${most}.`,
    { components: [`entity/${entity}`], members: [`entity/${entity}#invariant/atMost`] },
    withInvariant(one.base, entity, `atMost: { holds: (${entity}: Row<'${entity}'>) => ${holds}, message: 'At most ${most}.' }`),
    moreTests(
      one.base,
      `entities/${entity}.test.ts`,
      shown(
        `up to ${most}, and not more`,
        ...one.before,
        makes(one, 1, `${field}: ${value(most)}`, `{ ${field}: ${value(most)} }`, 'most'),
        makes(one, 2, `${field}: ${value(most + 1)}`, `{ refused: 'invalid' }`),
        `{ update: 'most', with: { ${field}: ${value(most + 1)} }, then: { refused: 'invalid' } }`,
      ),
      ...(optional ? [shown('nothing said is no limit', ...one.before, makes(one, 1, `${field}: null`, `{ ${field}: null }`))] : []),
    ),
  );
});
