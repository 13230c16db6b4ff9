/** Reactions and jobs: what people say, the plain sentence that it means, what is asked, and what is refused with which reason. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { interpret } from './interpret.ts';
import { shopModel } from './shop-model.ts';

const model = shopModel();
const SHIP = 'An order can be shipped while it is paid. ';
const understood: readonly (readonly [request: string, plain: string])[] = [
  ['As soon as an invoice is paid, its order is marked as paid.', 'When an invoice is paid, mark its order as paid.'],
  ['Whenever an invoice gets paid, set the status of its order to paid.', 'When an invoice is paid, mark its order as paid.'],
  ['Once an invoice has been paid, the order becomes paid.', 'When an invoice is paid, mark its order as paid.'],
  [`${SHIP}When an invoice is paid, ship its order.`, `${SHIP}When an invoice is paid, its order is shipped.`],
  [
    'After an order is shipped, an invoice is created for it with its id as number, issue date today and the same total.',
    'When an order is shipped, create an invoice for it with its id as number, today as issue date and its total as total.',
  ],
  [
    'When an order is shipped, create a new invoice for the order with the total of the order as total, today as issue date and its id as number.',
    'When an order is shipped, create an invoice for it with its id as number, today as issue date and its total as total.',
  ],
  [
    'When a product\'s stock drops under 10, its category becomes "reorder".',
    'When the stock of a product falls below 10, set its category to "reorder".',
  ],
  ['When a customer gets gold, set their credit limit to 5,000 EUR.', 'When a customer becomes gold, set its credit limit to 5,000.'],
  [
    'When the tier of a customer becomes gold, set their credit limit to 5,000.',
    'When a customer becomes gold, set its credit limit to 5,000.',
  ],
  ['When there is a new order over 500, set its placed on to today.', 'When an order over 500 is created, set its placed on to today.'],
  ['Every day at 6am cancel all open orders that are older than 30 days.', 'Every morning at 6, cancel open orders older than 30 days.'],
  ['Cancel open orders older than 30 days every day at 6.', 'Every morning at 6, cancel open orders older than 30 days.'],
  [
    'Every day at 6, for each open order older than 30 days, mark it as cancelled.',
    'Every morning at 6, cancel open orders older than 30 days.',
  ],
  ['Every evening at 6, cancel open orders.', 'Every day at 18:00, cancel open orders.'],
  ['Each Monday and Friday at noon, mark paid orders as shipped.', 'On Friday and Monday at 12:00, mark paid orders as shipped.'],
  [
    'On the 1st of every month, set the credit limit of gold customers to 5,000.',
    'On the first of each month, set the credit limit of gold customers to 5,000.',
  ],
  [
    'Daily at 5:30 in UTC, cancel open orders.',
    'Every day at 5:30 in the time zone "UTC", cancel open orders; the last missed time is made up for.',
  ],
];
const refused: readonly (readonly [request: string, why: RegExp])[] = [
  ['When an order is deleted, mark it as cancelled.', /is gone when a reaction to it runs/],
  ['When the total of an order rises above 500, mark it as paid.', /is calculated; it is not told when that changes/],
  ['When an order is shipped, create an invoice for it with its total as total.', /needs number and issue date/],
  ['When an order is shipped, create a product for it.', /refers to no order|needs/],
  ['When an invoice is paid, mark it as paid.', /so already/],
  ['Every day at 6, cancel cancelled orders.', /so already/],
  ['Every 7 minutes, cancel open orders.', /do not go evenly into a hour/],
  ['On the last day of each month, cancel open orders.', /not always the same/],
  ['On the 31st of each month, cancel open orders.', /Not every month has a day 31/],
  ['Every day at 6, cancel products.', /no state "cancelled"/],
  [`Only a manager can ship an order while it is paid. When an invoice is paid, ship its order.`, /runs by itself has no role/],
  ['Orders over 10,000 need approval by a manager. Every day at 6, cancel open orders.', /waits for an approval by a manager/],
  ['When an order is shipped, send an email to its customer.', /"send"/],
  ['When an invoice is roughly paid, mark its order as paid.', /"roughly"/],
  ['When the stock of a product falls below 10, set its colour to red.', /not understood/],
  ['Sometimes, cancel open orders.', /"Sometimes"/],
];
const said = (request: string): string => {
  const meant = interpret(request, model);
  if (meant.kind === 'understood') return meant.steps.map((step) => step.echo).join(' ');
  return `${meant.kind}: ${'why' in meant ? meant.why : ''}`;
};
for (const [request, plain] of understood)
  test(`"${request}" means "${plain}"`, () => {
    assert.doesNotMatch(said(plain), /^(refused|question|nothing)/);
    assert.equal(said(request), said(plain));
  });
for (const [request, why] of refused)
  test(`"${request}" is refused with its reason`, () => {
    const meant = interpret(request, model);
    assert.ok(meant.kind === 'refused', JSON.stringify(meant));
    assert.match(meant.why, why);
  });
test('a time of the day that is not said is asked, and each answer is understood', () => {
  const meant = interpret('Every morning, cancel open orders.', model);
  assert.ok(meant.kind === 'question' && meant.options.length === 3, JSON.stringify(meant));
  for (const { sentence } of meant.options) assert.match(said(sentence), /^Every day at/);
});
test('what follows from an action is asked, and never taken for a reaction', () => {
  assert.equal(interpret('When an order is cancelled, its lines go back to stock.', model).kind, 'question');
});
test('a reaction or job that is said again is nothing to do, and can be stopped by its name', () => {
  for (const [sentence, stop] of [
    ['When an invoice is paid, mark its order as paid.', 'Stop the reaction pay order when invoice paid.'],
    ['Every morning at 6, cancel open orders.', 'Stop the job cancel open orders.'],
  ] as const) {
    const first = interpret(sentence, model);
    assert.ok(first.kind === 'understood');
    assert.equal(interpret(sentence, first.model).kind, 'nothing-to-do');
    const stopped = interpret(stop, first.model);
    assert.ok(stopped.kind === 'understood', JSON.stringify(stopped));
    assert.deepEqual([stopped.model.reactions, stopped.model.jobs], [[], []]);
  }
});
test('a job runs at other times when that is said of it, and keeps what is not said', () => {
  const first = interpret('Every morning at 6, cancel open orders; what was missed is not made up for.', model);
  assert.ok(first.kind === 'understood');
  const other = interpret('Every morning at 7, cancel open orders.', first.model);
  assert.ok(other.kind === 'refused' && /Run the job cancel open orders every day at 7:00/.test(other.why));
  const moved = interpret('Run the job cancel open orders every day at 7:00.', first.model);
  assert.ok(moved.kind === 'understood');
  assert.deepEqual(moved.model.jobs[0]?.schedule, { cron: '0 7 * * *', timeZone: 'Europe/Berlin', catchUp: 'none' });
});
