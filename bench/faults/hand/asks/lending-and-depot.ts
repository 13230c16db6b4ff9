/** Asks of the library and of the depot: renewals, fees, limits, transfers, reactions, jobs. */
import { lending } from '../bases/lending.ts';
import type { Ask } from '../support/ask.ts';
import { altered, component, edited, shown, tests } from '../support/texts.ts';

const ada = `{ create: 'member', as: 'ada', with: { name: 'Ada' } }`;
const book = (copies: number, as = 'emma', price = "price: '10.00'"): string =>
  `{ create: 'book', as: '${as}', with: { name: '${as}', isbn: '${as}', copies: ${copies}, ${price} } }`;
const lend = (as: string, which = 'emma', then = ''): string =>
  `{ call: 'lendBook', as: '${as}', with: { member: 'ada', book: '${which}' }${then === '' ? '' : `, then: ${then}`} }`;
const refused = (code: string): string => `{ refused: '${code}' }`;

const renewPath = 'operations/renew-loan.ts';
const renewed = edited(
  lending,
  'entities/loan.ts',
  [`addDays(loan.lentOn, 28)`, `addDays(loan.lentOn, 28 + 14 * (loan.renewals ?? 0))`],
  [`    dueOn:`, `    renewals: integer({ id: 'f_lrenew', no: 8, min: 0, default: 0 }),\n    dueOn:`],
);
const renew = {
  ...renewed,
  [renewPath]: component(
    'A loan is renewed by 14 days, twice at most, while it is not overdue.',
    `operation({
  id: 'o_renew',
  name: 'renewLoan',
  on: 'loan',
  output: { row: 'loan' },
  capabilities: { loan: ['update'] },
  async run({ data, row, today }) {
    if (row.state !== 'lent') refuse('state-forbids', 'Only a book that is lent can be renewed.');
    if ((row.dueOn ?? today) < today) refuse('conflict', 'This loan is overdue.');
    if ((row.renewals ?? 0) >= 2) refuse('conflict', 'A loan is renewed twice at most.');
    return data.loan.update(row.id, { renewals: (row.renewals ?? 0) + 1 });
  },
})`,
  ),
  'operations/renew-loan.test.ts': tests(
    shown(
      'a renewal adds 14 days, twice',
      ada,
      book(2),
      lend('o', 'emma', `{ dueOn: '2026-02-12' }`),
      `{ call: 'renewLoan', on: 'o', then: { dueOn: '2026-02-26' } }`,
      `{ call: 'renewLoan', on: 'o', then: { dueOn: '2026-03-12' } }`,
      `{ call: 'renewLoan', on: 'o', then: ${refused('conflict')} }`,
    ),
    shown(
      'on the last day it can be renewed, a day later not',
      ada,
      book(2),
      lend('o'),
      lend('p'),
      `{ today: '2026-02-12' }`,
      `{ call: 'renewLoan', on: 'o', then: { renewals: 1 } }`,
      `{ today: '2026-02-13' }`,
      `{ call: 'renewLoan', on: 'p', then: ${refused('conflict')} }`,
    ),
    shown(
      'what came back is not renewed',
      ada,
      book(2),
      lend('o'),
      `{ call: 'returnLoan', on: 'o' }`,
      `{ call: 'renewLoan', on: 'o', then: ${refused('state-forbids')} }`,
    ),
  ),
};
const renewHappy = {
  ...renew,
  'operations/renew-loan.test.ts': tests(
    shown('a renewal adds 14 days', ada, book(2), lend('o'), `{ call: 'renewLoan', on: 'o', then: { dueOn: '2026-02-26' } }`),
  ),
};

const feePath = 'rules/late-fee.ts';
const feeRight = {
  ...edited(lending, feePath, [
    `return late > 0 ? late * money('0.50') : money('0.00');`,
    `const fee = late > 0 ? late * money('0.50') : money('0.00');\n    return loan.book.price === undefined ? fee : min(fee, loan.book.price);`,
  ]),
  'rules/late-fee.test.ts': tests(
    shown(
      'a fee grows up to the price of the book',
      ada,
      book(1, 'emma', "price: '2.00'"),
      lend('o'),
      `{ today: '2026-02-14' }`,
      `{ read: 'o', then: { fee: '1.00' } }`,
      `{ today: '2026-03-14' }`,
      `{ read: 'o', then: { fee: '2.00' } }`,
    ),
    shown(
      'without a price it grows on',
      ada,
      book(1, 'emma', ''),
      lend('o'),
      `{ today: '2026-03-14' }`,
      `{ read: 'o', then: { fee: '15.00' } }`,
    ),
    shown('in time there is none', ada, book(1), lend('o'), `{ today: '2026-02-12' }`, `{ read: 'o', then: { fee: '0.00' } }`),
  ),
};
const feeHappy = {
  ...feeRight,
  'rules/late-fee.test.ts': tests(
    shown(
      'a fee stops at the price',
      ada,
      book(1, 'emma', "price: '2.00'"),
      lend('o'),
      `{ today: '2026-03-14' }`,
      `{ read: 'o', then: { fee: '2.00' } }`,
    ),
  ),
};
const feeAt = (day: string, price: string, fee: string): readonly string[] => [
  ada,
  book(1, 'emma', price),
  lend('o'),
  `{ today: '${day}' }`,
  `{ read: 'o', then: { fee: '${fee}' } }`,
];

