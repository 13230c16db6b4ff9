/** Rules as they are published elsewhere, as people and models write them: returns, notice, ages, paydays, warranties. Their truth was found by going through all rows of a grid in plain TypeScript. */
import { fails, holds, type RuleCase } from './support/rule-case.ts';
import { ruled } from './support/ruled.ts';

const kept = { kind: 'ensures', rule: 'decided', ensures: 'kept' } as const;

export const plainDates: readonly RuleCase[] = [
  holds({
    id: 'published-vat-return-tenth',
    title: 'Vat return tenth',
    files: ruled(
      'sale',
      `on: date({ required: true, min: '2000-01-01', max: '2099-12-31' }),due: date({ live: decided }),`,
      'due',
      `(sale) => addDays(addMonths(endOfQuarter(sale.on), 1), 10)`,
      `(sale) => sale.due > sale.on`,
    ),
    statement: kept,
    why: 'All rows of the grid keep it.',
  }),
  fails(
    {
      id: 'published-weekend-numbered-from-sunday',
      title: 'Weekend numbered from sunday',
      files: ruled(
        'drop',
        `on: date({ required: true, min: '2000-01-01', max: '2099-12-31' }),open: boolean({ live: decided }),`,
        'open',
        `(drop) => { const d = daysBetween(date('2024-01-01'), drop.on) % 7; return d !== 0 && d !== 6; }`,
        `(drop) => !drop.open || daysBetween(date('2024-01-06'), drop.on) % 7 !== 0`,
      ),
      statement: kept,
      why: 'A row of the grid speaks against it.',
    },
    { row: { on: '2024-01-06' } },
  ),
  holds({
    id: 'published-rent-by-days-of-month',
    title: 'Rent by days of month',
    files: ruled(
      'lease',
      `on: date({ required: true, min: '2000-01-01', max: '2099-12-31' }),rent: money({ required: true, min: '0.00', max: '9999.00' }),due: money({ live: decided }),`,
      'due',
      `(lease) => { const last = dayOf(endOfMonth(lease.on)); return divide(lease.rent * (last - dayOf(lease.on) + 1), last, { scale: 2, rounding: 'half-up' }) ?? money('0.00'); }`,
      `(lease) => lease.due <= lease.rent`,
    ),
    statement: kept,
    why: 'All rows of the grid keep it.',
  }),
  holds({
    id: 'published-notice-by-service',
    title: 'Notice by service',
    files: ruled(
      'job',
      `begun: date({ required: true, min: '1980-01-01', max: '2030-12-31' }),told: date({ required: true, min: '2020-01-01', max: '2035-12-31' }),ends: date({ live: decided }),`,
      'ends',
      `(job) => { const years = yearsBetween(job.begun, job.told); const months = years >= 20 ? 7 : years >= 15 ? 6 : years >= 12 ? 5 : years >= 10 ? 4 : years >= 8 ? 3 : years >= 5 ? 2 : 1; return endOfMonth(addMonths(job.told, months)); }`,
      `(job) => daysBetween(job.told, job.ends) >= 28 && monthOf(addDays(job.ends, 1)) !== monthOf(job.ends)`,
    ),
    statement: kept,
    why: 'All rows of the grid keep it.',
  }),
  fails(
    {
      id: 'published-notice-ladder-out-of-order',
      title: 'Notice ladder out of order',
      files: ruled(
        'job',
        `years: integer({ required: true, min: 0, max: 60 }),months: integer({ live: decided }),`,
        'months',
        `(job) => { if (job.years >= 2) return 1; if (job.years >= 20) return 7; if (job.years >= 10) return 4; return job.years >= 1 ? 2 : 0; }`,
      ),
      statement: { kind: 'monotone', of: 'rule/decided', in: 'years', direction: 'up' },
      why: 'A row of the grid speaks against it.',
    },
    { row: { years: 1 }, changed: { years: 2 } },
  ),
  holds({
    id: 'published-age-by-years-one-off',
    title: 'Age by years one off',
    files: ruled(
      'guest',
      `born: date({ required: true, min: '1950-01-01', max: '2015-12-31' }),on: date({ required: true, min: '2016-01-01', max: '2035-12-31' }),years: integer({ live: decided }),`,
      'years',
      `(guest) => yearOf(guest.on) - yearOf(guest.born)`,
      `(guest) => guest.years - yearsBetween(guest.born, guest.on) <= 1 && guest.years >= yearsBetween(guest.born, guest.on)`,
    ),
    statement: kept,
    why: 'All rows of the grid keep it.',
  }),
  holds({
    id: 'published-school-start-cutoff',
    title: 'School start cutoff',
    files: ruled(
      'child',
      `born: date({ required: true, min: '2010-01-01', max: '2030-12-31' }),begins: integer({ live: decided }),`,
      'begins',
      `(child) => monthOf(child.born) <= 6 ? yearOf(child.born) + 6 : yearOf(child.born) + 7`,
      `(child) => child.begins >= 2016 && child.begins <= 2037`,
    ),
    statement: kept,
    why: 'All rows of the grid keep it.',
  }),
  holds({
    id: 'published-payday-before-weekend',
    title: 'Payday before weekend',
    files: ruled(
      'pay',
      `on: date({ required: true, min: '2000-01-01', max: '2099-12-31' }),paid: date({ live: decided }),`,
      'paid',
      `(pay) => { const last = endOfMonth(pay.on); return addDays(last, -max(weekdayOf(last) - 5, 0)); }`,
      `(pay) => weekdayOf(pay.paid) <= 5 && monthOf(pay.paid) === monthOf(pay.on)`,
    ),
    statement: kept,
    why: 'All rows of the grid keep it.',
  }),
  holds({
    id: 'published-warranty-two-years',
    title: 'Warranty two years',
    files: ruled(
      'item',
      `sold: date({ required: true, min: '2000-01-01', max: '2099-12-31' }),on: date({ required: true, min: '2000-01-01', max: '2099-12-31' }),covered: boolean({ live: decided }),`,
      'covered',
      `(item) => item.on < addYears(item.sold, 2)`,
      `(item) => !item.covered || daysBetween(item.sold, item.on) <= 730`,
    ),
    statement: kept,
    why: 'All rows of the grid keep it.',
  }),
  fails(
    {
      id: 'published-price-list-new-years-gap',
      title: 'Price list new years gap',
      files: ruled(
        'stay',
        `on: date({ required: true, min: '2025-01-01', max: '2025-12-31' }),price: money({ live: decided }),`,
        'price',
        `(stay) => { const seasons = [{ from: date('2025-01-01'), to: date('2025-05-31'), price: money('80.00') }, { from: date('2025-06-01'), to: date('2025-08-31'), price: money('120.00') }, { from: date('2025-09-01'), to: date('2025-12-31'), price: money('90.00') }]; return seasons.find((s) => stay.on >= s.from && stay.on < s.to)?.price; }`,
      ),
      statement: { kind: 'present', of: 'rule/decided' },
      why: 'A row of the grid speaks against it.',
    },
    { row: { on: '2025-05-31' } },
  ),
];
