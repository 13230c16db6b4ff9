/** Rules as they are published elsewhere: tariffs by steps, premiums, late fees, tax by line and by sum, rounding, discounts. */
import { fails, holds, type RuleCase } from './support/rule-case.ts';
import { ruled } from './support/ruled.ts';

const kept = { kind: 'ensures', rule: 'decided', ensures: 'kept' } as const;

export const publishedPricing: readonly RuleCase[] = [
  holds({
    id: 'published-tariff-progressive',
    title: 'A tariff by steps grows',
    files: ruled(
      'meter',
      `kwh: integer({ required: true, min: 0, max: 100000 }), bill: integer({ live: decided }),`,
      'bill',
      `(meter) => min(meter.kwh, 100) * 2 + max(min(meter.kwh, 500) - 100, 0) * 3 + max(meter.kwh - 500, 0) * 4`,
    ),
    statement: { kind: 'monotone', of: 'rule/decided', in: 'kwh', direction: 'up' },
    why: 'Each step adds something for each unit.',
  }),
  fails(
    {
      id: 'published-tariff-progressive-negative-step',
      title: 'A step with a price below zero',
      files: ruled(
        'meter',
        `kwh: integer({ required: true, min: 0, max: 100000 }), bill: integer({ live: decided }),`,
        'bill',
        `(meter) => min(meter.kwh, 100) * 2 + max(min(meter.kwh, 500) - 100, 0) * 3 + max(meter.kwh - 500, 0) * -1`,
      ),
      statement: { kind: 'monotone', of: 'rule/decided', in: 'kwh', direction: 'up' },
      why: 'From 500 on each unit makes the bill smaller.',
    },
    { row: { kwh: 0 }, changed: { kwh: 99998 } },
  ),
  holds({
    id: 'published-tariff-units-started',
    title: 'Each half hour begun is paid, up to a day ticket',
    files: ruled(
      'stay',
      `minutes: integer({ required: true, min: 0, max: 1440 }), fee: money({ live: decided }),`,
      'fee',
      `(stay) => min(money('2.50') * divide(stay.minutes, 30, { scale: 0, rounding: 'up' }), money('20.00'))`,
      `(stay) => stay.fee <= money('20.00') && (stay.minutes === 0 || stay.fee >= money('2.50'))`,
    ),
    statement: kept,
    why: 'One begun half hour costs 2.50, and 20.00 is the most.',
  }),
  fails(
    {
      id: 'published-tariff-units-down',
      title: 'Half hours rounded down',
      files: ruled(
        'stay',
        `minutes: integer({ required: true, min: 0, max: 1440 }), fee: money({ live: decided }),`,
        'fee',
        `(stay) => money('2.50') * divide(stay.minutes, 30, { scale: 0, rounding: 'down' })`,
        `(stay) => stay.minutes === 0 || stay.fee >= money('2.50')`,
      ),
      statement: kept,
      why: 'A minute costs nothing.',
    },
    { row: { minutes: 1 } },
  ),
  holds({
    id: 'published-insurance-premium-bounds',
    title: 'A premium with surcharges and a bonus stays in its range',
    files: ruled(
      'policy',
      `age: integer({ required: true, min: 17, max: 110 }), accidents: integer({ required: true, min: 0, max: 10 }), years: integer({ required: true, min: 0, max: 60 }), premium: money({ live: decided }),`,
      'premium',
      `(policy) => { const base = money('200.00') + (policy.age < 25 ? money('100.00') : policy.age > 70 ? money('80.00') : money('0.00')) + money('50.00') * policy.accidents; return policy.accidents === 0 ? base - percentOf(base, min(policy.years * 5, 50)) : base; }`,
      `(policy) => policy.premium >= money('100.00') && policy.premium <= money('800.00')`,
    ),
    statement: kept,
    why: 'Least: 200 less a half. Most: 300 and ten times 50.',
  }),
  fails(
    {
      id: 'published-insurance-premium-not-monotone-age',
      title: 'A premium does not grow with age',
      files: ruled(
        'policy',
        `age: integer({ required: true, min: 17, max: 110 }), accidents: integer({ required: true, min: 0, max: 10 }), years: integer({ required: true, min: 0, max: 60 }), premium: money({ live: decided }),`,
        'premium',
        `(policy) => { const base = money('200.00') + (policy.age < 25 ? money('100.00') : policy.age > 70 ? money('80.00') : money('0.00')) + money('50.00') * policy.accidents; return policy.accidents === 0 ? base - percentOf(base, min(policy.years * 5, 50)) : base; }`,
      ),
      statement: { kind: 'monotone', of: 'rule/decided', in: 'age', direction: 'up' },
      why: 'At 25 the surcharge for the young ends.',
    },
    { row: { age: 17, accidents: 0, years: 0 }, changed: { age: 25 } },
  ),
  holds({
    id: 'published-insurance-more-claimfree-years-never-dearer',
    title: 'More years without a claim never cost more',
    files: ruled(
      'policy',
      `age: integer({ required: true, min: 17, max: 110 }), accidents: integer({ required: true, min: 0, max: 10 }), years: integer({ required: true, min: 0, max: 60 }), premium: money({ live: decided }),`,
      'premium',
      `(policy) => { const base = money('200.00') + (policy.age < 25 ? money('100.00') : policy.age > 70 ? money('80.00') : money('0.00')) + money('50.00') * policy.accidents; return policy.accidents === 0 ? base - percentOf(base, min(policy.years * 5, 50)) : base; }`,
    ),
    statement: { kind: 'monotone', of: 'rule/decided', in: 'years', direction: 'down' },
    why: 'The bonus grows with them, up to a half.',
  }),
  holds({
    id: 'published-fee-capped-monotone-days',
    title: 'A capped late fee grows with the days',
    files: ruled(
      'bill',
      `amount: money({ required: true, min: '0.00', max: '100000.00' }), late: integer({ required: true, min: 0, max: 3650 }), fee: money({ live: decided }),`,
      'fee',
      `(bill) => min(percentOf(bill.amount, 1) * bill.late, percentOf(bill.amount, 20))`,
    ),
    statement: { kind: 'monotone', of: 'rule/decided', in: 'late', direction: 'up' },
    why: 'The smaller of what grows and what stays.',
  }),
  fails(
    {
      id: 'published-fee-minimum-breaks-cap',
      title: 'A least fee is more than a small amount',
      files: ruled(
        'bill',
        `amount: money({ required: true, min: '0.00', max: '100000.00' }), late: integer({ required: true, min: 0, max: 3650 }), fee: money({ live: decided }),`,
        'fee',
        `(bill) => bill.late === 0 ? money('0.00') : max(money('5.00'), min(percentOf(bill.amount, 1) * bill.late, percentOf(bill.amount, 20)))`,
        `(bill) => bill.fee <= bill.amount`,
      ),
      statement: kept,
      why: '5.00 for an amount of 4.98.',
    },
    { row: { amount: '0.00', late: 1 } },
  ),
  holds({
    id: 'published-vat-gross-to-net-roundtrip',
    title: 'Net from gross and back within a cent',
    files: ruled(
      'sale',
      `gross: money({ required: true, min: '0.00', max: '100000.00' }), net: money({ live: decided }),`,
      'net',
      `(sale) => divide(sale.gross * 100, 119, { scale: 2, rounding: 'half-up' })`,
      `(sale) => sale.net + percentOf(sale.net, 19) - sale.gross <= money('0.01') && sale.gross - sale.net - percentOf(sale.net, 19) <= money('0.01')`,
    ),
    statement: kept,
    why: 'Net is off by half a cent, its tax by another half.',
  }),
  fails(
    {
      id: 'published-vat-gross-to-net-exact',
      title: 'Net from gross and back, to the cent',
      files: ruled(
        'sale',
        `gross: money({ required: true, min: '0.00', max: '100000.00' }), net: money({ live: decided }),`,
        'net',
        `(sale) => divide(sale.gross * 100, 119, { scale: 2, rounding: 'half-up' })`,
        `(sale) => sale.net + percentOf(sale.net, 19) === sale.gross`,
      ),
      statement: kept,
      why: 'Some amounts cannot be met.',
    },
    { row: { gross: '0.03' } },
  ),
  fails(
    {
      id: 'published-vat-per-line-equals-per-sum',
      title: 'Tax by line is not tax of the sum',
      files: ruled(
        'sale',
        `no: text({}), lines: list({ item: 'line', fields: { net: money({ required: true, min: '0.00', max: '1000.00' }) } }), vat: money({ live: decided }),`,
        'vat',
        `(sale) => sum(sale.lines, (line) => percentOf(line.net, 19))`,
        `(sale) => sale.vat === percentOf(sum(sale.lines, (line) => line.net), 19)`,
      ),
      statement: kept,
      why: 'Two lines of 0.03 have 0.02 of tax, their sum 0.01.',
    },
    { row: { lines: [{ net: '0.01' }, { net: '0.02' }] } },
  ),
  holds({
    id: 'published-vat-per-line-at-most-sum',
    title: 'Tax by line is never more than the sum',
    files: ruled(
      'sale',
      `no: text({}), lines: list({ item: 'line', fields: { net: money({ required: true, min: '0.00', max: '1000.00' }) } }), vat: money({ live: decided }),`,
      'vat',
      `(sale) => sum(sale.lines, (line) => percentOf(line.net, 19))`,
      `(sale) => sale.vat <= sum(sale.lines, (line) => line.net)`,
    ),
    statement: kept,
    why: 'Of no line it is more than the line.',
  }),
  holds({
    id: 'published-round-99-ending-idempotent',
    title: 'Prices that end in 99',
    files: ruled(
      'sale',
      `price: money({ required: true, min: '1.00', max: '10000.00' }), shown: money({ live: decided }),`,
      'shown',
      `(sale) => round(sale.price, { scale: 0, rounding: 'up' }) - money('0.01')`,
    ),
    statement: { kind: 'idempotent', of: 'rule/decided', into: 'price' },
    why: 'What ends in 99 stays as it is.',
  }),
  holds({
    id: 'published-discount-sequential',
    title: 'A discount on what a first discount left',
    files: ruled(
      'basket',
      `total: money({ required: true, min: '0.00', max: '100000.00' }), first: integer({ required: true, min: 0, max: 100 }), second: integer({ required: true, min: 0, max: 100 }), left: money({ live: decided }),`,
      'left',
      `(basket) => { const once = basket.total - percentOf(basket.total, basket.first); return once - percentOf(once, basket.second); }`,
      `(basket) => basket.left >= money('0.00') && basket.left <= basket.total`,
    ),
    statement: kept,
    why: 'Neither leaves less than nothing.',
  }),
];
