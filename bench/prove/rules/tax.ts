/** Taxes and rounding. */
import { fails, hard, holds, type RuleCase, type Sources } from './support/rule-case.ts';
import { decision, entity, system } from './support/sources.ts';

const invoice = (tax: string, options: { readonly net?: string; readonly more?: string; readonly ensures?: string } = {}): Sources =>
  system(
    entity(
      'invoice',
      `net: money({ required: true, ${options.net ?? "min: '0.00', max: '900000.00'"} }),
    rate: choice({ choices: [full, reduced, zero], default: 'full', required: true }),
    exempt: boolean({ default: false }),
    tax: money({ live: invoiceTax }),
    ${options.more ?? ''}`,
      { rules: ['invoiceTax'] },
    ),
    decision('invoiceTax', 'invoice', 'tax', `decide: ${tax}, ${options.ensures ?? ''}`),
  );
const ensures = (name: string, formula: string): string => `ensures: { ${name}: { holds: (invoice) => ${formula}, message: '${name}' } },`;
const rates = `invoice.rate === 'full' ? percentOf(invoice.net, 19) : invoice.rate === 'reduced' ? percentOf(invoice.net, 7) : money('0.00')`;
const of = (name: string): RuleCase['statement'] => ({ kind: 'ensures', rule: 'invoiceTax', ensures: name });

const bulk = (most: string): Sources =>
  system(
    entity(
      'bulk',
      `units: integer({ required: true, min: 0, max: ${most} }), tax: money({ live: (bulk) => percentOf(bulk.units * money('1000.00'), 19) }),`,
    ),
  );
const gross = (fields: string): Sources =>
  system(entity('receipt', `gross: money({ required: true, min: '0.00', max: '900000.00' }), ${fields}`));

