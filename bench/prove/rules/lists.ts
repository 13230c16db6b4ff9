/** Lists: sums, counts, some and every; a list may be empty and has a thousand items at most. */
import { fails, hard, holds, type RuleCase, type Sources } from './support/rule-case.ts';
import { entity, system } from './support/sources.ts';

const basket = (fields: string, price = "min: '0.00', max: '10000.00'", quantity = 'min: 1, max: 1000'): Sources =>
  system(
    entity(
      'basket',
      `name: text({}), lines: list({ item: 'line', fields: { quantity: integer({ required: true, ${quantity} }), price: money({ required: true, ${price} }), gift: boolean({}), sent: boolean({}) } }), ${fields}`,
    ),
  );
const total = `total: money({ min: '0.00', live: (basket) => sum(basket.lines, (line) => line.quantity * line.price) }),`;
const line = (quantity: number, price: string, more: object = {}): object => ({ quantity, price, ...more });

export const lists: readonly RuleCase[] = [
  holds({
    id: 'list-total-not-negative',
    title: 'a sum of what is not negative is not negative',
    files: basket(total),
    statement: { kind: 'bounds', entity: 'basket', field: 'total' },
    why: 'each item adds 0 or more, and the sum of none is 0',
  }),
  fails(
    {
      id: 'list-total-with-returns',
      title: 'prices may be negative',
      files: basket(total, "min: '-10000.00', max: '10000.00'"),
      statement: { kind: 'bounds', entity: 'basket', field: 'total' },
      why: 'one line of -1.00',
    },
    { row: { lines: [line(1, '-1.00')] } },
  ),
  holds({
    id: 'list-total-exact',
    title: 'a thousand lines of a thousand pieces of ten thousand stay exact',
    files: basket(total),
    statement: { kind: 'noOverflow', of: 'entity/basket.total' },
    why: '10^3 * 10^3 * 10^6 cents is 10^12, below 2^53',
  }),
  fails(
    {
      id: 'list-total-too-large',
      title: 'lines without an upper bound of the price',
      files: basket(total, "min: '0.00'"),
      statement: { kind: 'noOverflow', of: 'entity/basket.total' },
      why: 'two pieces of 90,000,000,000,000.00',
    },
    { row: { lines: [line(2, '90000000000000.00')] } },
  ),
  fails(
    {
      id: 'list-every-of-none',
      title: 'a basket without lines counts as sent',
      files: basket(`sent: boolean({ live: (basket) => basket.lines.every((line) => line.sent ?? false) }),`),
      statement: {
        kind: 'disjoint',
        entity: 'basket',
        conditions: { sent: '(basket) => basket.sent', empty: '(basket) => count(basket.lines) === 0' },
      },
      why: 'every holds for no items',
    },
    { row: { lines: [] } },
  ),
  holds({
    id: 'list-every-of-some',
    title: 'sent asks for a line as well',
    files: basket(`sent: boolean({ live: (basket) => count(basket.lines) > 0 && basket.lines.every((line) => line.sent ?? false) }),`),
    statement: {
      kind: 'disjoint',
      entity: 'basket',
      conditions: { sent: '(basket) => basket.sent', empty: '(basket) => count(basket.lines) === 0' },
    },
    why: 'it is asked for',
  }),
  holds({
    id: 'list-part-within-whole',
    title: 'gifts are worth no more than all',
    files: basket(
      `${total} gifts: money({ live: (basket) => sum(basket.lines.filter((line) => line.gift ?? false), (line) => line.quantity * line.price) }), rest: money({ min: '0.00', live: (basket) => basket.total - basket.gifts }),`,
    ),
    statement: { kind: 'bounds', entity: 'basket', field: 'rest' },
    why: 'each line adds to the whole at least what it adds to the part',
  }),
  fails(
    {
      id: 'list-part-beyond-whole',
      title: 'with negative prices a part can be more than the whole',
      files: basket(
        `total: money({ live: (basket) => sum(basket.lines, (line) => line.quantity * line.price) }), gifts: money({ live: (basket) => sum(basket.lines.filter((line) => line.gift ?? false), (line) => line.quantity * line.price) }), rest: money({ min: '0.00', live: (basket) => basket.total - basket.gifts }),`,
        "min: '-100.00', max: '10000.00'",
      ),
      statement: { kind: 'bounds', entity: 'basket', field: 'rest' },
      why: 'a gift of 1.00 and a line of -1.00',
    },
    { row: { lines: [line(1, '1.00', { gift: true }), line(1, '-1.00')] } },
  ),
  holds({
    id: 'list-partition',
    title: 'gifts and what is no gift are all',
    files: basket(
      `total: money({ live: (basket) => sum(basket.lines, (line) => line.quantity * line.price) }), left: money({ min: '0.00', max: '0.00', live: (basket) => basket.total - sum(basket.lines.filter((line) => line.gift ?? false), (line) => line.quantity * line.price) - sum(basket.lines.filter((line) => !(line.gift ?? false)), (line) => line.quantity * line.price) }),`,
    ),
    statement: { kind: 'bounds', entity: 'basket', field: 'left' },
    why: 'each line is in exactly one of both',
  }),
  fails(
    {
      id: 'list-partition-with-hole',
      title: 'lines of exactly ten are in neither part',
      files: basket(
        `total: money({ live: (basket) => sum(basket.lines, (line) => line.quantity * line.price) }), left: money({ min: '0.00', max: '0.00', live: (basket) => basket.total - sum(basket.lines.filter((line) => line.quantity < 10), (line) => line.quantity * line.price) - sum(basket.lines.filter((line) => line.quantity > 10), (line) => line.quantity * line.price) }),`,
      ),
      statement: { kind: 'bounds', entity: 'basket', field: 'left' },
      why: 'ten pieces of 1.00 are left over',
    },
    { row: { lines: [line(10, '1.00')] } },
  ),
  holds({
    id: 'list-counts-within',
    title: 'gifts are no more lines than there are',
    files: basket(
      `others: integer({ min: 0, live: (basket) => count(basket.lines) - count(basket.lines.filter((line) => line.gift ?? false)) }),`,
    ),
    statement: { kind: 'bounds', entity: 'basket', field: 'others' },
    why: 'each gift is a line',
  }),
  fails(
    {
      id: 'list-pieces-for-lines',
      title: 'pieces are counted where lines were meant',
      files: basket(
        `others: integer({ min: 0, live: (basket) => count(basket.lines) - sum(basket.lines.filter((line) => line.gift ?? false), (line) => line.quantity) }),`,
      ),
      statement: { kind: 'bounds', entity: 'basket', field: 'others' },
      why: 'one line of two gifts is -1',
    },
    { row: { lines: [line(2, '1.00', { gift: true })] } },
  ),
  holds({
    id: 'list-free-lines-grouped',
    title: 'free shipping by total or by a gift: some and sum together',
    files: basket(
      `${total} free: boolean({ live: (basket) => basket.total >= money('50.00') || basket.lines.some((line) => line.gift ?? false) }),`,
    ),
    statement: {
      kind: 'complete',
      entity: 'basket',
      conditions: {
        free: '(basket) => basket.free',
        paying: "(basket) => basket.total < money('50.00') && basket.lines.every((line) => !(line.gift ?? false))",
      },
    },
    why: 'where no line is a gift, every line is none',
  }),
  fails(
    {
      id: 'list-some-is-not-every',
      title: 'not some is mistaken for not every',
      files: basket(`mixed: boolean({ live: (basket) => basket.lines.some((line) => line.gift ?? false) }),`),
      statement: {
        kind: 'complete',
        entity: 'basket',
        conditions: {
          gifts: '(basket) => count(basket.lines) > 0 && basket.lines.every((line) => line.gift ?? false)',
          none: '(basket) => basket.lines.every((line) => !(line.gift ?? false))',
        },
      },
      why: 'one gift and one that is none are neither',
    },
    { row: { lines: [line(1, '1.00', { gift: true }), line(1, '1.00')] } },
  ),
  hard(
    {
      id: 'list-average-within',
      title: 'the average quantity lies between the least and the most',
      files: basket(
        `mean: decimal({ scale: 2, live: (basket) => average(basket.lines, (line) => line.quantity) }), over: boolean({ live: (basket) => count(basket.lines) > 0 && (basket.mean ?? 0) > (largest(basket.lines, (line) => line.quantity) ?? 0) }),`,
      ),
      statement: { kind: 'disjoint', entity: 'basket', conditions: { over: '(basket) => basket.over', always: '(basket) => 1 > 0' } },
      why: 'an average is at most the largest, and rounding a number to two digits never passes a whole number above it',
    },
    'holds',
  ),
  hard(
    {
      id: 'list-rounded-line-by-line',
      title: 'ten percent of each line is not ten percent of the sum',
      files: basket(
        `total: money({ live: (basket) => sum(basket.lines, (line) => line.quantity * line.price) }), off: money({ min: '0.00', max: '0.00', live: (basket) => sum(basket.lines, (line) => percentOf(line.quantity * line.price, 10)) - percentOf(basket.total, 10) }),`,
      ),
      statement: { kind: 'bounds', entity: 'basket', field: 'off' },
      why: 'two lines of 0.05 give 0.01 each, and the sum 0.10 gives 0.01',
    },
    'fails',
    { row: { lines: [line(1, '0.05'), line(1, '0.05')] } },
  ),
];
