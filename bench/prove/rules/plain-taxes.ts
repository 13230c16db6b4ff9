/** Rules as they are published elsewhere, as people and models write them: brackets, allowances, levies, shipping, duties. Their truth was found by going through all rows of a grid in plain TypeScript. */
import { fails, holds, type RuleCase } from './support/rule-case.ts';
import { ruled } from './support/ruled.ts';

const kept = { kind: 'ensures', rule: 'decided', ensures: 'kept' } as const;

export const plainTaxes: readonly RuleCase[] = [
  holds({
    id: 'published-us-2024-brackets-reduce',
    title: 'Us 2024 brackets reduce',
    files: ruled(
      'filer',
      `income: integer({ required: true, min: 0, max: 2000000 }),tax: integer({ live: decided }),`,
      'tax',
      `(filer) => { const brackets = [{ from: 0, to: 11600, rate: 10 }, { from: 11600, to: 47150, rate: 12 }, { from: 47150, to: 100525, rate: 22 }, { from: 100525, to: 191950, rate: 24 }, { from: 191950, to: 243725, rate: 32 }, { from: 243725, to: 609350, rate: 35 }, { from: 609350, to: 2000000, rate: 37 }]; return brackets.reduce((tax, b) => tax + Math.max(0, Math.min(filer.income, b.to) - b.from) * b.rate, 0); }`,
    ),
    statement: { kind: 'monotone', of: 'rule/decided', in: 'income', direction: 'up' },
    why: 'All rows of the grid keep it.',
  }),
  fails(
    {
      id: 'published-us-brackets-whole-income',
      title: 'Us brackets whole income',
      files: ruled(
        'filer',
        `income: integer({ required: true, min: 0, max: 2000000 }),left: integer({ live: decided }),`,
        'left',
        `(filer) => { const rate = filer.income <= 11600 ? 10 : filer.income <= 47150 ? 12 : filer.income <= 100525 ? 22 : 24; return filer.income * 100 - filer.income * rate; }`,
      ),
      statement: { kind: 'monotone', of: 'rule/decided', in: 'income', direction: 'up' },
      why: 'A row of the grid speaks against it.',
    },
    { row: { income: 11600 }, changed: { income: 11601 } },
  ),
  holds({
    id: 'published-uk-allowance-taper',
    title: 'Uk allowance taper',
    files: ruled(
      'filer',
      `income: integer({ required: true, min: 0, max: 500000 }),allowance: integer({ live: decided }),`,
      'allowance',
      `(filer) => max(0, 12570 - max(0, divide(filer.income - 100000, 2, { scale: 0, rounding: 'down' })))`,
      `(filer) => filer.allowance >= 0 && filer.allowance <= 12570 && (filer.income < 125140 || filer.allowance === 0)`,
    ),
    statement: kept,
    why: 'All rows of the grid keep it.',
  }),
  fails(
    {
      id: 'published-uk-taper-gone-too-soon',
      title: 'Uk taper gone too soon',
      files: ruled(
        'filer',
        `income: integer({ required: true, min: 0, max: 500000 }),allowance: integer({ live: decided }),`,
        'allowance',
        `(filer) => max(0, 12570 - max(0, filer.income - 100000))`,
        `(filer) => filer.income >= 125140 || filer.allowance > 0`,
      ),
      statement: kept,
      why: 'A row of the grid speaks against it.',
    },
    { row: { income: 112570 } },
  ),
  holds({
    id: 'published-austria-2025-loop',
    title: 'Austria 2025 loop',
    files: ruled(
      'filer',
      `income: integer({ required: true, min: 0, max: 2000000 }),tax: integer({ live: decided }),`,
      'tax',
      `(filer) => { let tax = 0; let rest = filer.income; for (const [to, rate] of [[13308, 0], [21617, 20], [35836, 30], [69166, 40], [103072, 48], [1000000, 50]]) { const part = Math.min(rest, to); tax += part * rate; rest -= part; } return tax + rest * 55; }`,
      `(filer) => filer.tax <= filer.income * 55`,
    ),
    statement: kept,
    why: 'All rows of the grid keep it.',
  }),
  fails(
    {
      id: 'published-dutch-box-one-jump',
      title: 'Dutch box one jump',
      files: ruled(
        'filer',
        `income: integer({ required: true, min: 0, max: 500000 }),tax: integer({ live: decided }),`,
        'tax',
        `(filer) => filer.income <= 38441 ? filer.income * 3582 : filer.income <= 76817 ? 38441 * 3582 + (filer.income - 38441) * 3748 : 76817 * 3748 + (filer.income - 76817) * 4950`,
        `(filer) => filer.tax <= filer.income * 3582 + max(0, filer.income - 38441) * 166 + max(0, filer.income - 76817) * 1202`,
      ),
      statement: kept,
      why: 'A row of the grid speaks against it.',
    },
    { row: { income: 76818 } },
  ),
  holds({
    id: 'published-swiss-vat-rounded-to-five',
    title: 'Swiss vat rounded to five',
    files: ruled(
      'bill',
      `net: money({ required: true, min: '0.00', max: '99999.00' }),gross: money({ live: decided }),`,
      'gross',
      `(bill) => { const gross = bill.net + percentOf(bill.net, 8.1); return divide(gross, 5, { scale: 2, rounding: 'half-up' }) * 5; }`,
      `(bill) => bill.gross <= bill.net + percentOf(bill.net, 8.1) + money('0.02') && bill.gross >= bill.net + percentOf(bill.net, 8.1) - money('0.02')`,
    ),
    statement: kept,
    why: 'All rows of the grid keep it.',
  }),
  fails(
    {
      id: 'published-per-mille-levy',
      title: 'Per mille levy',
      files: ruled(
        'policy',
        `insured: money({ required: true, min: '0.00', max: '5000000.00' }),levy: money({ live: decided }),`,
        'levy',
        `(policy) => round(policy.insured * 0.003, { scale: 2, rounding: 'down' })`,
        `(policy) => policy.insured === money('0.00') || policy.levy > money('0.00')`,
      ),
      statement: kept,
      why: 'A row of the grid speaks against it.',
    },
    { row: { insured: '0.01' } },
  ),
  holds({
    id: 'published-per-mille-math-round',
    title: 'Per mille math round',
    files: ruled(
      'policy',
      `insured: integer({ required: true, min: 0, max: 500000000 }),levy: integer({ live: decided }),`,
      'levy',
      `(policy) => divide(policy.insured * 3, 1000, { scale: 0, rounding: 'half-up' })`,
      `(policy) => policy.levy <= policy.insured`,
    ),
    statement: kept,
    why: 'All rows of the grid keep it.',
  }),
  holds({
    id: 'published-shipping-for-of',
    title: 'Shipping for of',
    files: ruled(
      'parcel',
      `grams: integer({ required: true, min: 1, max: 31500 }),cost: money({ live: decided }),`,
      'cost',
      `(parcel) => { const rows = [{ upTo: 500, cost: money('3.00') }, { upTo: 2000, cost: money('5.50') }, { upTo: 10000, cost: money('10.50') }]; for (const row of rows) { if (parcel.grams <= row.upTo) return row.cost; } return money('19.99'); }`,
    ),
    statement: { kind: 'monotone', of: 'rule/decided', in: 'grams', direction: 'up' },
    why: 'All rows of the grid keep it.',
  }),
  fails(
    {
      id: 'published-shipping-gap-at-kilo',
      title: 'Shipping gap at kilo',
      files: ruled(
        'parcel',
        `grams: integer({ required: true, min: 0, max: 31500 }),cost: money({ live: decided }),`,
        'cost',
        `(parcel) => { if (parcel.grams >= 0 && parcel.grams < 1000) return money('4.00'); if (parcel.grams > 1000 && parcel.grams <= 31500) return money('9.00'); return undefined; }`,
      ),
      statement: { kind: 'present', of: 'rule/decided' },
      why: 'A row of the grid speaks against it.',
    },
    { row: { grams: 1000 } },
  ),
  holds({
    id: 'published-shipping-zones-by-sets',
    title: 'Shipping zones by sets',
    files: ruled(
      'parcel',
      `country: choice({ required: true, choices: [de, at, ch, fr, us, jp] }),days: integer({ live: decided }),`,
      'days',
      `(parcel) => { const zones = [{ countries: ['de'], days: 1 }, { countries: ['at', 'ch', 'fr'], days: 3 }, { countries: ['us', 'jp'], days: 9 }]; return zones.find((zone) => zone.countries.includes(parcel.country))?.days ?? 14; }`,
      `(parcel) => parcel.days <= 9`,
    ),
    statement: kept,
    why: 'All rows of the grid keep it.',
  }),
  fails(
    {
      id: 'published-shipping-zones-set-missing',
      title: 'Shipping zones set missing',
      files: ruled(
        'parcel',
        `country: choice({ required: true, choices: [de, at, ch, fr, us, jp] }),days: integer({ live: decided }),`,
        'days',
        `(parcel) => { switch (parcel.country) { case 'de': return 1; case 'at': case 'ch': return 3; case 'us': case 'jp': return 9; default: return 14; } }`,
        `(parcel) => parcel.days <= 9`,
      ),
      statement: kept,
      why: 'A row of the grid speaks against it.',
    },
    { row: { country: 'fr' } },
  ),
  holds({
    id: 'published-country-as-text-record',
    title: 'Country as text record',
    files: ruled(
      'parcel',
      `country: text({ required: true, max: 2 }),days: integer({ live: decided }),`,
      'days',
      `(parcel) => { const days = { DE: 1, AT: 3, US: 9 }; return days[parcel.country] ?? 14; }`,
      `(parcel) => parcel.days >= 1 && parcel.days <= 14`,
    ),
    statement: kept,
    why: 'All rows of the grid keep it.',
  }),
  fails(
    {
      id: 'published-customs-de-minimis',
      title: 'Customs de minimis',
      files: ruled(
        'import',
        `value: money({ required: true, min: '0.00', max: '20000.00' }),freight: money({ required: true, min: '0.00', max: '2000.00' }),duty: money({ live: decided }),`,
        'duty',
        `(import_) => import_.value <= money('150.00') ? money('0.00') : percentOf(import_.value + import_.freight, 12)`,
        `(import_) => import_.value + import_.freight <= money('150.00') || import_.duty > money('0.00')`,
      ),
      statement: kept,
      why: 'A row of the grid speaks against it.',
    },
    { row: { value: '0.00', freight: '2000.00' } },
  ),
  holds({
    id: 'published-customs-by-category',
    title: 'Customs by category',
    files: ruled(
      'goods',
      `category: choice({ required: true, choices: [books, shoes, phones] }),value: money({ required: true, min: '0.00', max: '20000.00' }),duty: money({ live: decided }),`,
      'duty',
      `(goods) => { const rates: Record<string, number> = { books: 0, shoes: 17, phones: 3 }; return goods.value <= money('150.00') ? money('0.00') : percentOf(goods.value, rates[goods.category]); }`,
      `(goods) => goods.duty <= percentOf(goods.value, 17) && goods.duty >= money('0.00')`,
    ),
    statement: kept,
    why: 'All rows of the grid keep it.',
  }),
];
