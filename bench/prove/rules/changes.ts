/** Changes of rules: what stays the same outside the region that a change names. And invariants that can, or cannot, hold together. */
import { fails, holds, type RuleCase, type Sources } from './support/rule-case.ts';
import { decision, entity, system } from './support/sources.ts';

const fields = `tier: choice({ choices: [standard, silver, gold], default: 'standard' }),
    subtotal: money({ required: true, min: '0.00', max: '100000.00' }),
    pieces: integer({ required: true, min: 1, max: 1000 }),
    discount: money({ live: orderDiscount }),`;
const discount = (decide: string): Sources => decision('orderDiscount', 'order', 'discount', `decide: ${decide},`);
const order = (decide: string): Sources => system(entity('order', fields, { rules: ['orderDiscount'] }), discount(decide));
const gold = `(order) => order.tier === 'gold' && order.subtotal > money('500.00') ? percentOf(order.subtotal, 10) : money('0.00')`;
const preserved = (after: string, except?: string): RuleCase['statement'] => ({
  kind: 'preserved',
  of: 'rule/orderDiscount',
  after: discount(after),
  ...(except === undefined ? {} : { except }),
});
const silverToo = `(order) => order.tier === 'silver'`;

const period = (invariants: string, more = ''): Sources =>
  system(
    entity(
      'period',
      `least: integer({ required: true, min: 0, max: 1000 }), most: integer({ required: true, min: 0, max: 1000 }), ${more}`,
      {
        invariants,
      },
    ),
  );

