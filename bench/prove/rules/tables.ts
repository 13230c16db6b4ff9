/** Decision tables: nested conditions, tiers, zones; complete, disjoint, in order. */
import { fails, holds, type RuleCase, type Sources } from './support/rule-case.ts';
import { decision, entity, system } from './support/sources.ts';

const parcel = (decide: string): Sources =>
  system(
    entity(
      'parcel',
      `zone: choice({ choices: [home, union, world], required: true }),
    grams: integer({ required: true, min: 1, max: 31500 }),
    postage: money({ live: parcelPostage }),`,
      { rules: ['parcelPostage'] },
    ),
    decision('parcelPostage', 'parcel', 'postage', `decide: ${decide},`),
  );
const postage = { kind: 'complete', of: 'rule/parcelPostage' } as const;
const grows = { kind: 'monotone', of: 'rule/parcelPostage', in: 'grams', direction: 'up' } as const;
const body = (scale: number): Sources =>
  system(entity('reading', `level: decimal({ scale: ${scale}, required: true, min: '0', max: '100' }), place: text({}),`));
const bands = {
  low: '(reading) => reading.level < 18.5',
  normal: '(reading) => reading.level >= 18.5 && reading.level <= 24.9',
  high: '(reading) => reading.level >= 25',
};
const seller = (decide: string, ensures = ''): Sources =>
  system(
    entity(
      'seller',
      `sales: money({ required: true, min: '0.00', max: '900000.00' }), years: integer({ min: 0, max: 60 }), percent: integer({ min: 0, max: 12, live: sellerPercent }),`,
      { rules: ['sellerPercent'] },
    ),
    decision('sellerPercent', 'seller', 'percent', `decide: ${decide}, ${ensures}`),
  );
const percentBounds = { kind: 'bounds', entity: 'seller', field: 'percent' } as const;
const percentGrows = { kind: 'monotone', of: 'rule/sellerPercent', in: 'sales', direction: 'up' } as const;