export const tax: readonly RuleCase[] = [
  holds({
    id: 'tax-at-most-full',
    title: 'no rate is above the full one',
    files: invoice(`(invoice) => ${rates}`, { ensures: ensures('atMostFull', 'invoice.tax <= percentOf(invoice.net, 19)') }),
    statement: of('atMostFull'),
    why: 'rounding keeps the order of 0, 7 and 19 percent of an amount that is not negative',
  }),
  fails(
    {
      id: 'tax-luxury-rate',
      title: 'the rate that nobody names gets 25 percent',
      files: invoice(
        `(invoice) => invoice.rate === 'full' ? percentOf(invoice.net, 19) : invoice.rate === 'reduced' ? percentOf(invoice.net, 7) : percentOf(invoice.net, 25)`,
        { ensures: ensures('atMostFull', 'invoice.tax <= percentOf(invoice.net, 19)') },
      ),
      statement: of('atMostFull'),
      why: 'the last branch is the zero rate and takes 25 percent',
    },
    { row: { net: '100.00', rate: 'zero' } },
  ),
  holds({
    id: 'tax-exempt-first',
    title: 'who is exempt pays none',
    files: invoice(`(invoice) => (invoice.exempt ?? false) ? money('0.00') : ${rates}`, {
      ensures: ensures('exempt', "!(invoice.exempt ?? false) || invoice.tax === money('0.00')"),
    }),
    statement: of('exempt'),
    why: 'the exemption is asked first',
  }),
  fails(
    {
      id: 'tax-exempt-asked-last',
      title: 'the exemption is asked after the full rate',
      files: invoice(
        `(invoice) => invoice.rate === 'full' ? percentOf(invoice.net, 19) : (invoice.exempt ?? false) ? money('0.00') : percentOf(invoice.net, 7)`,
        { ensures: ensures('exempt', "!(invoice.exempt ?? false) || invoice.tax === money('0.00')") },
      ),
      statement: of('exempt'),
      why: 'an exempt invoice at the full rate is taxed',
    },
    { row: { net: '100.00', rate: 'full', exempt: true } },
  ),
  holds({
    id: 'tax-never-over-exact',
    title: 'a tax that is rounded down is never more than the exact one',
    files: invoice(`(invoice) => round(invoice.net * 0.19, { scale: 2, rounding: 'down' })`, {
      ensures: ensures('notOver', 'invoice.tax * 100 <= invoice.net * 19'),
    }),
    statement: of('notOver'),
    why: 'towards zero is downwards for what is not negative',
  }),
  fails(
    {
      id: 'tax-half-up-over-exact',
      title: 'a tax that is rounded half up is sometimes more than the exact one',
      files: invoice(`(invoice) => round(invoice.net * 0.19, { scale: 2, rounding: 'half-up' })`, {
        ensures: ensures('notOver', 'invoice.tax * 100 <= invoice.net * 19'),
      }),
      statement: of('notOver'),
      why: '19 percent of 0.03 is 0.0057, rounded to 0.01',
    },
    { row: { net: '0.03', rate: 'full' } },
  ),
  fails(
    {
      id: 'tax-down-of-negative',
      title: 'rounding down goes towards zero, which is upwards below zero',
      files: invoice(`(invoice) => round(invoice.net * 0.19, { scale: 2, rounding: 'down' })`, {
        net: "min: '-900000.00', max: '900000.00'",
        ensures: ensures('notOver', 'invoice.tax * 100 <= invoice.net * 19'),
      }),
      statement: of('notOver'),
      why: '19 percent of -0.03 is -0.0057, and towards zero that is 0.00',
    },
    { row: { net: '-0.03', rate: 'full' } },
  ),
  holds({
    id: 'tax-included-within-gross',
    title: 'the tax in a gross amount is no more than the amount',
    files: gross(
      `tax: money({ live: (receipt) => divide(receipt.gross * 19, 119, { scale: 2, rounding: 'half-up' }) }), net: money({ min: '0.00', live: (receipt) => receipt.gross - receipt.tax }),`,
    ),
    statement: { kind: 'bounds', entity: 'receipt', field: 'net' },
    why: '19/119 of a whole number of cents, rounded, is at most that number',
  }),
  fails(
    {
      id: 'tax-included-upside-down',
      title: 'divisor and factor are swapped',
      files: gross(
        `tax: money({ live: (receipt) => divide(receipt.gross * 119, 19, { scale: 2, rounding: 'half-up' }) }), net: money({ min: '0.00', live: (receipt) => receipt.gross - receipt.tax }),`,
      ),
      statement: { kind: 'bounds', entity: 'receipt', field: 'net' },
      why: 'of 1.00 that is 6.26',
    },
    { row: { gross: '1.00' } },
  ),
  fails(
    {
      id: 'tax-included-and-recomputed',
      title: 'the tax of the net is not always the tax that was taken out of the gross',
      files: gross(
        `tax: money({ live: (receipt) => divide(receipt.gross * 19, 119, { scale: 2, rounding: 'half-up' }) }), net: money({ live: (receipt) => receipt.gross - receipt.tax }), difference: money({ min: '0.00', max: '0.00', live: (receipt) => percentOf(receipt.net, 19) - receipt.tax }),`,
      ),
      statement: { kind: 'bounds', entity: 'receipt', field: 'difference' },
      why: 'of 0.03 the tax is 0.0048, nothing; of the net 0.03 it is 0.0057, a cent',
    },
    { row: { gross: '0.03' } },
  ),
  holds({
    id: 'tax-recomputed-within-a-cent',
    title: 'the tax of the net is within a cent of what was taken out of the gross',
    files: gross(
      `tax: money({ live: (receipt) => divide(receipt.gross * 19, 119, { scale: 2, rounding: 'half-up' }) }), net: money({ live: (receipt) => receipt.gross - receipt.tax }), difference: money({ min: '-0.01', max: '0.01', live: (receipt) => percentOf(receipt.net, 19) - receipt.tax }),`,
    ),
    statement: { kind: 'bounds', entity: 'receipt', field: 'difference' },
    why: 'an error of half a cent grows to 0.595 cents, which rounds to one at most',
  }),
  holds({
    id: 'tax-large-and-exact',
    title: 'four billion units of a thousand are taxed exactly',
    files: bulk('4000000000'),
    statement: { kind: 'noOverflow', of: 'entity/bulk.tax' },
    why: '4 * 10^14 cents times 19 is 7.6 * 10^15, below 2^53',
  }),
  fails(
    {
      id: 'tax-too-large',
      title: 'five billion units of a thousand, times nineteen, are not exact any more',
      files: bulk('5000000000'),
      statement: { kind: 'noOverflow', of: 'entity/bulk.tax' },
      why: '5 * 10^14 cents times 19 is 9.5 * 10^15, above 2^53',
    },
    { row: { units: 5000000000 } },
  ),
  holds({
    id: 'tax-grows-with-net',
    title: 'more net is never less tax',
    files: invoice(`(invoice) => ${rates}`),
    statement: { kind: 'monotone', of: 'rule/invoiceTax', in: 'net', direction: 'up' },
    why: 'rounding keeps the order',
  }),
  fails(
    {
      id: 'tax-allowance-cliff',
      title: 'above an allowance the tax falls: it is taken on what is above alone, and was a flat sum before',
      files: invoice(
        `(invoice) => invoice.net <= money('1000.00') ? percentOf(invoice.net, 19) : percentOf(invoice.net - money('1000.00'), 19)`,
      ),
      statement: { kind: 'monotone', of: 'rule/invoiceTax', in: 'net', direction: 'up' },
      why: '190.00 at 1,000.00 and nothing at 1,000.01',
    },
    { row: { net: '1000.00', rate: 'full' }, changed: { net: '1000.01' } },
  ),
  hard(
    {
      id: 'tax-split-in-two',
      title: 'the taxes of two parts are within a cent of the tax of the whole',
      files: system(
        entity(
          'bill',
          `first: money({ required: true, min: '0.00', max: '100000.00' }), second: money({ required: true, min: '0.00', max: '100000.00' }), difference: money({ min: '-0.01', max: '0.01', live: (bill) => percentOf(bill.first, 19) + percentOf(bill.second, 19) - percentOf(bill.first + bill.second, 19) }),`,
        ),
      ),
      statement: { kind: 'bounds', entity: 'bill', field: 'difference' },
      why: 'three errors of at most half a cent come to less than two cents, and the difference is whole',
    },
    'holds',
  ),
];