export const changes: readonly RuleCase[] = [
  holds({
    id: 'change-silver-added',
    title: 'silver gets 5 percent; all others keep what they had',
    files: order(gold),
    statement: preserved(
      `(order) => order.subtotal > money('500.00') && order.tier === 'gold' ? percentOf(order.subtotal, 10) : order.subtotal > money('500.00') && order.tier === 'silver' ? percentOf(order.subtotal, 5) : money('0.00')`,
      silverToo,
    ),
    why: 'for who is not silver the new branch is out of reach',
  }),
  fails(
    {
      id: 'change-silver-for-gold',
      title: 'silver was written in the place of gold',
      files: order(gold),
      statement: preserved(
        `(order) => order.tier === 'silver' && order.subtotal > money('500.00') ? percentOf(order.subtotal, 5) : money('0.00')`,
        silverToo,
      ),
      why: 'gold gets nothing any more',
    },
    { row: { tier: 'gold', subtotal: '600.00', pieces: 1 } },
  ),
  fails(
    {
      id: 'change-boundary-moved',
      title: 'while silver was added, over became at least',
      files: order(gold),
      statement: preserved(
        `(order) => order.subtotal < money('500.00') ? money('0.00') : order.tier === 'gold' ? percentOf(order.subtotal, 10) : order.tier === 'silver' ? percentOf(order.subtotal, 5) : money('0.00')`,
        silverToo,
      ),
      why: 'gold at exactly 500.00 gets 50.00 now',
    },
    { row: { tier: 'gold', subtotal: '500.00', pieces: 1 } },
  ),
  fails(
    {
      id: 'change-rounding-moved',
      title: 'the share is computed by a division that rounds down',
      files: order(gold),
      statement: preserved(
        `(order) => order.tier === 'gold' && order.subtotal > money('500.00') ? divide(order.subtotal, 10, { scale: 2, rounding: 'down' }) : money('0.00')`,
      ),
      why: 'of 500.05 a tenth is 50.005: 50.01 before, 50.00 now',
    },
    { row: { tier: 'gold', subtotal: '500.05', pieces: 1 } },
  ),
  holds({
    id: 'change-same-by-division',
    title: 'a tenth by division, rounded half up, is ten percent',
    files: order(gold),
    statement: preserved(
      `(order) => order.tier === 'gold' && order.subtotal > money('500.00') ? divide(order.subtotal, 10, { scale: 2, rounding: 'half-up' }) : money('0.00')`,
    ),
    why: 'the same quotient, the same rounding',
  }),
  fails(
    {
      id: 'change-half-even',
      title: 'half even in the place of half up',
      files: order(gold),
      statement: preserved(
        `(order) => order.tier === 'gold' && order.subtotal > money('500.00') ? divide(order.subtotal, 10, { scale: 2, rounding: 'half-even' }) : money('0.00')`,
      ),
      why: 'of 500.05 a tenth is 50.005: 50.01 before, 50.00 now',
    },
    { row: { tier: 'gold', subtotal: '500.05', pieces: 1 } },
  ),
  holds({
    id: 'change-conditions-turned',
    title: 'guards first: the same rule with early returns',
    files: order(gold),
    statement: preserved(
      `(order) => { if (order.tier !== 'gold') return money('0.00'); if (order.subtotal <= money('500.00')) return money('0.00'); return percentOf(order.subtotal, 10); }`,
    ),
    why: 'a tier that is absent is not gold either way',
  }),
  fails(
    {
      id: 'change-absent-tier',
      title: 'who has no tier counts as gold: only standard and silver are excluded',
      files: order(gold),
      statement: preserved(
        `(order) => order.tier === 'standard' || order.tier === 'silver' || order.subtotal <= money('500.00') ? money('0.00') : percentOf(order.subtotal, 10)`,
      ),
      why: 'without a tier an order of 600.00 got nothing and gets 60.00 now',
    },
    { row: { subtotal: '600.00', pieces: 1 } },
  ),
  holds({
    id: 'change-volume-added',
    title: 'from a hundred pieces on 2 percent, where gold does not give more',
    files: order(gold),
    statement: preserved(
      `(order) => max(order.tier === 'gold' && order.subtotal > money('500.00') ? percentOf(order.subtotal, 10) : money('0.00'), order.pieces >= 100 ? percentOf(order.subtotal, 2) : money('0.00'))`,
      '(order) => order.pieces >= 100',
    ),
    why: 'below a hundred pieces the new part is 0, and the old one is not below it',
  }),
  fails(
    {
      id: 'change-region-too-small',
      title: 'the change reaches down to 100 pieces, and only what is over 100 was named',
      files: order(gold),
      statement: preserved(
        `(order) => max(order.tier === 'gold' && order.subtotal > money('500.00') ? percentOf(order.subtotal, 10) : money('0.00'), order.pieces >= 100 ? percentOf(order.subtotal, 2) : money('0.00'))`,
        '(order) => order.pieces > 100',
      ),
      why: 'exactly 100 pieces get 2 percent',
    },
    { row: { subtotal: '100.00', pieces: 100 } },
  ),
  holds({
    id: 'change-dead-branch',
    title: 'a line for orders of no pieces changes nothing: there are none',
    files: order(gold),
    statement: preserved(
      `(order) => order.pieces < 1 ? money('5.00') : order.tier === 'gold' && order.subtotal > money('500.00') ? percentOf(order.subtotal, 10) : money('0.00')`,
    ),
    why: 'an order has a piece at least',
  }),
  holds(
    {
      id: 'invariants-fit',
      title: 'least is at most most, and both are even far apart',
      files: period(
        `ordered: { holds: (period) => period.least <= period.most, message: 'in order' }, apart: { holds: (period) => period.most - period.least >= 10, message: 'ten apart' },`,
      ),
      statement: { kind: 'satisfiable', entity: 'period' },
      why: '0 and 10 fit',
    },
    { row: { least: 0, most: 10 } },
  ),
  fails({
    id: 'invariants-contradict',
    title: 'least is above most, and most is above least',
    files: period(
      `below: { holds: (period) => period.least < period.most, message: 'below' }, above: { holds: (period) => period.least > period.most, message: 'above' },`,
    ),
    statement: { kind: 'satisfiable', entity: 'period' },
    why: 'no two numbers are each less than the other',
  }),
  fails({
    id: 'invariants-against-bounds',
    title: 'the invariant asks for more than the field allows',
    files: period(`sum: { holds: (period) => period.least + period.most > 2000, message: 'over two thousand' },`),
    statement: { kind: 'satisfiable', entity: 'period' },
    why: 'the two fields are at most 1,000 each',
  }),
  holds(
    {
      id: 'invariants-at-the-bound',
      title: 'the invariant leaves exactly one row',
      files: period(`sum: { holds: (period) => period.least + period.most >= 2000, message: 'two thousand' },`),
      statement: { kind: 'satisfiable', entity: 'period' },
      why: '1,000 and 1,000',
    },
    { row: { least: 1000, most: 1000 } },
  ),
];
