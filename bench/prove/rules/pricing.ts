/** Prices, discounts, shipping: what a shop decides about money. */
import { fails, hard, holds, type RuleCase, type Sources } from './support/rule-case.ts';
import { decision, entity, system } from './support/sources.ts';

/** An order of one product, with a discount that a rule decides. */
const order = (body: string, options: { readonly rebate?: string; readonly total?: string; readonly price?: string } = {}): Sources =>
  system(
    entity(
      'order',
      `quantity: integer({ required: true, min: 1, max: 1000 }),
    unitPrice: money({ required: true, ${options.price ?? "min: '0.00', max: '10000.00'"} }),
    rebate: integer({ required: true, min: 0, max: ${options.rebate ?? '100'} }),
    tier: choice({ choices: [standard, silver, gold], default: 'standard' }),
    subtotal: money({ live: (order) => order.quantity * order.unitPrice }),
    discount: money({ live: orderDiscount }),
    total: money({ min: '0.00', live: (order) => ${options.total ?? 'order.subtotal - order.discount'} }),`,
      { rules: ['orderDiscount'] },
    ),
    decision('orderDiscount', 'order', 'discount', body),
  );
const within = `ensures: { within: { holds: (order) => order.discount <= order.subtotal, message: 'a discount is no more than the order' } },`;
const ensuresWithin = { kind: 'ensures', rule: 'orderDiscount', ensures: 'within' } as const;
const totalBounds = { kind: 'bounds', entity: 'order', field: 'total' } as const;

const priced = (fields: string): Sources => system(entity('article', fields));

