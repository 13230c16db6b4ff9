/** Values that may be absent: averages of none, fields that nobody filled in, what counts then. */
import { fails, holds, type RuleCase, type Sources } from './support/rule-case.ts';
import { decision, entity, system } from './support/sources.ts';

const course = (fields: string): Sources =>
  system(
    entity(
      'course',
      `name: text({}), marks: list({ item: 'mark', fields: { points: integer({ required: true, min: 0, max: 100 }), weight: integer({ min: 1, max: 10 }) } }), ${fields}`,
    ),
  );
const offer = (decide: string, ensures: string): Sources =>
  system(
    entity(
      'offer',
      `list: money({ required: true, min: '0.00', max: '10000.00' }), special: money({ min: '0.00', max: '10000.00' }), until: date({}), price: money({ live: offerPrice }),`,
      { rules: ['offerPrice'] },
    ),
    decision('offerPrice', 'offer', 'price', `decide: ${decide}, ensures: { fair: { holds: (offer) => ${ensures}, message: 'fair' } },`),
  );
const fair = { kind: 'ensures', rule: 'offerPrice', ensures: 'fair' } as const;
const notDearer = `(offer.price ?? offer.list) <= offer.list`;

export const optionalValues: readonly RuleCase[] = [
  fails(
    {
      id: 'optional-average-of-none',
      title: 'a course without marks has no average',
      files: course(`mean: decimal({ scale: 2, live: (course) => average(course.marks, (mark) => mark.points) }),`),
      statement: { kind: 'present', of: 'entity/course.mean' },
      why: 'the average of none is absent',
    },
    { row: { marks: [] } },
  ),
  holds({
    id: 'optional-average-or-zero',
    title: 'a course without marks counts as zero',
    files: course(`mean: decimal({ scale: 2, live: (course) => average(course.marks, (mark) => mark.points) ?? 0 }),`),
    statement: { kind: 'present', of: 'entity/course.mean' },
    why: 'zero stands in for what is absent',
  }),
  fails(
    {
      id: 'optional-largest-of-filtered',
      title: 'of marks above 50 there may be none',
      files: course(
        `best: integer({ live: (course) => largest(course.marks.filter((mark) => mark.points > 50), (mark) => mark.points) }),`,
      ),
      statement: { kind: 'present', of: 'entity/course.best' },
      why: 'with the only mark at 50 the filtered list is empty',
    },
    { row: { marks: [{ points: 50 }] } },
  ),
  fails(
    {
      id: 'optional-divided-by-weights',
      title: 'weights may all be absent, and then the divisor is zero',
      files: course(
        `mean: decimal({ scale: 2, live: (course) => divide(sum(course.marks, (mark) => mark.points * (mark.weight ?? 0)), sum(course.marks, (mark) => mark.weight ?? 0), { scale: 2, rounding: 'half-up' }) }),`,
      ),
      statement: { kind: 'present', of: 'entity/course.mean' },
      why: 'one mark without a weight: 0 divided by 0',
    },
    { row: { marks: [{ points: 80 }] } },
  ),
  holds({
    id: 'optional-special-if-lower',
    title: 'the special price counts where it is lower',
    files: offer(`(offer) => offer.special === undefined ? offer.list : min(offer.special, offer.list)`, notDearer),
    statement: fair,
    why: 'the smaller of the two is not above the list price',
  }),
  fails(
    {
      id: 'optional-special-always',
      title: 'the special price counts even where it is higher',
      files: offer(`(offer) => offer.special ?? offer.list`, notDearer),
      statement: fair,
      why: 'special 2.00, list 1.00',
    },
    { row: { list: '1.00', special: '2.00' } },
  ),
  fails(
    {
      id: 'optional-absent-special-is-free',
      title: 'a special price that is absent counts as 0.00',
      files: offer(
        `(offer) => min(offer.special ?? money('0.00'), offer.list)`,
        `offer.special !== undefined || (offer.price ?? money('0.00')) === offer.list`,
      ),
      statement: fair,
      why: 'without a special price a list price of 1.00 becomes 0.00',
    },
    { row: { list: '1.00' } },
  ),
  fails(
    {
      id: 'optional-no-date-is-over',
      title: 'an offer without an end counts as over',
      files: offer(
        `(offer) => offer.special !== undefined && offer.until !== undefined && offer.until >= today() ? offer.special : offer.list`,
        `offer.special === undefined || offer.until !== undefined || (offer.price ?? money('0.00')) === offer.special`,
      ),
      statement: fair,
      why: 'a special price without an end is not given',
    },
    { row: { list: '2.00', special: '1.00' } },
  ),
  holds({
    id: 'optional-no-date-is-for-good',
    title: 'an offer without an end is for good',
    files: offer(
      `(offer) => offer.special !== undefined && (offer.until === undefined || offer.until >= today()) ? offer.special : offer.list`,
      `offer.special === undefined || offer.until !== undefined || (offer.price ?? money('0.00')) === offer.special`,
    ),
    statement: fair,
    why: 'without an end the special price is taken',
  }),
  holds({
    id: 'optional-same-with-and-without',
    title: 'asking first and standing in say the same',
    files: system(
      entity('item', `price: money({ min: '0.00', max: '100.00' }), shown: money({ live: (item) => item.price ?? money('0.00') }),`),
    ),
    statement: {
      kind: 'preserved',
      of: 'entity/item.shown',
      after: entity(
        'item',
        `price: money({ min: '0.00', max: '100.00' }), shown: money({ live: (item) => item.price !== undefined ? item.price : money('0.00') }),`,
      ),
    },
    why: 'both give the price where there is one and 0.00 else',
  }),
  fails(
    {
      id: 'optional-zero-is-not-absent',
      title: 'a price of zero is not a price that is missing',
      files: system(
        entity('item', `price: money({ min: '0.00', max: '100.00' }), shown: money({ live: (item) => item.price ?? money('9.99') }),`),
      ),
      statement: {
        kind: 'preserved',
        of: 'entity/item.shown',
        after: entity(
          'item',
          `price: money({ min: '0.00', max: '100.00' }), shown: money({ live: (item) => (item.price ?? money('0.00')) > money('0.00') ? item.price : money('9.99') }),`,
        ),
      },
      why: 'a price of 0.00 was shown and is replaced by 9.99 now',
    },
    { row: { price: '0.00' } },
  ),
];