export const tables: readonly RuleCase[] = [
  holds({
    id: 'table-postage-complete',
    title: 'each zone and weight has a postage',
    files: parcel(`(parcel) => {
    if (parcel.zone === 'home') return parcel.grams <= 2000 ? money('4.49') : money('9.99');
    if (parcel.zone === 'union') return parcel.grams <= 5000 ? money('14.49') : money('29.99');
    return parcel.grams <= 5000 ? money('29.99') : money('59.99');
  }`),
    statement: postage,
    why: 'each way ends with an amount',
  }),
  fails(
    {
      id: 'table-postage-gap',
      title: 'heavy parcels to the world have none',
      files: parcel(`(parcel) => {
    if (parcel.zone === 'home') return parcel.grams <= 2000 ? money('4.49') : money('9.99');
    if (parcel.zone === 'union') return parcel.grams <= 5000 ? money('14.49') : money('29.99');
    return parcel.grams <= 20000 ? money('59.99') : undefined;
  }`),
      statement: postage,
      why: 'the last way is absent over 20 kilograms',
    },
    { row: { zone: 'world', grams: 20001 } },
  ),
  fails(
    {
      id: 'table-postage-forgotten-zone',
      title: 'the union is forgotten',
      files: parcel(`(parcel) => {
    if (parcel.zone === 'home') return money('4.49');
    if (parcel.zone === 'world') return money('29.99');
    return undefined;
  }`),
      statement: postage,
      why: 'there is no line for the union',
    },
    { row: { zone: 'union', grams: 1 } },
  ),
  holds({
    id: 'table-postage-unreachable-gap',
    title: 'what would be absent is out of reach: no parcel is that heavy',
    files: parcel(`(parcel) => {
    if (parcel.grams <= 10000) return money('9.99');
    if (parcel.grams <= 31500) return money('19.99');
    return undefined;
  }`),
    statement: postage,
    why: 'a parcel has 31,500 grams at most',
  }),
  holds({
    id: 'table-postage-grows',
    title: 'a heavier parcel never costs less',
    files: parcel(`(parcel) => {
    if (parcel.grams <= 2000) return money('4.49');
    if (parcel.grams <= 5000) return money('6.99');
    return parcel.grams <= 10000 ? money('9.49') : money('16.49');
  }`),
    statement: grows,
    why: 'each line costs more than the one before',
  }),
  fails(
    {
      id: 'table-postage-lines-swapped',
      title: 'two lines of the table are swapped',
      files: parcel(`(parcel) => {
    if (parcel.grams <= 2000) return money('6.99');
    if (parcel.grams <= 5000) return money('4.49');
    return parcel.grams <= 10000 ? money('9.49') : money('16.49');
  }`),
      statement: grows,
      why: '2,000 grams cost 6.99, 2,001 cost 4.49',
    },
    { row: { zone: 'home', grams: 2000 }, changed: { grams: 2001 } },
  ),
  fails(
    {
      id: 'table-postage-shadowed',
      title: 'the wider line stands first and hides the narrower one',
      files: parcel(`(parcel) => {
    if (parcel.grams <= 10000) return money('9.49');
    if (parcel.grams <= 2000) return money('4.49');
    return money('8.49');
  }`),
      statement: grows,
      why: 'over ten kilograms it is cheaper',
    },
    { row: { zone: 'home', grams: 10000 }, changed: { grams: 10001 } },
  ),
  holds({
    id: 'table-bands-one-digit',
    title: 'with one digit after the point nothing lies between 24.9 and 25',
    files: body(1),
    statement: { kind: 'complete', entity: 'reading', conditions: bands },
    why: '24.9 and 25.0 are neighbours',
  }),
  fails(
    {
      id: 'table-bands-two-digits',
      title: 'with two digits there is 24.95',
      files: body(2),
      statement: { kind: 'complete', entity: 'reading', conditions: bands },
      why: '24.95 is in no band',
    },
    { row: { level: '24.95' } },
  ),
  holds({
    id: 'table-bands-disjoint',
    title: 'the bands do not overlap',
    files: body(2),
    statement: { kind: 'disjoint', entity: 'reading', conditions: bands },
    why: 'each begins after the one before ends',
  }),
  holds({
    id: 'table-commission-grows',
    title: 'who sells more never has a lower percentage',
    files: seller(`(seller) => seller.sales >= money('100000.00') ? 12 : seller.sales >= money('50000.00') ? 8 : 5`),
    statement: percentGrows,
    why: '5, 8 and 12 rise',
  }),
  fails(
    {
      id: 'table-commission-falls',
      title: 'the middle line holds 15 in the place of 5 for new sellers',
      files: seller(
        `(seller) => seller.sales >= money('100000.00') ? 12 : (seller.years ?? 0) < 1 && seller.sales < money('50000.00') ? 15 : 8`,
      ),
      statement: percentBounds,
      why: 'a new seller below 50,000 has 15 percent, over the 12 of the field',
    },
    { row: { sales: '100.00', years: 0 } },
  ),
  holds({
    id: 'table-commission-bounded',
    title: 'years add to the percentage, up to 12',
    files: seller(`(seller) => min(5 + (seller.years ?? 0), 12)`),
    statement: percentBounds,
    why: 'it is capped',
  }),
  fails(
    {
      id: 'table-commission-unbounded',
      title: 'years add to the percentage without end',
      files: seller(`(seller) => 5 + (seller.years ?? 0)`),
      statement: percentBounds,
      why: 'after 8 years it is 13',
    },
    { row: { sales: '0.00', years: 8 } },
  ),
  holds({
    id: 'table-nested-equal-to-flat',
    title: 'the nested table and the flat one say the same',
    files: seller(
      `(seller) => { if (seller.sales >= money('50000.00')) { if (seller.sales >= money('100000.00')) return 12; return 8; } return 5; }`,
    ),
    statement: {
      kind: 'preserved',
      of: 'rule/sellerPercent',
      after: decision(
        'sellerPercent',
        'seller',
        'percent',
        `decide: (seller) => seller.sales < money('50000.00') ? 5 : seller.sales < money('100000.00') ? 8 : 12,`,
      ),
    },
    why: 'the same three lines, read from below',
  }),
];