const lendPath = 'operations/lend-book.ts';
const atMost = `const held = await data.loan.list({
      filters: [
        { field: 'member', op: 'eq', value: member.id },
        { field: 'state', op: 'eq', value: 'lent' },
      ],
      limit: 3,
    });
    if (held.items.length >= 3) refuse('conflict', 'A member has three books at most.');
    const book = await data.book.get(input.book);`;
const lendTests = lending['operations/lend-book.test.ts'] ?? '';
const three = [ada, book(9), lend('a'), lend('b'), lend('c')];
const limited = {
  ...edited(lending, lendPath, ['const book = await data.book.get(input.book);', atMost], [`loan: ['create']`, `loan: ['create', 'read']`]),
  'operations/lend-book.test.ts': `${lendTests.replace(/\]\);\n$/, '')}  ${shown('three at a time, and a place is free again when one comes back', ...three, lend('d', 'emma', refused('conflict')), `{ call: 'returnLoan', on: 'a' }`, lend('e'))},\n]);\n`,
};
const limitedHappy = {
  ...limited,
  'operations/lend-book.test.ts': `${lendTests.replace(/\]\);\n$/, '')}  ${shown('a fourth book is refused', ...three, lend('d', 'emma', refused('conflict')))},\n]);\n`,
};

const lostPath = 'operations/lose-loan.ts';
const lost = {
  ...edited(lending, 'rules/late-fee.ts', [
    `const late =`,
    `if (loan.state === 'lost') return loan.book.price ?? money('20.00');\n    const late =`,
  ]),
  [lostPath]: component(
    'A book that is lost is paid for, and never comes back to the shelf.',
    `operation({
  id: 'o_lose',
  name: 'loseLoan',
  on: 'loan',
  output: { row: 'loan' },
  capabilities: { loan: ['update'] },
  transition: { field: 'state', from: ['lent'], to: 'lost' },
  async run({ data, row }) {
    return data.loan.update(row.id, { state: 'lost' });
  },
})`,
  ),
  'operations/lose-loan.test.ts': tests(
    shown(
      'who loses a book pays its price',
      ada,
      book(2),
      lend('o'),
      `{ call: 'loseLoan', on: 'o', then: { state: 'lost', fee: '10.00' } }`,
      `{ read: 'emma', then: { copies: 1 } }`,
    ),
    shown('a book without a price costs 20', ada, book(2, 'emma', ''), lend('o'), `{ call: 'loseLoan', on: 'o', then: { fee: '20.00' } }`),
    shown(
      'what came back is not lost',
      ada,
      book(2),
      lend('o'),
      `{ call: 'returnLoan', on: 'o' }`,
      `{ call: 'loseLoan', on: 'o', then: ${refused('state-forbids')} }`,
    ),
  ),
};
const lostHappy = {
  ...lost,
  'operations/lose-loan.test.ts': tests(
    shown(
      'who loses a book pays its price',
      ada,
      book(2),
      lend('o'),
      `{ call: 'loseLoan', on: 'o', then: { state: 'lost', fee: '10.00' } }`,
    ),
  ),
};

const bolts = (onHand = 10): string =>
  `{ create: 'article', as: 'bolts', with: { sku: 'B', name: 'Bolts', onHand: ${onHand}, reorderAt: 5 } }`;
const nuts = `{ create: 'article', as: 'nuts', with: { sku: 'N', name: 'Nuts', onHand: 1, reorderAt: 0 } }`;
const swapPath = 'operations/transfer-stock.ts';
const transfer = {
  [swapPath]: component(
    'Some of one article is counted as another.',
    `operation({
  id: 'o_transf',
  name: 'transferStock',
  on: 'article',
  input: {
    to: reference({ id: 'f_trto', no: 1, to: 'article', required: true }),
    quantity: integer({ id: 'f_trqty', no: 2, required: true, min: 1 }),
  },
  output: { row: 'article' },
  capabilities: { article: ['read', 'update'] },
  roles: ['keeper', 'owner'],
  async run({ data, row, input }) {
    if (input.to === row.id) refuse('invalid', 'An article is not moved to itself.');
    if (row.onHand < input.quantity) refuse('conflict', 'There is not enough on hand.');
    const target = await data.article.get(input.to);
    await data.article.update(target.id, { onHand: target.onHand + input.quantity });
    return data.article.update(row.id, { onHand: row.onHand - input.quantity });
  },
})`,
  ),
  'operations/transfer-stock.test.ts': tests(
    shown(
      'what leaves one arrives at the other',
      bolts(),
      nuts,
      `{ call: 'transferStock', on: 'bolts', with: { to: 'nuts', quantity: 4 }, then: { onHand: 6 } }`,
      `{ read: 'nuts', then: { onHand: 5 } }`,
    ),
    shown(
      'all can be moved, and not more',
      bolts(),
      nuts,
      `{ call: 'transferStock', on: 'bolts', with: { to: 'nuts', quantity: 11 }, then: ${refused('conflict')} }`,
      `{ call: 'transferStock', on: 'bolts', with: { to: 'nuts', quantity: 10 }, then: { onHand: 0 } }`,
    ),
    shown(
      'not to itself, and not by drivers',
      bolts(),
      nuts,
      `{ call: 'transferStock', on: 'bolts', with: { to: 'bolts', quantity: 1 }, then: ${refused('invalid')} }`,
      `{ call: 'transferStock', on: 'bolts', by: 'driver', with: { to: 'nuts', quantity: 1 }, then: ${refused('forbidden')} }`,
      `{ read: 'bolts', then: { onHand: 10 } }`,
    ),
  ),
};
const move = (quantity: number, then: string, more = ''): string =>
  `{ call: 'transferStock', on: 'bolts', ${more}with: { to: 'nuts', quantity: ${quantity} }, then: ${then} }`;