export const pricing: readonly RuleCase[] = [
  holds({
    id: 'pricing-percent-within',
    title: 'a discount of 0 to 100 percent is never more than the order',
    files: order(`decide: (order) => percentOf(order.subtotal, order.rebate), ${within}`),
    statement: ensuresWithin,
    why: 'round(s * p / 100) is at most s for whole s of 0 or more and p up to 100',
  }),
  fails(
    {
      id: 'pricing-percent-over-hundred',
      title: 'a rebate may be 110 percent, so the discount exceeds the order',
      files: order(`decide: (order) => percentOf(order.subtotal, order.rebate), ${within}`, { rebate: '110' }),
      statement: ensuresWithin,
      why: '110 percent of 1.00 is 1.10',
    },
    { row: { quantity: 1, unitPrice: '1.00', rebate: 110 } },
  ),
  holds({
    id: 'pricing-flat-from-twenty',
    title: 'five off, from twenty on',
    files: order(`decide: (order) => order.subtotal >= money('20.00') ? money('5.00') : money('0.00'), ${within}`),
    statement: ensuresWithin,
    why: 'five are taken off only where there are twenty; otherwise nothing is taken from an amount that is not negative',
  }),
  fails(
    {
      id: 'pricing-flat-by-pieces',
      title: 'five off, from ten pieces on, however cheap they are',
      files: order(`decide: (order) => order.quantity >= 10 ? money('5.00') : money('0.00'), ${within}`),
      statement: ensuresWithin,
      why: 'ten pieces of 0.10 are 1.00, less than the discount',
    },
    { row: { quantity: 10, unitPrice: '0.10', rebate: 0 } },
  ),
  holds({
    id: 'pricing-total-floored',
    title: 'the total is never below zero, since it is floored',
    files: order(`decide: (order) => order.quantity >= 10 ? money('5.00') : money('0.00'),`, {
      total: "max(order.subtotal - order.discount, money('0.00'))",
    }),
    statement: totalBounds,
    why: 'the larger of something and zero is at least zero',
  }),
  fails(
    {
      id: 'pricing-total-not-floored',
      title: 'the total goes below zero with a flat discount',
      files: order(`decide: (order) => order.quantity >= 10 ? money('5.00') : money('0.00'),`),
      statement: totalBounds,
      why: 'ten pieces of 0.10 less 5.00 is -4.00',
    },
    { row: { quantity: 10, unitPrice: '0.10', rebate: 0 } },
  ),
  holds({
    id: 'pricing-larger-of-two',
    title: 'of two discounts the larger counts',
    files: order(
      `decide: (order) => max(order.tier === 'gold' ? percentOf(order.subtotal, 60) : money('0.00'), order.quantity >= 100 ? percentOf(order.subtotal, 50) : money('0.00')), ${within}`,
    ),
    statement: ensuresWithin,
    why: 'each of the two is at most 60 percent',
  }),
  fails(
    {
      id: 'pricing-two-added',
      title: 'two discounts are added, to 110 percent',
      files: order(
        `decide: (order) => (order.tier === 'gold' ? percentOf(order.subtotal, 60) : money('0.00')) + (order.quantity >= 100 ? percentOf(order.subtotal, 50) : money('0.00')), ${within}`,
      ),
      statement: ensuresWithin,
      why: 'a gold order of 100 pieces gets 60 and 50 percent',
    },
    { row: { quantity: 100, unitPrice: '1.00', rebate: 0, tier: 'gold' } },
  ),
  holds({
    id: 'pricing-capped',
    title: 'ten percent, at most fifty',
    files: order(
      `decide: (order) => min(percentOf(order.subtotal, 10), money('50.00')), ensures: { capped: { holds: (order) => order.discount <= money('50.00') && order.discount >= money('0.00'), message: 'from 0 to 50' } },`,
    ),
    statement: { kind: 'ensures', rule: 'orderDiscount', ensures: 'capped' },
    why: 'the smaller of something and 50 is at most 50, and a tenth of what is not negative is not negative',
  }),
  fails(
    {
      id: 'pricing-cap-the-wrong-way',
      title: 'max was written where min was meant',
      files: order(
        `decide: (order) => max(percentOf(order.subtotal, 10), money('50.00')), ensures: { capped: { holds: (order) => order.discount <= money('50.00'), message: 'at most 50' } },`,
      ),
      statement: { kind: 'ensures', rule: 'orderDiscount', ensures: 'capped' },
      why: 'a tenth of 1,000.00 is 100.00',
    },
    { row: { quantity: 1, unitPrice: '1000.00', rebate: 0 } },
  ),
  holds({
    id: 'pricing-gross-over-net',
    title: 'with the tax the price is not lower',
    files: priced(
      `net: money({ required: true, min: '0.00', max: '900000.00' }), gross: money({ live: (article) => round(article.net * 1.19, { scale: 2, rounding: 'down' }) }), surcharge: money({ min: '0.00', live: (article) => article.gross - article.net }),`,
    ),
    statement: { kind: 'bounds', entity: 'article', field: 'surcharge' },
    why: 'rounding down 1.19 times a whole number of cents that is not negative gives at least that number',
  }),
  fails(
    {
      id: 'pricing-gross-of-credit-notes',
      title: 'a net amount may be negative, and then the gross is below it',
      files: priced(
        `net: money({ required: true, max: '900000.00' , min: '-900000.00' }), gross: money({ live: (article) => round(article.net * 1.19, { scale: 2, rounding: 'down' }) }), surcharge: money({ min: '0.00', live: (article) => article.gross - article.net }),`,
      ),
      statement: { kind: 'bounds', entity: 'article', field: 'surcharge' },
      why: 'net -1.00 is gross -1.19',
    },
    { row: { net: '-1.00' } },
  ),
  holds({
    id: 'pricing-tier-on-the-rest',
    title: 'cheaper pieces only beyond the first hundred: more pieces never cost less',
    files: priced(
      `quantity: integer({ required: true, min: 0, max: 100000 }), price: money({ live: (article) => min(article.quantity, 100) * money('1.00') + max(article.quantity - 100, 0) * money('0.90') }),`,
    ),
    statement: { kind: 'monotone', of: 'entity/article.price', in: 'quantity', direction: 'up' },
    why: 'each further piece costs 1.00 or 0.90',
  }),
  fails(
    {
      id: 'pricing-tier-on-all',
      title: 'from a hundred on all pieces are cheaper: a hundred cost less than ninety-nine',
      files: priced(
        `quantity: integer({ required: true, min: 0, max: 100000 }), price: money({ live: (article) => article.quantity >= 100 ? article.quantity * money('0.90') : article.quantity * money('1.00') }),`,
      ),
      statement: { kind: 'monotone', of: 'entity/article.price', in: 'quantity', direction: 'up' },
      why: '99 cost 99.00, 100 cost 90.00',
    },
    { row: { quantity: 99 }, changed: { quantity: 100 } },
  ),
  holds({
    id: 'pricing-shipping-without-cliff',
    title: 'shipping is free from 50 on, and never makes a smaller order dearer than 50',
    files: priced(
      `goods: money({ required: true, min: '0.00', max: '100000.00' }), sum: money({ live: (article) => article.goods >= money('50.00') ? article.goods : min(article.goods + money('4.90'), money('50.00')) }),`,
    ),
    statement: { kind: 'monotone', of: 'entity/article.sum', in: 'goods', direction: 'up' },
    why: 'below 50 it rises up to 50, from 50 on it is the goods',
  }),
  fails(
    {
      id: 'pricing-shipping-cliff',
      title: 'shipping is free from 50 on, so a smaller order costs more',
      files: priced(
        `goods: money({ required: true, min: '0.00', max: '100000.00' }), sum: money({ live: (article) => article.goods >= money('50.00') ? article.goods : article.goods + money('4.90') }),`,
      ),
      statement: { kind: 'monotone', of: 'entity/article.sum', in: 'goods', direction: 'up' },
      why: '49.99 and shipping is 54.89, 50.00 is 50.00',
    },
    { row: { goods: '49.99' }, changed: { goods: '50.00' } },
  ),
  holds({
    id: 'pricing-five-cents',
    title: 'rounding to five cents twice is rounding once',
    files: priced(
      `amount: money({ required: true, min: '0.00', max: '100000.00' }), cash: money({ live: (article) => round(article.amount * 20, { scale: 0, rounding: 'half-up' }) * 0.05 }),`,
    ),
    statement: { kind: 'idempotent', of: 'entity/article.cash', into: 'amount' },
    why: 'a whole number of five cents times 20 is a whole number, which rounding leaves alone',
  }),
  fails(
    {
      id: 'pricing-just-below',
      title: 'a price just below the full amount sinks each time it is computed',
      files: priced(
        `amount: money({ required: true, min: '1.00', max: '100000.00' }), shown: money({ live: (article) => round(article.amount, { scale: 0, rounding: 'down' }) - money('0.01') }),`,
      ),
      statement: { kind: 'idempotent', of: 'entity/article.shown', into: 'amount' },
      why: '10.00 becomes 9.99, and that 8.99',
    },
    { row: { amount: '10.00' } },
  ),
  holds({
    id: 'pricing-just-below-upwards',
    title: 'a price just below the next full amount stays',
    files: priced(
      `amount: money({ required: true, min: '0.01', max: '100000.00' }), shown: money({ live: (article) => round(article.amount, { scale: 0, rounding: 'up' }) - money('0.01') }),`,
    ),
    statement: { kind: 'idempotent', of: 'entity/article.shown', into: 'amount' },
    why: 'n - 0.01 is rounded up to n again, for n of 1 or more',
  }),
  holds({
    id: 'pricing-bounded-product',
    title: 'a thousand pieces of ten thousand stay exact',
    files: order(`decide: (order) => percentOf(order.subtotal, order.rebate),`),
    statement: { kind: 'noOverflow', of: 'entity/order.total' },
    why: '10^3 * 10^6 cents * 100 is far below 2^53',
  }),
  fails(
    {
      id: 'pricing-unbounded-product',
      title: 'a price without an upper bound times a thousand leaves the exact numbers',
      files: order(`decide: () => money('0.00'),`, { price: "min: '0.00'" }),
      statement: { kind: 'noOverflow', of: 'entity/order.subtotal' },
      why: '1000 times 90,000,000,000.00 * 1000 cents is above 2^53',
    },
    { row: { quantity: 1000, unitPrice: '90000000000000.00', rebate: 0 } },
  ),
  fails(
    {
      id: 'pricing-ninety-percent',
      title: 'a tenth off is not the same as ninety percent, in halves of a cent',
      files: priced(
        `amount: money({ required: true, min: '0.00', max: '100000.00' }), shown: money({ live: (article) => article.amount - percentOf(article.amount, 10) }),`,
      ),
      statement: {
        kind: 'preserved',
        of: 'entity/article.shown',
        after: entity(
          'article',
          `amount: money({ required: true, min: '0.00', max: '100000.00' }), shown: money({ live: (article) => percentOf(article.amount, 90) }),`,
        ),
      },
      why: 'of 0.05 a tenth is rounded to 0.01, so 0.04 is left; ninety percent is rounded to 0.05',
    },
    { row: { amount: '0.05' } },
  ),
  hard(
    {
      id: 'pricing-markup-and-back',
      title: 'a markup in percent taken off again is within a cent of the price',
      files: priced(
        `price: money({ required: true, min: '0.00', max: '10000.00' }), markup: integer({ required: true, min: 0, max: 200 }), shown: money({ live: (article) => article.price + percentOf(article.price, article.markup) }), back: money({ live: (article) => divide(article.shown * 100, 100 + article.markup, { scale: 2, rounding: 'half-up' }) }), slack: money({ min: '-0.01', max: '0.01', live: (article) => (article.back ?? money('0.00')) - article.price }),`,
      ),
      statement: { kind: 'bounds', entity: 'article', field: 'slack' },
      why: 'the rounding error of half a cent is divided by at least 1, so it is rounded to at most one cent',
    },
    'holds',
  ),
];
