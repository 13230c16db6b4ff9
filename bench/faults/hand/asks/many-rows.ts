/** Asks about many rows at once: raising prices, merging members, what was moved of each article. */
import { lending } from '../bases/lending.ts';
import { shop } from '../bases/bases.ts';
import type { Ask } from '../support/ask.ts';
import { altered, component, edited, shown, tests } from '../support/texts.ts';

const product = (as: string, price: string, category = 'tea'): string =>
  `{ create: 'product', as: '${as}', with: { sku: '${as}', name: '${as}', category: '${category}', price: '${price}' } }`;
const raisePath = 'operations/raise-prices.ts';
const raise = {
  [raisePath]: component(
    'Prices of a category rise by a percentage, rounded half up to cents.',
    `operation({
  id: 'o_raise',
  name: 'raisePrices',
  http: { method: 'POST', path: '/api/products/raise' },
  input: {
    category: text({ id: 'f_rcat', no: 1, required: true }),
    percent: integer({ id: 'f_rperc', no: 2, required: true, min: 1, max: 100 }),
  },
  output: { fields: { raised: integer({ id: 'f_oraised', no: 1, required: true }) } },
  capabilities: { product: ['read', 'update'] },
  roles: ['manager', 'owner'],
  async run({ data, input }) {
    let raised = 0;
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: { items: readonly { readonly id: string; readonly price: number }[]; next: string | null } = await data.product.list({
        filters: [{ field: 'category', op: 'eq', value: input.category }],
        ...(cursor === '' ? {} : { cursor }),
      });
      for (const product of page.items) {
        await data.product.update(product.id, { price: Math.floor((product.price * (100 + input.percent) * 2 + 100) / 200) });
        raised += 1;
      }
      cursor = page.next;
    }
    return { raised };
  },
})`,
  ),
  'operations/raise-prices.test.ts': tests(
    shown(
      'each of the category rises, others do not',
      product('a', '1.00'),
      product('b', '2.00'),
      product('c', '5.00', 'mugs'),
      `{ call: 'raisePrices', with: { category: 'tea', percent: 10 }, then: { raised: 2 } }`,
      `{ read: 'a', then: { price: '1.10' } }`,
      `{ read: 'b', then: { price: '2.20' } }`,
      `{ read: 'c', then: { price: '5.00' } }`,
    ),
    shown(
      'half a cent is rounded up',
      product('a', '1.10'),
      `{ call: 'raisePrices', with: { category: 'tea', percent: 15 } }`,
      `{ read: 'a', then: { price: '1.27' } }`,
    ),
    shown(
      'not by clerks, not by nothing',
      product('a', '1.00'),
      `{ call: 'raisePrices', by: 'clerk', with: { category: 'tea', percent: 10 }, then: { refused: 'forbidden' } }`,
      `{ call: 'raisePrices', with: { category: 'tea', percent: 0 }, then: { refused: 'invalid' } }`,
    ),
  ),
};
const raiseOf = (...examples: readonly string[]): typeof raise => ({ ...raise, 'operations/raise-prices.test.ts': tests(...examples) });
const raiseHappy = raiseOf(
  shown(
    'prices rise',
    product('a', '1.00'),
    `{ call: 'raisePrices', with: { category: 'tea', percent: 10 }, then: { raised: 1 } }`,
    `{ read: 'a', then: { price: '1.10' } }`,
  ),
);
const raised = (percent: number, ...then: readonly string[]): readonly string[] => [
  product('a', '1.10'),
  product('c', '5.00', 'mugs'),
  `{ call: 'raisePrices', with: { category: 'tea', percent: ${percent} } }`,
  ...then,
];
const newPrice = `Math.floor((product.price * (100 + input.percent) * 2 + 100) / 200)`;