const transferHappy = {
  ...transfer,
  'operations/transfer-stock.test.ts': tests(
    shown('what leaves one arrives at the other', bolts(), nuts, move(1, '{ onHand: 9 }'), `{ read: 'nuts', then: { onHand: 2 } }`),
  ),
};

const closePath = 'reactions/close-alerts.ts';
const closing = {
  [closePath]: component(
    'When an article has enough again, its alerts are closed.',
    `reaction({
  id: 'n_close',
  name: 'closeAlerts',
  on: { event: 'article.updated' },
  capabilities: { article: ['read'], alert: ['read', 'update'] },
  async run({ data, event }) {
    const article = await data.article.get(event.row);
    if (article.onHand < (article.reorderAt ?? 0)) return;
    const open = await data.alert.list({
      filters: [
        { field: 'article', op: 'eq', value: article.id },
        { field: 'open', op: 'eq', value: true },
      ],
    });
    for (const alert of open.items) await data.alert.update(alert.id, { open: false });
  },
})`,
  ),
  'reactions/close-alerts.test.ts': tests(
    shown(
      'an article that has enough again has no alert, others keep theirs',
      bolts(4),
      nuts,
      `{ create: 'alert', as: 'low', with: { article: 'bolts', message: 'low' } }`,
      `{ create: 'alert', as: 'other', with: { article: 'nuts', message: 'low' } }`,
      `{ react: 'closeAlerts', on: 'bolts' }`,
      `{ read: 'low', then: { open: true } }`,
      `{ update: 'bolts', with: { onHand: 5 } }`,
      `{ react: 'closeAlerts', on: 'bolts' }`,
      `{ read: 'low', then: { open: false } }`,
      `{ read: 'other', then: { open: true } }`,
    ),
  ),
};
const low = [bolts(4), nuts, `{ create: 'alert', as: 'low', with: { article: 'bolts', message: 'low' } }`];
const closeHappy = {
  ...closing,
  'reactions/close-alerts.test.ts': tests(
    shown(
      'an alert is closed',
      bolts(9),
      `{ create: 'alert', as: 'low', with: { article: 'bolts', message: 'low' } }`,
      `{ react: 'closeAlerts', on: 'bolts' }`,
      `{ read: 'low', then: { open: false } }`,
    ),
  ),
};

const jobPath = 'jobs/drop-old.ts';
const dropping = {
  [jobPath]: component(
    'Planned movements of days that are over are dropped.',
    `job({
  id: 'j_dropold',
  name: 'dropOld',
  schedule: { cron: '0 3 * * *', catchUp: 'last' },
  capabilities: { movement: ['read', 'update'] },
  async run({ data, dueDay }) {
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: { items: readonly { readonly id: string; readonly day?: string | null }[]; next: string | null } = await data.movement.list({
        filters: [
          { field: 'state', op: 'eq', value: 'planned' },
          { field: 'day', op: 'lt', value: dueDay },
        ],
        ...(cursor === '' ? {} : { cursor }),
      });
      for (const movement of page.items) await data.movement.update(movement.id, { state: 'dropped' });
      cursor = page.next;
    }
  },
})`,
  ),
  'jobs/drop-old.test.ts': tests(
    shown(
      'what was planned for yesterday is dropped; today, no day and what is booked stay',
      bolts(),
      ...[
        `as: 'old', with: { day: '2026-01-19',`,
        `as: 'today', with: { day: '2026-01-20',`,
        `as: 'open', with: {`,
        `as: 'done', with: { state: 'booked', day: '2026-01-19',`,
      ].map((part) => `{ create: 'movement', ${part} article: 'bolts', quantity: 1, kind: 'out' } }`),
      `{ run: 'dropOld', at: '2026-01-20T02:00:00Z' }`,
      `{ read: 'old', then: { state: 'dropped' } }`,
      `{ read: 'today', then: { state: 'planned' } }`,
      `{ read: 'open', then: { state: 'planned' } }`,
      `{ read: 'done', then: { state: 'booked' } }`,
    ),
  ),
};
const planned = (as: string, more: string): string =>
  `{ create: 'movement', as: '${as}', with: { article: 'bolts', quantity: 1, kind: 'out', ${more} } }`;
