/** Limits, stocks and quotients: bounds of computed fields, divisors, large numbers. */
import { fails, hard, holds, type RuleCase, type Sources } from './support/rule-case.ts';
import { entity, system } from './support/sources.ts';

const stock = (free: string): Sources =>
  system(
    entity(
      'product',
      `stock: integer({ required: true, min: 0, max: 100000 }), reserved: integer({ min: 0, max: 100000 }), free: integer({ min: 0, live: (product) => ${free} }),`,
    ),
  );
const batch = (pieces: string, formula: string): Sources =>
  system(
    entity(
      'batch',
      `cost: money({ required: true, min: '0.00', max: '900000.00' }), pieces: integer({ required: true, ${pieces} }), each: money({ live: (batch) => ${formula} }),`,
    ),
  );
const tank = (level: string, used = "min: '0.00', max: '1000.00'"): Sources =>
  system(
    entity(
      'tank',
      `capacity: decimal({ scale: 2, required: true, min: '1.00', max: '500.00' }), used: decimal({ scale: 2, required: true, ${used} }), level: integer({ min: 0, max: 100, live: (tank) => ${level} }),`,
    ),
  );
const account = (fields: string, invariants?: string): Sources =>
  system(
    entity(
      'account',
      `credit: money({ required: true, min: '0.00', max: '100000.00' }), balance: money({ required: true, min: '-100000.00', max: '100000.00' }), ${fields}`,
      invariants === undefined ? {} : { invariants },
    ),
  );
const counter = (fields: string): Sources => system(entity('counter', fields));