const book = (as: string): string => `{ create: 'book', as: '${as}', with: { name: '${as}', isbn: '${as}', copies: 5 } }`;
const two = [
  `{ create: 'member', as: 'ada', with: { name: 'Ada', email: 'ada@example.com' } }`,
  `{ create: 'member', as: 'bo', with: { name: 'Bo' } }`,
  book('emma'),
];
const lent = (as: string): string => `{ call: 'lendBook', as: '${as}', with: { member: 'ada', book: 'emma' } }`;
const mergePath = 'operations/merge-member.ts';
const merge = {
  [mergePath]: component(
    'All loans of a member become those of another; the first is not active any more.',
    `operation({
  id: 'o_merge',
  name: 'mergeMember',
  on: 'member',
  input: { into: reference({ id: 'f_minto', no: 1, to: 'member', required: true }) },
  output: { row: 'member' },
  capabilities: { member: ['read', 'update'], loan: ['read', 'update'] },
  roles: ['owner', 'librarian'],
  async run({ data, row, input }) {
    if (input.into === row.id) refuse('invalid', 'A member is not merged with itself.');
    const target = await data.member.get(input.into);
    if (target.active !== true) refuse('conflict', 'The other member is not active.');
    for (;;) {
      const page = await data.loan.list({ filters: [{ field: 'member', op: 'eq', value: row.id }] });
      if (page.items.length === 0) break;
      for (const loan of page.items) await data.loan.update(loan.id, { member: target.id });
    }
    return data.member.update(row.id, { active: false });
  },
})`,
  ),
  'operations/merge-member.test.ts': tests(
    shown(
      'loans move, lent and returned ones',
      ...two,
      lent('o'),
      lent('p'),
      `{ call: 'returnLoan', on: 'p' }`,
      `{ call: 'mergeMember', on: 'ada', with: { into: 'bo' }, then: { name: 'Ada', active: false } }`,
      `{ read: 'o', then: { member: 'bo', state: 'lent' } }`,
      `{ read: 'p', then: { member: 'bo', state: 'returned' } }`,
      `{ read: 'bo', then: { active: true } }`,
    ),
    shown(
      'not with itself, and not into who is not active',
      ...two,
      `{ call: 'mergeMember', on: 'ada', with: { into: 'ada' }, then: { refused: 'invalid' } }`,
      `{ update: 'bo', with: { active: false } }`,
      `{ call: 'mergeMember', on: 'ada', with: { into: 'bo' }, then: { refused: 'conflict' } }`,
      `{ read: 'ada', then: { active: true } }`,
    ),
  ),
};
const mergeHappy = {
  ...merge,
  'operations/merge-member.test.ts': tests(
    shown(
      'a loan moves',
      ...two,
      lent('o'),
      `{ call: 'mergeMember', on: 'ada', with: { into: 'bo' }, then: { active: false } }`,
      `{ read: 'o', then: { member: 'bo' } }`,
    ),
  ),
};
const merged = `{ call: 'mergeMember', on: 'ada', with: { into: 'bo' } }`;

const bolts = `{ create: 'article', as: 'bolts', with: { sku: 'B', name: 'Bolts', onHand: 100 } }`;
const nuts = `{ create: 'article', as: 'nuts', with: { sku: 'N', name: 'Nuts', onHand: 100 } }`;
const moved = (article: string, kind: string, quantity: number, state = 'booked'): string =>
  `{ create: 'movement', with: { article: '${article}', kind: '${kind}', quantity: ${quantity}, state: '${state}' } }`;
const turnoverPath = 'views/article-turnover.ts';
const turnover = {
  [turnoverPath]: component(
    'What was booked of each article: in less out, largest first.',
    `view({
  id: 'v_turn',
  name: 'articleTurnover',
  from: 'movement',
  where: (movement) => movement.state === 'booked',
  columns: {
    article: { value: (movement) => movement.article.name },
    net: { value: (movement) => (movement.kind === 'into' ? movement.quantity : -movement.quantity), aggregate: 'sum' },
    movements: { aggregate: 'count' },
  },
  order: ['-net'],
})`,
  ),
  'views/article-turnover.test.ts': tests(
    shown(
      'in less out of what is booked',
      bolts,
      nuts,
      moved('bolts', 'into', 10),
      moved('bolts', 'out', 4),
      moved('nuts', 'into', 9),
      moved('nuts', 'into', 7, 'planned'),
      moved('bolts', 'into', 50, 'dropped'),
      `{ show: 'articleTurnover', then: [{ article: 'Nuts', net: 9, movements: 1 }, { article: 'Bolts', net: 6, movements: 2 }] }`,
    ),
  ),
};
const turnoverHappy = {
  ...turnover,
  'views/article-turnover.test.ts': tests(
    shown('one article', bolts, moved('bolts', 'into', 10), `{ show: 'articleTurnover', then: [{ article: 'Bolts', net: 10 }] }`),
  ),
};
const net = [
  bolts,
  nuts,
  moved('bolts', 'into', 10),
  moved('bolts', 'out', 4),
  moved('nuts', 'into', 9),
  moved('nuts', 'into', 7, 'planned'),
  `{ show: 'articleTurnover', then: [{ article: 'Nuts', net: 9 }, { article: 'Bolts', net: 6 }] }`,
];