const night = `{ run: 'dropOld', at: '2026-01-20T02:00:00Z' }`;
const dropHappy = {
  ...dropping,
  'jobs/drop-old.test.ts': tests(
    shown(
      'what was planned for yesterday is dropped',
      bolts(),
      planned('old', "day: '2026-01-19'"),
      night,
      `{ read: 'old', then: { state: 'dropped' } }`,
    ),
  ),
};

export const lendingAndDepot: readonly Ask[] = [
  {
    id: 'lending-renew',
    base: 'lending',
    request: 'A loan can be renewed by 14 days, twice at most, while the book is lent and not overdue.',
    scope: {
      components: ['operation/renewLoan', 'entity/loan'],
      members: ['operation/renewLoan', 'entity/loan#field/renewals', 'entity/loan#field/dueOn'],
    },
    beside: 'operations/renew-loan.test.ts',
    right: renew,
    faults: [
      {
        id: 'thrice',
        way: 'off by one',
        why: 'a loan can be renewed three times',
        files: altered(renewHappy, renewPath, ['>= 2', '> 2']),
        witness: [
          ada,
          book(1),
          lend('o'),
          `{ call: 'renewLoan', on: 'o' }`,
          `{ call: 'renewLoan', on: 'o' }`,
          `{ call: 'renewLoan', on: 'o', then: ${refused('conflict')} }`,
        ],
      },
      {
        id: 'last-day',
        way: 'wrong boundary',
        why: 'on the day it is due it counts as overdue',
        files: altered(renewHappy, renewPath, ['< today', '<= today']),
        witness: [ada, book(1), lend('o'), `{ today: '2026-02-12' }`, `{ call: 'renewLoan', on: 'o', then: { renewals: 1 } }`],
      },
      {
        id: 'overdue-too',
        way: 'deleted check',
        why: 'overdue loans are renewed',
        files: altered(
          renewHappy,
          renewPath,
          [`    if ((row.dueOn ?? today) < today) refuse('conflict', 'This loan is overdue.');\n`, ''],
          ['run({ data, row, today })', 'run({ data, row })'],
        ),
        witness: [ada, book(1), lend('o'), `{ today: '2026-02-13' }`, `{ call: 'renewLoan', on: 'o', then: ${refused('conflict')} }`],
      },
      {
        id: 'lent-on',
        way: 'wrong field',
        why: 'the day of lending is looked at, so a loan is overdue the next day',
        files: altered(renewHappy, renewPath, ['(row.dueOn ?? today) < today', 'row.lentOn < today']),
        witness: [ada, book(1), lend('o'), `{ today: '2026-01-20' }`, `{ call: 'renewLoan', on: 'o', then: { renewals: 1 } }`],
      },
      {
        id: 'returned-too',
        way: 'wrong status transition',
        why: 'a book that came back can be renewed; only lost ones are asked for',
        files: altered(renewHappy, renewPath, [`row.state !== 'lent'`, `row.state === 'lost'`]),
        witness: [
          ada,
          book(1),
          lend('o'),
          `{ call: 'returnLoan', on: 'o' }`,
          `{ call: 'renewLoan', on: 'o', then: ${refused('state-forbids')} }`,
        ],
      },
      {
        id: 'absent-is-nothing',
        way: 'forgetting existing rows',
        why: 'loans from before have no number of renewals, and then no due date: the field is made required and old rows are not thought of',
        files: {
          ...altered(renewHappy, 'entities/loan.ts', [`min: 0, default: 0 }`, `min: 0, required: true }`]),
          ...edited(lending, lendPath, [`state: 'lent' }`, `state: 'lent', renewals: 0 }`]),
        },
        witness: [
          ada,
          book(1),
          `{ create: 'loan', with: { member: 'ada', book: 'emma', lentOn: '2026-01-01' }, then: { dueOn: '2026-01-29' } }`,
        ],
      },
      {
        id: 'always-twice',
        way: 'lost update',
        why: 'the number is set to 1 each time, so it never reaches two',
        files: altered(renewHappy, renewPath, ['(row.renewals ?? 0) + 1 }', '1 }']),
        witness: [
          ada,
          book(1),
          lend('o'),
          `{ call: 'renewLoan', on: 'o' }`,
          `{ call: 'renewLoan', on: 'o', then: { dueOn: '2026-03-12' } }`,
        ],
      },
      {
        id: 'two-months',
        way: 'wrong unit',
        why: 'months were taken for fortnights: a renewal is 28 days, and the test says so',
        files: altered(
          {
            ...renewHappy,
            'operations/renew-loan.test.ts': tests(
              shown('a renewal', ada, book(2), lend('o'), `{ call: 'renewLoan', on: 'o', then: { dueOn: '2026-03-12' } }`),
            ),
          },
          'entities/loan.ts',
          ['28 + 14 *', '28 + 28 *'],
        ),
        witness: [ada, book(1), lend('o'), `{ call: 'renewLoan', on: 'o', then: { dueOn: '2026-02-26' } }`],
      },
    ],
  },
  {
    id: 'lending-fee-cap',
    base: 'lending',
    request: 'A late fee is at most the price of the book; a book without a price has no limit.',
    scope: { components: ['rule/lateFee', 'entity/loan'], members: ['rule/lateFee', 'entity/loan#field/fee'] },
    beside: 'rules/late-fee.test.ts',
    right: feeRight,
    faults: [
      {
        id: 'at-least',
        way: 'plausible but wrong',
        why: 'max for min: a late book costs its price at least',
        files: altered(feeHappy, feePath, ['min(fee, loan.book.price)', `late > 0 ? max(fee, loan.book.price) : fee`]),
        witness: feeAt('2026-02-14', "price: '2.00'", '1.00'),
      },
      {
        id: 'no-price-no-fee',
        way: 'forgetting existing rows',
        why: 'books without a price cost nothing when they are late',
        files: altered(feeHappy, feePath, [
          'return loan.book.price === undefined ? fee : min(fee, loan.book.price);',
          `return min(fee, loan.book.price ?? money('0.00'));`,
        ]),
        witness: feeAt('2026-02-14', '', '1.00'),
      },
      {
        id: 'grace',
        way: 'off by one',
        why: 'the first day is free',
        files: altered(feeHappy, feePath, ['late > 0 ? late * ', 'late > 1 ? (late - 1) * ']),
        witness: feeAt('2026-02-14', '', '1.00'),
      },
      {
        id: 'backwards',
        way: 'wrong sign',
        why: 'the days are counted from the return to the due date: who is early pays',
        files: altered(
          {
            ...feeHappy,
            'rules/late-fee.test.ts': tests(
              shown(
                'a fee is never above the price',
                ada,
                book(1, 'emma', "price: '0.00'"),
                lend('o'),
                `{ read: 'o', then: { fee: '0.00' } }`,
              ),
            ),
          },
          feePath,
          ['daysBetween(loan.dueOn, loan.returnedOn ?? today())', 'daysBetween(loan.returnedOn ?? today(), loan.dueOn)'],
        ),
        witness: feeAt('2026-02-12', '', '0.00').toSpliced(3, 1, `{ today: '2026-02-01' }`),
      },
      {
        id: 'five',
        way: 'wrong unit',
        why: 'five euros a day for half a euro',
        files: altered(feeHappy, feePath, [`money('0.50')`, `money('5.00')`]),
        witness: feeAt('2026-02-14', '', '1.00'),
      },
      {
        id: 'never-stops',
        way: 'wrong field',
        why: 'the day of return is not asked for any more, so the fee of a returned book grows on',
        files: altered(feeHappy, feePath, ['loan.returnedOn ?? today()', 'today()']),
        witness: [
          ada,
          book(1, 'emma', ''),
          lend('o'),
          `{ today: '2026-02-14' }`,
          `{ call: 'returnLoan', on: 'o' }`,
          `{ today: '2026-03-14' }`,
          `{ read: 'o', then: { fee: '1.00' } }`,
        ],
      },
      {
        id: 'capped-at-two',
        way: 'hard-coded to the examples',
        why: 'the price of the example is written out',
        files: altered(feeHappy, feePath, [
          'return loan.book.price === undefined ? fee : min(fee, loan.book.price);',
          `return min(fee, money('2.00'));`,
        ]),
        witness: feeAt('2026-03-14', "price: '9.00'", '9.00'),
      },
      {
        id: 'promise-gone',
        way: 'deleted check',
        why: 'the rule no longer ensures that a fee is not negative',
        files: altered(feeRight, feePath, [
          `  ensures: { notNegative: { holds: (loan) => loan.fee >= money('0.00'), message: 'a fee is never negative' } },\n`,
          '',
        ]),
      },
    ],
  },
  {
    id: 'lending-three-books',
    base: 'lending',
    request: 'A member has three books at a time at most.',
    scope: { components: ['operation/lendBook'], members: ['operation/lendBook'] },
    beside: 'operations/lend-book.test.ts',
    right: limited,
    faults: [
      {
        id: 'all-loans',
        way: 'ignoring cancelled ones',
        why: 'books that came back count as well',
        files: altered(limitedHappy, lendPath, [`        { field: 'state', op: 'eq', value: 'lent' },\n`, '']),
        witness: [...three, `{ call: 'returnLoan', on: 'a' }`, lend('d', 'emma', `{ state: 'lent' }`)],
      },
      {
        id: 'four',
        way: 'off by one',
        why: 'a fourth is lent; the test was made to fit',
        files: altered(
          {
            ...limitedHappy,
            'operations/lend-book.test.ts': `${lendTests.replace(/\]\);\n$/, '')}  ${shown('too many books are refused', ...three, lend('d'), lend('e', 'emma', refused('conflict')))},\n]);\n`,
          },
          lendPath,
          ['limit: 3', 'limit: 4'],
          ['>= 3', '> 3'],
        ),
        witness: [...three, lend('d', 'emma', refused('conflict'))],
      },
      {
        id: 'of-one-book',
        way: 'wrong field',
        why: 'three loans of the book by anybody are counted',
        files: altered(limitedHappy, lendPath, [
          `{ field: 'member', op: 'eq', value: member.id }`,
          `{ field: 'book', op: 'eq', value: input.book }`,
        ]),
        witness: [ada, book(9), book(9, 'ivan'), lend('a'), lend('b'), lend('c'), lend('d', 'ivan', refused('conflict'))],
      },
      {
        id: 'one-page',
        way: 'unbounded or first page only',
        why: 'loans of all members are listed, one page of two',
        files: altered({ ...limitedHappy, 'operations/lend-book.test.ts': lendTests }, lendPath, [
          `      limit: 3,\n`,
          `      limit: 2,\n`,
        ]),
        witness: [...three, lend('d', 'emma', refused('conflict'))],
      },
      {
        id: 'active-forgotten',
        way: 'deleted check',
        why: 'whether a member is active is not asked any more, and the example of it is gone',
        files: altered(
          {
            ...limitedHappy,
            'operations/lend-book.test.ts': tests(shown('a fourth book is refused', ...three, lend('d', 'emma', refused('conflict')))),
          },
          lendPath,
          [`    if (member.active !== true) refuse('conflict', 'This member may not borrow books.');\n`, ''],
        ),
        witness: [ada, book(1), `{ update: 'ada', with: { active: false } }`, lend('a', 'emma', refused('conflict'))],
      },
      {
        id: 'answer-without-loan',
        way: 'swallowed error',
        why: 'over the limit nothing is lent and nothing refused: the answer is an old loan',
        files: altered({ ...limitedHappy, 'operations/lend-book.test.ts': lendTests }, lendPath, [
          `if (held.items.length >= 3) refuse('conflict', 'A member has three books at most.');`,
          `const [first] = held.items;\n    if (held.items.length >= 3 && first !== undefined) return first;`,
        ]),
        witness: [...three, lend('d', 'emma', refused('conflict'))],
      },
    ],
  },
  {
    id: 'lending-lost',
    base: 'lending',
    request: 'A lent book can be reported lost; then its fee is its price, or 20 where it has none.',
    scope: {
      components: ['operation/loseLoan', 'rule/lateFee', 'entity/loan'],
      members: ['operation/loseLoan', 'rule/lateFee', 'entity/loan#field/fee'],
    },
    beside: 'operations/lose-loan.test.ts',
    right: lost,
    faults: [
      {
        id: 'back-on-shelf',
        way: 'plausible but wrong',
        why: 'the lost copy is put back on the shelf',
        files: altered(
          lostHappy,
          lostPath,
          [`{ loan: ['update'] }`, `{ loan: ['update'], book: ['read', 'update'] }`],
          [
            `return data.loan`,
            `const book = await data.book.get(row.book);\n    await data.book.update(book.id, { copies: book.copies + 1 });\n    return data.loan`,
          ],
        ),
        witness: [ada, book(2), lend('o'), `{ call: 'loseLoan', on: 'o' }`, `{ read: 'emma', then: { copies: 1 } }`],
      },
      {
        id: 'after-return',
        way: 'wrong status transition',
        why: 'a book that came back can be lost',
        files: altered(lostHappy, lostPath, [`from: ['lent']`, `from: ['lent', 'returned']`]),
        witness: [
          ada,
          book(2),
          lend('o'),
          `{ call: 'returnLoan', on: 'o' }`,
          `{ call: 'loseLoan', on: 'o', then: ${refused('state-forbids')} }`,
        ],
      },
      {
        id: 'free',
        way: 'plausible but wrong',
        why: 'a book without a price costs nothing when it is lost',
        files: altered(lostHappy, feePath, [`money('20.00')`, `money('0.00')`]),
        witness: [ada, book(2, 'emma', ''), lend('o'), `{ call: 'loseLoan', on: 'o', then: { fee: '20.00' } }`],
      },
      {
        id: 'returned-costs-too',
        way: 'wrong boundary',
        why: 'all that is not lent costs the price, books that came back too',
        files: altered(lostHappy, feePath, [`loan.state === 'lost'`, `loan.state !== 'lent'`]),
        witness: [ada, book(2), lend('o'), `{ call: 'returnLoan', on: 'o', then: { fee: '0.00' } }`],
      },
      {
        id: 'two-hundred',
        way: 'wrong unit',
        why: '20 is written as 0.20',
        files: altered(lostHappy, feePath, [`money('20.00')`, `money('0.20')`]),
        witness: [ada, book(2, 'emma', ''), lend('o'), `{ call: 'loseLoan', on: 'o', then: { fee: '20.00' } }`],
      },
    ],
  },
  {
    id: 'depot-transfer',
    base: 'depot',
    request: 'Keepers can move a quantity of one article to another; never more than there is, and not to itself.',
    scope: { components: ['operation/transferStock'], members: ['operation/transferStock'] },
    acceptance: {
      path: 'operations/transfer-stock.test.ts',
      text: tests(
        shown('what leaves one arrives at the other', bolts(), nuts, move(4, '{ onHand: 6 }'), `{ read: 'nuts', then: { onHand: 5 } }`),
      ),
    },
    beside: 'operations/transfer-stock.test.ts',
    right: transfer,
    faults: [
      {
        id: 'all-is-too-much',
        way: 'wrong boundary',
        why: 'the last piece cannot be moved',
        files: altered(transferHappy, swapPath, ['row.onHand < input', 'row.onHand <= input']),
        witness: [bolts(), nuts, move(10, '{ onHand: 0 }')],
      },
      {
        id: 'target-checked',
        way: 'wrong field',
        why: 'the target is asked whether it has enough, and the source goes below nothing',
        files: altered(
          { ...transferHappy, 'operations/transfer-stock.test.ts': tests(shown('moved', bolts(), nuts, move(1, '{ onHand: 9 }'))) },
          swapPath,
          [
            `    if (row.onHand < input.quantity) refuse('conflict', 'There is not enough on hand.');\n    const target = await data.article.get(input.to);`,
            `    const target = await data.article.get(input.to);\n    if (target.onHand < input.quantity) refuse('conflict', 'There is not enough on hand.');`,
          ],
        ),
        witness: [bolts(), nuts, move(4, '{ onHand: 6 }')],
      },
      {
        id: 'to-itself',
        way: 'deleted check',
        why: 'moved to itself an article loses what is moved: it is read before and written twice',
        files: altered(transferHappy, swapPath, [
          `    if (input.to === row.id) refuse('invalid', 'An article is not moved to itself.');\n`,
          '',
        ]),
        witness: [bolts(), `{ call: 'transferStock', on: 'bolts', with: { to: 'bolts', quantity: 4 }, then: ${refused('invalid')} }`],
      },
      {
        id: 'drivers',
        way: 'missing access check',
        why: 'drivers may move stock',
        files: altered(transferHappy, swapPath, [`  roles: ['keeper', 'owner'],\n`, '']),
        witness: [bolts(), nuts, move(1, refused('forbidden'), "by: 'driver', ")],
      },
      {
        id: 'out-of-nothing',
        way: 'lost update',
        why: 'what arrives does not leave',
        files: altered(
          {
            ...transferHappy,
            'operations/transfer-stock.test.ts': tests(
              shown('what is moved arrives', bolts(), nuts, move(1, "{ name: 'Bolts' }"), `{ read: 'nuts', then: { onHand: 2 } }`),
            ),
          },
          swapPath,
          ['row.onHand - input.quantity', 'row.onHand'],
        ),
        witness: [bolts(), nuts, move(4, '{ onHand: 6 }')],
      },
      {
        id: 'negative',
        way: 'deleted check',
        why: 'a negative quantity takes from the other article',
        files: altered(transferHappy, swapPath, [', required: true, min: 1 }', ', required: true }']),
        witness: [bolts(), nuts, move(-1, refused('invalid'))],
      },
      {
        id: 'tells-cost',
        way: 'leaking sensitive values',
        why: 'it is given the cost of articles, which no keeper may see, and writes it to the log',
        files: altered(
          transferHappy,
          swapPath,
          [`article: ['read', 'update']`, `article: { access: ['read', 'update'], sensitive: ['cost'] }`],
          ['run({ data, row, input }) {', 'run({ data, row, input, log }) {\n    log({ cost: row.cost ?? 0 });'],
        ),
      },
    ],
  },
  {
    id: 'depot-close-alerts',
    base: 'depot',
    request: 'When an article has reached its mark again, its open alerts are closed.',
    scope: { components: ['reaction/closeAlerts'], members: ['reaction/closeAlerts'] },
    beside: 'reactions/close-alerts.test.ts',
    right: closing,
    faults: [
      {
        id: 'above-alone',
        way: 'wrong boundary',
        why: 'at exactly the mark the alert stays',
        files: altered(closeHappy, closePath, ['article.onHand < (', 'article.onHand <= (']),
        witness: [
          ...low,
          `{ update: 'bolts', with: { onHand: 5 } }`,
          `{ react: 'closeAlerts', on: 'bolts' }`,
          `{ read: 'low', then: { open: false } }`,
        ],
      },
      {
        id: 'all-alerts',
        way: 'wrong list',
        why: 'alerts of all articles are closed',
        files: altered(closeHappy, closePath, [`        { field: 'article', op: 'eq', value: article.id },\n`, '']),
        witness: [
          bolts(9),
          nuts,
          `{ create: 'alert', as: 'other', with: { article: 'nuts', message: 'low' } }`,
          `{ react: 'closeAlerts', on: 'bolts' }`,
          `{ read: 'other', then: { open: true } }`,
        ],
      },
      {
        id: 'always',
        way: 'deleted check',
        why: 'alerts are closed whatever is on hand',
        files: altered(closeHappy, closePath, [`    if (article.onHand < (article.reorderAt ?? 0)) return;\n`, '']),
        witness: [...low, `{ react: 'closeAlerts', on: 'bolts' }`, `{ read: 'low', then: { open: true } }`],
      },
      {
        id: 'first-alert',
        way: 'unbounded or first page only',
        why: 'only one of several alerts is closed',
        files: altered(closeHappy, closePath, [
          `{ field: 'open', op: 'eq', value: true },\n      ],`,
          `{ field: 'open', op: 'eq', value: true },\n      ],\n      limit: 1,`,
        ]),
        witness: [
          bolts(9),
          `{ create: 'alert', as: 'a', with: { article: 'bolts', message: 'low' } }`,
          `{ create: 'alert', as: 'b', with: { article: 'bolts', message: 'low' } }`,
          `{ react: 'closeAlerts', on: 'bolts' }`,
          `{ read: 'a', then: { open: false } }`,
          `{ read: 'b', then: { open: false } }`,
        ],
      },
      {
        id: 'deletes',
        way: 'too wide capability',
        why: 'alerts are deleted, not closed; nothing is left of them',
        files: altered(
          {
            ...closeHappy,
            'reactions/close-alerts.test.ts': tests(
              shown(
                'no alert is open',
                bolts(9),
                `{ create: 'alert', as: 'low', with: { article: 'bolts', message: 'low' } }`,
                `{ react: 'closeAlerts', on: 'bolts' }`,
                `{ show: 'openAlerts', then: [] }`,
              ),
            ),
          },
          closePath,
          [`alert: ['read', 'update']`, `alert: ['read', 'delete']`],
          ['data.alert.update(alert.id, { open: false })', 'data.alert.delete(alert.id)'],
        ),
        witness: [
          bolts(9),
          `{ create: 'alert', as: 'low', with: { article: 'bolts', message: 'low' } }`,
          `{ react: 'closeAlerts', on: 'bolts' }`,
          `{ read: 'low', then: { open: false } }`,
        ],
      },
    ],
  },
  {
    id: 'depot-drop-old',
    base: 'depot',
    request: 'Each night planned movements of days that are over are dropped.',
    scope: { components: ['job/dropOld'], members: ['job/dropOld'] },
    beside: 'jobs/drop-old.test.ts',
    right: dropping,
    faults: [
      {
        id: 'today-too',
        way: 'wrong boundary',
        why: 'what is planned for today is dropped',
        files: altered(dropHappy, jobPath, [`op: 'lt'`, `op: 'le'`]),
        witness: [bolts(), planned('a', "day: '2026-01-20'"), night, `{ read: 'a', then: { state: 'planned' } }`],
      },
      {
        id: 'booked-too',
        way: 'deleted check',
        why: 'booked movements are dropped as well',
        files: altered(dropHappy, jobPath, [`          { field: 'state', op: 'eq', value: 'planned' },\n`, '']),
        witness: [bolts(), planned('a', "state: 'booked', day: '2026-01-19'"), night, `{ read: 'a', then: { state: 'booked' } }`],
      },
      {
        id: 'undated-too',
        way: 'forgetting existing rows',
        why: 'movements without a day are dropped: the day is compared as a text that may be empty',
        files: altered(
          dropHappy,
          jobPath,
          [`          { field: 'day', op: 'lt', value: dueDay },\n`, ''],
          ['for (const movement of page.items) await', `for (const movement of page.items) if ((movement.day ?? '') < dueDay) await`],
        ),
        witness: [bolts(), planned('a', ''), night, `{ read: 'a', then: { state: 'planned' } }`],
      },
      {
        id: 'one-page',
        way: 'unbounded or first page only',
        why: 'the first page of one alone is looked at',
        files: altered(
          dropHappy,
          jobPath,
          [`...(cursor === '' ? {} : { cursor }),`, `...(cursor === '' ? {} : { cursor }),\n        limit: 1,`],
          ['cursor = page.next;', 'cursor = null;'],
        ),
        witness: [
          bolts(),
          planned('a', "day: '2026-01-18'"),
          planned('b', "day: '2026-01-19'"),
          night,
          `{ read: 'a', then: { state: 'dropped' } }`,
          `{ read: 'b', then: { state: 'dropped' } }`,
        ],
      },
      {
        id: 'books-them',
        way: 'wrong status transition',
        why: 'what is over is marked as booked, though nothing was moved; the test looks for a state that is not planned',
        files: altered(
          {
            ...dropHappy,
            'jobs/drop-old.test.ts': tests(
              shown(
                'what is over is not planned any more',
                bolts(),
                planned('old', "day: '2026-01-19'"),
                night,
                `{ read: 'old', then: { state: 'booked' } }`,
              ),
            ),
          },
          jobPath,
          [`{ state: 'dropped' }`, `{ state: 'booked' }`],
        ),
        witness: [bolts(), planned('a', "day: '2026-01-19'"), night, `{ read: 'a', then: { state: 'dropped' } }`],
      },
    ],
  },
];