export const limits: readonly RuleCase[] = [
  holds({
    id: 'limits-free-stock-floored',
    title: 'free stock is not below zero',
    files: stock('max(product.stock - (product.reserved ?? 0), 0)'),
    statement: { kind: 'bounds', entity: 'product', field: 'free' },
    why: 'the larger of something and zero',
  }),
  fails(
    {
      id: 'limits-free-stock-oversold',
      title: 'more can be reserved than there is',
      files: stock('product.stock - (product.reserved ?? 0)'),
      statement: { kind: 'bounds', entity: 'product', field: 'free' },
      why: 'none in stock and one reserved is -1',
    },
    { row: { stock: 0, reserved: 1 } },
  ),
  fails(
    {
      id: 'limits-free-stock-min-for-max',
      title: 'min was written where max was meant',
      files: stock('min(product.stock - (product.reserved ?? 0), 0)'),
      statement: { kind: 'bounds', entity: 'product', field: 'free' },
      why: 'none in stock and one reserved is -1',
    },
    { row: { stock: 0, reserved: 1 } },
  ),
  holds({
    id: 'limits-cost-of-each',
    title: 'a batch has a piece at least, so each has a cost',
    files: batch('min: 1, max: 100000', "divide(batch.cost, batch.pieces, { scale: 2, rounding: 'half-up' })"),
    statement: { kind: 'present', of: 'entity/batch.each' },
    why: 'the divisor is at least 1',
  }),
  fails(
    {
      id: 'limits-cost-of-none',
      title: 'a batch of no pieces has no cost of each',
      files: batch('min: 0, max: 100000', "divide(batch.cost, batch.pieces, { scale: 2, rounding: 'half-up' })"),
      statement: { kind: 'present', of: 'entity/batch.each' },
      why: 'a division by zero is absent',
    },
    { row: { cost: '10.00', pieces: 0 } },
  ),
  holds({
    id: 'limits-cost-asked-first',
    title: 'a batch of no pieces costs all of it',
    files: batch(
      'min: 0, max: 100000',
      "batch.pieces === 0 ? batch.cost : divide(batch.cost, batch.pieces, { scale: 2, rounding: 'half-up' })",
    ),
    statement: { kind: 'present', of: 'entity/batch.each' },
    why: 'zero is asked for first',
  }),
  fails(
    {
      id: 'limits-cost-of-all-but-ten',
      title: 'the divisor is pieces less ten rejects',
      files: batch('min: 1, max: 100000', "divide(batch.cost, batch.pieces - 10, { scale: 2, rounding: 'half-up' })"),
      statement: { kind: 'present', of: 'entity/batch.each' },
      why: 'of ten pieces none is left',
    },
    { row: { cost: '10.00', pieces: 10 } },
  ),
  fails(
    {
      id: 'limits-cost-summed-up',
      title: 'the cost of each times the pieces is not the cost',
      files: system(
        entity(
          'batch',
          `cost: money({ required: true, min: '0.00', max: '900000.00' }), pieces: integer({ required: true, min: 1, max: 1000 }), lost: money({ min: '0.00', max: '0.00', live: (batch) => batch.cost - (divide(batch.cost, batch.pieces, { scale: 2, rounding: 'down' }) ?? money('0.00')) * batch.pieces }),`,
        ),
      ),
      statement: { kind: 'bounds', entity: 'batch', field: 'lost' },
      why: '1.00 over three is 0.33 each, so a cent is lost',
    },
    { row: { cost: '1.00', pieces: 3 } },
  ),
  holds({
    id: 'limits-rest-below-pieces',
    title: 'what is lost in dividing is less than a cent a piece',
    files: system(
      entity(
        'batch',
        `cost: money({ required: true, min: '0.00', max: '900000.00' }), lost: money({ min: '0.00', max: '0.06', live: (batch) => batch.cost - divide(batch.cost, 7, { scale: 2, rounding: 'down' }) * 7 }),`,
      ),
    ),
    statement: { kind: 'bounds', entity: 'batch', field: 'lost' },
    why: 'the rest of a division by 7 is from 0 to 6',
  }),
  holds({
    id: 'limits-level-capped',
    title: 'a level is from 0 to 100, however much was put in',
    files: tank("divide(min(tank.used, tank.capacity) * 100, tank.capacity, { scale: 0, rounding: 'half-up' })"),
    statement: { kind: 'bounds', entity: 'tank', field: 'level' },
    why: 'the part is at most the whole',
  }),
  fails(
    {
      id: 'limits-level-overfull',
      title: 'more is used than fits',
      files: tank("divide(tank.used * 100, tank.capacity, { scale: 0, rounding: 'half-up' })"),
      statement: { kind: 'bounds', entity: 'tank', field: 'level' },
      why: '2.00 of 1.00 is 200 percent',
    },
    { row: { capacity: '1.00', used: '2.00' } },
  ),
  fails(
    {
      id: 'limits-level-below-nothing',
      title: 'what is used may be negative',
      files: tank(
        "divide(min(tank.used, tank.capacity) * 100, tank.capacity, { scale: 0, rounding: 'half-up' })",
        "min: '-10.00', max: '1000.00'",
      ),
      statement: { kind: 'bounds', entity: 'tank', field: 'level' },
      why: '-1.00 of 1.00 is -100 percent',
    },
    { row: { capacity: '1.00', used: '-1.00' } },
  ),
  holds({
    id: 'limits-draw-within-credit',
    title: 'what may be drawn is not negative',
    files: account(`drawable: money({ min: '0.00', live: (account) => max(account.balance + account.credit, money('0.00')) }),`),
    statement: { kind: 'bounds', entity: 'account', field: 'drawable' },
    why: 'it is floored',
  }),
  fails(
    {
      id: 'limits-draw-beyond-credit',
      title: 'an account may be further down than its credit',
      files: account(`drawable: money({ min: '0.00', live: (account) => account.balance + account.credit }),`),
      statement: { kind: 'bounds', entity: 'account', field: 'drawable' },
      why: 'balance -10.00 with a credit of 5.00',
    },
    { row: { credit: '5.00', balance: '-10.00' } },
  ),
  holds({
    id: 'limits-draw-grows-with-credit',
    title: 'more credit is never less to draw',
    files: account(`drawable: money({ live: (account) => max(account.balance + account.credit, money('0.00')) }),`),
    statement: { kind: 'monotone', of: 'entity/account.drawable', in: 'credit', direction: 'up' },
    why: 'a sum grows with its part, and a floor keeps the order',
  }),
  fails(
    {
      id: 'limits-draw-shrinks-with-balance',
      title: 'the sign of the balance is wrong',
      files: account(`drawable: money({ live: (account) => max(account.credit - account.balance, money('0.00')) }),`),
      statement: { kind: 'monotone', of: 'entity/account.drawable', in: 'balance', direction: 'up' },
      why: 'with 5.00 of credit: balance 0.00 lets 5.00 be drawn, balance 1.00 only 4.00',
    },
    { row: { credit: '5.00', balance: '0.00' }, changed: { balance: '1.00' } },
  ),
  holds({
    id: 'limits-counter-bounded',
    title: 'a counter up to a billion, squared and more, stays exact',
    files: counter(
      `ticks: integer({ required: true, min: 0, max: 90000000 }), squared: integer({ live: (counter) => counter.ticks * counter.ticks }),`,
    ),
    statement: { kind: 'noOverflow', of: 'entity/counter.squared' },
    why: '(9 * 10^7)^2 is 8.1 * 10^15, below 2^53',
  }),
  fails(
    {
      id: 'limits-counter-squared',
      title: 'a counter up to a hundred million, squared, is not exact any more',
      files: counter(
        `ticks: integer({ required: true, min: 0, max: 100000000 }), squared: integer({ live: (counter) => counter.ticks * counter.ticks }),`,
      ),
      statement: { kind: 'noOverflow', of: 'entity/counter.squared' },
      why: '(10^8)^2 is 10^16, above 2^53',
    },
    { row: { ticks: 100000000 } },
  ),
  fails(
    {
      id: 'limits-counter-plus-one',
      title: 'one more than the largest whole number',
      files: counter(`ticks: integer({ required: true, min: 0 }), next: integer({ live: (counter) => counter.ticks + 1 }),`),
      statement: { kind: 'noOverflow', of: 'entity/counter.next' },
      why: 'a field without max goes up to 2^53 - 1',
    },
    { row: { ticks: 9007199254740991 } },
  ),
  fails(
    {
      id: 'limits-scales-that-meet',
      title: 'a large whole number is widened to meet a decimal',
      files: counter(
        `ticks: integer({ required: true, min: 0, max: 9000000000000 }), share: decimal({ scale: 4, required: true, min: '0.0000', max: '1.0000' }), more: boolean({ live: (counter) => counter.ticks > counter.share }),`,
      ),
      statement: { kind: 'noOverflow', of: 'entity/counter.more' },
      why: '9 * 10^12 at four digits after the point is 9 * 10^16',
    },
    { row: { ticks: 9000000000000, share: '0.5000' } },
  ),
  holds({
    id: 'limits-scales-that-fit',
    title: 'a smaller whole number is widened and stays exact',
    files: counter(
      `ticks: integer({ required: true, min: 0, max: 900000000000 }), share: decimal({ scale: 4, required: true, min: '0.0000', max: '1.0000' }), more: boolean({ live: (counter) => counter.ticks > counter.share }),`,
    ),
    statement: { kind: 'noOverflow', of: 'entity/counter.more' },
    why: '9 * 10^11 at four digits after the point is 9 * 10^15, below 2^53',
  }),
  hard(
    {
      id: 'limits-ratio-order',
      title: 'a ratio is below one exactly where the part is below the whole, up to rounding',
      files: counter(
        `part: integer({ required: true, min: 0, max: 1000000 }), whole: integer({ required: true, min: 1, max: 1000000 }), ratio: decimal({ scale: 3, min: '0.000', max: '1.000', live: (counter) => divide(min(counter.part, counter.whole), counter.whole, { scale: 3, rounding: 'half-even' }) }),`,
      ),
      statement: { kind: 'bounds', entity: 'counter', field: 'ratio' },
      why: 'a part that is at most the whole has a ratio of at most one, and rounding keeps that',
    },
    'holds',
  ),
];