export const manyRows: readonly Ask[] = [
  {
    id: 'shop-raise-prices',
    base: 'shop',
    request:
      'A manager can raise the prices of all products of a category by a percentage, rounded half up to cents; the answer says how many.',
    scope: { components: ['operation/raisePrices'], members: ['operation/raisePrices'] },
    acceptance: { path: 'operations/raise-prices.test.ts', text: raiseHappy['operations/raise-prices.test.ts'] },
    beside: 'operations/raise-prices.test.ts',
    right: raise,
    faults: [
      {
        id: 'floating',
        way: 'wrong rounding',
        why: '1.10 and 15 percent make 1.2649999... in floating point, and 1.26',
        files: altered(raiseHappy, raisePath, [newPrice, 'Math.round(product.price * (1 + input.percent / 100))']),
        witness: raised(15, `{ read: 'a', then: { price: '1.27' } }`),
      },
      {
        id: 'floored',
        way: 'wrong rounding',
        why: 'half a cent is dropped',
        files: altered(raiseHappy, raisePath, [newPrice, 'Math.floor((product.price * (100 + input.percent)) / 100)']),
        witness: raised(15, `{ read: 'a', then: { price: '1.27' } }`),
      },
      {
        id: 'ceiled',
        way: 'wrong rounding',
        why: 'each fraction of a cent is rounded up',
        files: altered(raiseHappy, raisePath, [newPrice, 'Math.ceil((product.price * (100 + input.percent)) / 100)']),
        witness: [
          product('a', '1.12'),
          `{ call: 'raisePrices', with: { category: 'tea', percent: 1 } }`,
          `{ read: 'a', then: { price: '1.13' } }`,
        ],
      },
      {
        id: 'all-categories',
        way: 'wrong list',
        why: 'products of all categories rise',
        files: altered(raiseHappy, raisePath, [`        filters: [{ field: 'category', op: 'eq', value: input.category }],\n`, '']),
        witness: raised(10, `{ read: 'c', then: { price: '5.00' } }`),
      },
      {
        id: 'one-page',
        way: 'unbounded or first page only',
        why: 'the first page of one product alone',
        files: altered(
          raiseHappy,
          raisePath,
          [`...(cursor === '' ? {} : { cursor }),`, `...(cursor === '' ? {} : { cursor }),\n        limit: 1,`],
          ['cursor = page.next;', 'cursor = null;'],
        ),
        witness: [
          product('a', '1.00'),
          product('b', '2.00'),
          `{ call: 'raisePrices', with: { category: 'tea', percent: 10 } }`,
          `{ read: 'a', then: { price: '1.10' } }`,
          `{ read: 'b', then: { price: '2.20' } }`,
        ],
      },
      {
        id: 'by-cents',
        way: 'wrong unit',
        why: 'the percentage is added as cents',
        files: altered(raiseHappy, raisePath, [newPrice, 'product.price + input.percent']),
        witness: raised(10, `{ read: 'a', then: { price: '1.21' } }`),
      },
      {
        id: 'lowered',
        way: 'wrong sign',
        why: 'prices fall; the test looks at the number alone',
        files: altered(
          raiseOf(
            shown(
              'prices rise',
              product('a', '1.00'),
              `{ call: 'raisePrices', with: { category: 'tea', percent: 10 }, then: { raised: 1 } }`,
            ),
          ),
          raisePath,
          ['(100 + input.percent)', '(100 - input.percent)'],
        ),
        witness: raised(10, `{ read: 'a', then: { price: '1.21' } }`),
      },
      {
        id: 'counts-one-more',
        way: 'off by one',
        why: 'the number begins at one, and the test copies that',
        files: altered(
          raiseOf(
            shown(
              'prices rise',
              product('a', '1.00'),
              `{ call: 'raisePrices', with: { category: 'tea', percent: 10 }, then: { raised: 2 } }`,
            ),
          ),
          raisePath,
          ['let raised = 0', 'let raised = 1'],
        ),
        witness: [product('a', '1.00'), `{ call: 'raisePrices', with: { category: 'tea', percent: 10 }, then: { raised: 1 } }`],
      },
      {
        id: 'number-alone',
        way: 'test asserts nothing',
        why: 'nothing is written, and the test asks only whether the answer has a number',
        files: altered(
          raiseOf(
            shown(
              'prices rise',
              product('a', '1.00'),
              `{ call: 'raisePrices', with: { category: 'tea', percent: 10 }, then: { raised: 1 } }`,
            ),
          ),
          raisePath,
          [newPrice, 'product.price'],
        ),
        witness: raised(10, `{ read: 'a', then: { price: '1.21' } }`),
      },
      {
        id: 'copied-from-output',
        way: 'test copies the bug',
        why: 'the raise counts twice, and the test was copied from what the code answers',
        files: altered(
          raiseOf(
            shown(
              'prices rise by ten percent',
              product('a', '1.00'),
              `{ call: 'raisePrices', with: { category: 'tea', percent: 10 } }`,
              `{ read: 'a', then: { price: '1.20' } }`,
            ),
          ),
          raisePath,
          ['100 + input.percent', '100 + 2 * input.percent'],
        ),
        witness: raised(10, `{ read: 'a', then: { price: '1.21' } }`),
      },
      {
        id: 'clerks-too',
        way: 'missing access check',
        why: 'whoever writes may raise prices',
        files: altered(raiseHappy, raisePath, [`  roles: ['manager', 'owner'],\n`, '']),
        witness: [
          product('a', '1.00'),
          `{ call: 'raisePrices', by: 'clerk', with: { category: 'tea', percent: 10 }, then: { refused: 'forbidden' } }`,
        ],
      },
      {
        id: 'any-percentage',
        way: 'deleted check',
        why: 'a percentage of -100 makes everything free',
        files: altered(raiseHappy, raisePath, ['required: true, min: 1, max: 100', 'required: true']),
        witness: [product('a', '1.00'), `{ call: 'raisePrices', with: { category: 'tea', percent: -100 }, then: { refused: 'invalid' } }`],
      },
      {
        id: 'may-be-free',
        way: 'scope creep',
        why: 'the price of a product is no longer required',
        files: {
          ...raiseHappy,
          ...edited(shop, 'entities/product.ts', [
            `price: money({ id: 'f_pprice', no: 4, required: true, min: '0.00' })`,
            `price: money({ id: 'f_pprice', no: 4, default: '0.00', min: '0.00' })`,
          ]),
          ...altered(
            {
              ...raiseHappy,
              ...edited(shop, 'operations/place-order.ts', ['unitPrice: product.price }', 'unitPrice: product.price ?? 0 }']),
            },
            raisePath,
            ['readonly price: number }', 'readonly price?: number | null }'],
            ['product.price *', '(product.price ?? 0) *'],
          ),
        },
        witness: [`{ create: 'product', with: { sku: 'x', name: 'x' }, then: { refused: 'invalid' } }`],
      },
    ],
  },
  {
    id: 'lending-merge',
    base: 'lending',
    request: 'A member can be merged into another: all loans become those of the other, and the member is not active any more.',
    scope: { components: ['operation/mergeMember'], members: ['operation/mergeMember'] },
    beside: 'operations/merge-member.test.ts',
    right: merge,
    faults: [
      {
        id: 'lent-alone',
        way: 'forgetting existing rows',
        why: 'books that came back stay with the member',
        files: altered(mergeHappy, mergePath, [
          `{ field: 'member', op: 'eq', value: row.id }`,
          `{ field: 'member', op: 'eq', value: row.id }, { field: 'state', op: 'eq', value: 'lent' }`,
        ]),
        witness: [...two, lent('o'), `{ call: 'returnLoan', on: 'o' }`, merged, `{ read: 'o', then: { member: 'bo' } }`],
      },
      {
        id: 'first-loan',
        way: 'unbounded or first page only',
        why: 'one loan moves, the rest stays',
        files: altered(
          mergeHappy,
          mergePath,
          [`    for (;;) {\n`, `    for (let once = true; once; once = false) {\n`],
          ['value: row.id }] }', 'value: row.id }], limit: 1 }'],
        ),
        witness: [...two, lent('o'), lent('p'), merged, `{ read: 'o', then: { member: 'bo' } }`, `{ read: 'p', then: { member: 'bo' } }`],
      },
      {
        id: 'both-gone',
        way: 'wrong field',
        why: 'the other member is set inactive as well',
        files: altered(mergeHappy, mergePath, [
          '    return data.member',
          '    await data.member.update(target.id, { active: false });\n    return data.member',
        ]),
        witness: [...two, merged, `{ read: 'bo', then: { active: true } }`],
      },
      {
        id: 'still-active',
        way: 'plausible but wrong',
        why: 'the member that was merged stays active',
        files: altered(
          {
            ...mergeHappy,
            'operations/merge-member.test.ts': tests(
              shown('a loan moves', ...two, lent('o'), merged, `{ read: 'o', then: { member: 'bo' } }`),
            ),
          },
          mergePath,
          ['{ active: false }', '{ active: true }'],
        ),
        witness: [...two, merged, `{ read: 'ada', then: { active: false } }`],
      },
      {
        id: 'into-the-dead',
        way: 'deleted check',
        why: 'loans go to a member who is not active',
        files: altered(mergeHappy, mergePath, [
          `    if (target.active !== true) refuse('conflict', 'The other member is not active.');\n`,
          '',
        ]),
        witness: [
          ...two,
          `{ update: 'bo', with: { active: false } }`,
          `{ call: 'mergeMember', on: 'ada', with: { into: 'bo' }, then: { refused: 'conflict' } }`,
        ],
      },
      {
        id: 'quiet-refusal',
        way: 'swallowed error',
        why: 'where the other is not active it says nothing and does nothing',
        files: altered(mergeHappy, mergePath, [`refuse('conflict', 'The other member is not active.')`, 'return row']),
        witness: [
          ...two,
          `{ update: 'bo', with: { active: false } }`,
          `{ call: 'mergeMember', on: 'ada', with: { into: 'bo' }, then: { refused: 'conflict' } }`,
        ],
      },
      {
        id: 'marked-returned',
        way: 'wrong status transition',
        why: 'what is lent is marked lost on the way',
        files: altered(mergeHappy, mergePath, ['{ member: target.id }', `{ member: target.id, state: 'lost' }`]),
        witness: [...two, lent('o'), merged, `{ read: 'o', then: { state: 'lent' } }`],
      },
      {
        id: 'lending-weakened',
        way: 'weakened test',
        why: 'the example of inactive members is emptied, and lending asks no more whether they are active',
        files: {
          ...mergeHappy,
          ...edited(lending, 'operations/lend-book.ts', [
            `if (member.active !== true) refuse('conflict', 'This member may not borrow books.');`,
            `if (member.name === '') refuse('conflict', 'This member may not borrow books.');`,
          ]),
          'operations/lend-book.test.ts': tests(
            shown('who is not active borrows nothing', ...two, `{ update: 'ada', with: { active: false } }`),
            shown('a book that is lent is not on the shelf', ...two, lent('o'), `{ read: 'emma', then: { copies: 4 } }`),
          ),
        },
        witness: [
          ...two,
          `{ update: 'ada', with: { active: false } }`,
          `{ call: 'lendBook', with: { member: 'ada', book: 'emma' }, then: { refused: 'conflict' } }`,
        ],
      },
    ],
  },
  {
    id: 'depot-turnover',
    base: 'depot',
    request: 'Show for each article what was booked in less what was booked out, largest first, with the number of movements.',
    scope: { components: ['view/articleTurnover'], members: ['view/articleTurnover'] },
    beside: 'views/article-turnover.test.ts',
    right: turnover,
    faults: [
      {
        id: 'planned-too',
        way: 'ignoring cancelled ones',
        why: 'planned and dropped movements count',
        files: altered(turnoverHappy, turnoverPath, [`  where: (movement) => movement.state === 'booked',\n`, '']),
        witness: net,
      },
      {
        id: 'only-sum',
        way: 'wrong sign',
        why: 'what goes out is added',
        files: altered(turnoverHappy, turnoverPath, [
          `(movement.kind === 'into' ? movement.quantity : -movement.quantity)`,
          'movement.quantity',
        ]),
        witness: net,
      },
      {
        id: 'both-ways',
        way: 'duplicates',
        why: 'two rows for an article, since the kind is a column',
        files: altered(turnoverHappy, turnoverPath, [
          '    movements:',
          '    kind: { value: (movement) => movement.kind },\n    movements:',
        ]),
        witness: net,
      },
      {
        id: 'not-dropped',
        way: 'wrong boundary',
        why: 'all but dropped ones count: planned ones too',
        files: altered(turnoverHappy, turnoverPath, [`=== 'booked'`, `!== 'dropped'`]),
        witness: net,
      },
      {
        id: 'on-hand',
        way: 'wrong field',
        why: 'what is on hand is summed, once for each movement',
        files: altered(
          {
            ...turnoverHappy,
            'views/article-turnover.test.ts': tests(
              shown(
                'one article',
                bolts,
                moved('bolts', 'into', 10),
                `{ show: 'articleTurnover', then: [{ article: 'Bolts', movements: 1 }] }`,
              ),
            ),
          },
          turnoverPath,
          [`(movement.kind === 'into' ? movement.quantity : -movement.quantity)`, 'movement.article.onHand'],
        ),
        witness: net,
      },
    ],
  },
];
