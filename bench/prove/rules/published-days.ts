/** Rules as they are published elsewhere: months, quarters, ages, weekdays, working time, approvals, absent values. */
import { fails, holds, type RuleCase } from './support/rule-case.ts';
import { ruled } from './support/ruled.ts';
import { entity } from './support/sources.ts';

const kept = { kind: 'ensures', rule: 'decided', ensures: 'kept' } as const;

export const publishedDays: readonly RuleCase[] = [
  holds({
    id: 'published-leave-by-years',
    title: 'Leave by years of service',
    files: ruled(
      'worker',
      `years: integer({ required: true, min: 0, max: 60 }), disabled: boolean({ required: true }), days: integer({ min: 20, max: 30, live: decided }),`,
      'days',
      `(worker) => 20 + min(divide(worker.years, 2, { scale: 0, rounding: 'down' }), 5) + (worker.disabled ? 5 : 0)`,
    ),
    statement: { kind: 'bounds', entity: 'worker', field: 'days' },
    why: '20 days, up to 5 for service and 5 more.',
  }),
  fails(
    {
      id: 'published-month-there-and-back',
      title: 'A month on and a month back',
      files: ruled(
        'bill',
        `issued: date({ required: true, min: '2000-01-01', max: '2099-12-31' }), due: date({ live: decided }),`,
        'due',
        `(bill) => addMonths(addMonths(bill.issued, 1), -1)`,
        `(bill) => bill.due === bill.issued`,
      ),
      statement: kept,
      why: '31 January leads to 28 February, and that to 28 January.',
    },
    { row: { issued: '2024-01-31' } },
  ),
  holds({
    id: 'published-month-add-monotone',
    title: 'A month on, a later day stays later',
    files: ruled(
      'bill',
      `issued: date({ required: true, min: '2000-01-01', max: '2099-12-31' }), due: date({ live: decided }),`,
      'due',
      `(bill) => addMonths(bill.issued, 1)`,
    ),
    statement: { kind: 'monotone', of: 'rule/decided', in: 'issued', direction: 'up' },
    why: 'What is cut off at the end of a month falls together.',
  }),
  fails(
    {
      id: 'published-quarters',
      title: 'A quarter is not always 90 days',
      files: ruled(
        'bill',
        `issued: date({ required: true, min: '2020-01-01', max: '2029-12-31' }), due: date({ live: decided }),`,
        'due',
        `(bill) => addMonths(bill.issued, 3)`,
        `(bill) => daysBetween(bill.issued, bill.due) >= 90 && daysBetween(bill.issued, bill.due) <= 92`,
      ),
      statement: kept,
      why: '30 November to 28 February are 90, 31 January to 30 April are 89.',
    },
    { row: { issued: '2025-02-28' } },
  ),
  holds({
    id: 'published-quarters-89',
    title: 'A quarter is 89 to 92 days',
    files: ruled(
      'bill',
      `issued: date({ required: true, min: '2020-01-01', max: '2029-12-31' }), due: date({ live: decided }),`,
      'due',
      `(bill) => addMonths(bill.issued, 3)`,
      `(bill) => daysBetween(bill.issued, bill.due) >= 89 && daysBetween(bill.issued, bill.due) <= 92`,
    ),
    statement: kept,
    why: 'February is in it, or two months of 31 days are.',
  }),
  holds({
    id: 'published-age-by-birthday',
    title: 'Of age by birthday has lived 6,574 days',
    files: ruled(
      'person',
      `born: date({ required: true, min: '1900-01-01', max: '2026-01-01' }), on: date({ required: true, min: '2026-01-02', max: '2030-12-31' }), adult: boolean({ live: decided }),`,
      'adult',
      `(person) => addMonths(person.born, 216) <= person.on`,
      `(person) => !person.adult || daysBetween(person.born, person.on) >= 6574`,
    ),
    statement: kept,
    why: 'Between 1900 and 2048 eighteen years have at least four leap days.',
  }),
  fails(
    {
      id: 'published-age-by-365',
      title: 'Of age by 365 days a year',
      files: ruled(
        'person',
        `born: date({ required: true, min: '1900-01-01', max: '2026-01-01' }), on: date({ required: true, min: '2026-01-02', max: '2030-12-31' }), adult: boolean({ live: decided }),`,
        'adult',
        `(person) => daysBetween(person.born, person.on) >= 18 * 365`,
        `(person) => person.adult === (addMonths(person.born, 216) <= person.on)`,
      ),
      statement: kept,
      why: 'Leap days make it some days too early.',
    },
    { row: { born: '2008-01-06', on: '2026-01-02' } },
  ),
  holds({
    id: 'published-weekday',
    title: 'What falls on a weekend is moved on',
    files: ruled(
      'bill',
      `issued: date({ required: true, min: '2020-01-01', max: '2029-12-31' }), due: date({ live: decided }),`,
      'due',
      `(bill) => { const d = daysBetween(date('2024-01-01'), bill.issued) % 7; return d === 5 ? addDays(bill.issued, 2) : d === 6 ? addDays(bill.issued, 1) : bill.issued; }`,
      `(bill) => bill.due >= bill.issued`,
    ),
    statement: kept,
    why: 'Saturday by two days, Sunday by one.',
  }),
  holds({
    id: 'published-working-time-modulo',
    title: 'The end of a shift by the clock',
    files: ruled(
      'shift',
      `start: integer({ required: true, min: 0, max: 1439 }), length: integer({ required: true, min: 0, max: 1440 }), end: integer({ min: 0, max: 1439, live: decided }),`,
      'end',
      `(shift) => (shift.start + shift.length) % 1440`,
    ),
    statement: { kind: 'bounds', entity: 'shift', field: 'end' },
    why: 'What is left over of 1,440 is less than that.',
  }),
  fails(
    {
      id: 'published-working-time-break',
      title: 'Paid time falls where a break begins',
      files: ruled(
        'shift',
        `minutes: integer({ required: true, min: 0, max: 1440 }), paid: integer({ live: decided }),`,
        'paid',
        `(shift) => shift.minutes - (shift.minutes > 540 ? 45 : shift.minutes > 360 ? 30 : 0)`,
      ),
      statement: { kind: 'monotone', of: 'rule/decided', in: 'minutes', direction: 'up' },
      why: '360 minutes are paid in full, 361 less 30.',
    },
    { row: { minutes: 359 }, changed: { minutes: 361 } },
  ),
  fails(
    {
      id: 'published-approval-includes',
      title: 'One of two roles approves from 1,000.00 on',
      files: ruled(
        'purchase',
        `amount: money({ required: true, min: '0.00', max: '1000000.00' }), approver: choice({ choices: [nobody, manager, director, board], live: decided }),`,
        'approver',
        `(purchase) => purchase.amount > money('10000.00') ? 'board' : purchase.amount > money('1000.00') ? 'director' : purchase.amount > money('100.00') ? 'manager' : 'nobody'`,
        `(purchase) => purchase.amount < money('1000.00') || ['director', 'board'].includes(purchase.approver)`,
      ),
      statement: kept,
      why: 'At 1,000.00 itself the manager does.',
    },
    { row: { amount: '1000.00' } },
  ),
  fails(
    {
      id: 'published-list-some-every',
      title: 'All of none is true, some of none is not',
      files: ruled(
        'order',
        `no: text({}), lines: list({ item: 'line', fields: { quantity: integer({ required: true, min: 0, max: 1000 }), price: money({ required: true, min: '0.00', max: '1000.00' }), free: boolean({ required: true }) } }), free: boolean({ live: decided }),`,
        'free',
        `(order) => order.lines.every((line) => line.free)`,
        `(order) => !order.free || order.lines.some((line) => line.free)`,
      ),
      statement: kept,
      why: 'An order without lines.',
    },
    { row: { lines: [] } },
  ),
  holds({
    id: 'published-split-two-preserves',
    title: 'A bill split in two adds up',
    files: ruled(
      'bill',
      `amount: money({ required: true, min: '0.00', max: '100000.00' }), mine: money({ live: decided }), yours: money({ live: (bill) => bill.amount - decided(bill) }),`,
      'mine',
      `(bill) => divide(bill.amount, 2, { scale: 2, rounding: 'up' })`,
      `(bill) => bill.mine + bill.yours === bill.amount && bill.mine - bill.yours <= money('0.01')`,
    ),
    statement: kept,
    why: 'One pays the rest.',
  }),
  fails(
    {
      id: 'published-optional-nested',
      title: 'Allowed where no limit is known',
      files: ruled(
        'order',
        `customer: reference({ to: 'customer' }), total: money({ required: true, min: '0.00', max: '1000.00' }), allowed: boolean({ live: decided }),`,
        'allowed',
        `(order) => order.customer?.limit === undefined || order.total <= order.customer.limit`,
        `(order) => !order.allowed || order.customer?.limit !== undefined`,
        entity('customer', `limit: money({ min: '0.00', max: '5000.00' }),`),
      ),
      statement: kept,
      why: 'A customer without a limit, or no customer.',
    },
    { row: { customer: null, total: '0.04' } },
  ),
];
