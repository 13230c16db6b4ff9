/** Days, deadlines, months. */
import { fails, hard, holds, type RuleCase, type Sources } from './support/rule-case.ts';
import { decision, entity, system } from './support/sources.ts';

const years = "min: '2000-01-01', max: '2100-12-31'";
const bill = (fields: string, terms = 'min: 0, max: 90'): Sources =>
  system(entity('bill', `issued: date({ required: true, ${years} }), terms: integer({ required: true, ${terms} }), ${fields}`));
const term = (terms?: string): Sources =>
  bill(
    `due: date({ live: (bill) => addDays(bill.issued, bill.terms) }), days: integer({ min: 0, live: (bill) => daysBetween(bill.issued, bill.due) }),`,
    terms,
  );
const stay = (fields: string): Sources =>
  system(entity('stay', `from: date({ required: true, ${years} }), until: date({ required: true, ${years} }), ${fields}`));
const reminder = (decide: string): Sources =>
  system(
    entity(
      'reminder',
      `due: date({ required: true, ${years} }), level: integer({ min: 0, max: 3, live: reminderLevel }), late: integer({ live: (reminder) => daysBetween(reminder.due, today()) }),`,
      { rules: ['reminderLevel'] },
    ),
    decision(
      'reminderLevel',
      'reminder',
      'level',
      `decide: ${decide}, ensures: { none: { holds: (reminder) => daysBetween(reminder.due, today()) > 0 || reminder.level === 0, message: 'none before it is late' } },`,
    ),
  );
const lateness = {
  kind: 'ensures',
  rule: 'reminderLevel',
  ensures: 'none',
} as const;

export const daysAndDeadlines: readonly RuleCase[] = [
  holds({
    id: 'days-due-after-issue',
    title: 'a bill is never due before it is issued',
    files: term(),
    statement: { kind: 'bounds', entity: 'bill', field: 'days' },
    why: 'the days that are added are 0 or more',
  }),
  fails(
    {
      id: 'days-due-before-issue',
      title: 'terms may be negative',
      files: term('min: -5, max: 90'),
      statement: { kind: 'bounds', entity: 'bill', field: 'days' },
      why: 'one day less is the day before',
    },
    { row: { issued: '2026-01-31', terms: -1 } },
  ),
  holds({
    id: 'days-there-and-back',
    title: 'the days to a date that lies so many days ahead are so many',
    files: bill(
      `off: integer({ min: 0, max: 0, live: (bill) => daysBetween(bill.issued, addDays(bill.issued, bill.terms)) - bill.terms }),`,
    ),
    statement: { kind: 'bounds', entity: 'bill', field: 'off' },
    why: 'days are counted one by one',
  }),
  fails(
    {
      id: 'days-month-is-not-thirty',
      title: 'a month is taken for 30 days',
      files: bill(`off: integer({ min: 0, max: 0, live: (bill) => daysBetween(bill.issued, addMonths(bill.issued, 1)) - 30 }),`),
      statement: { kind: 'bounds', entity: 'bill', field: 'off' },
      why: 'January has 31 days',
    },
    { row: { issued: '2026-01-01', terms: 0 } },
  ),
  holds({
    id: 'days-month-is-about-thirty',
    title: 'a month is from 28 to 31 days',
    files: bill(`length: integer({ min: 28, max: 31, live: (bill) => daysBetween(bill.issued, addMonths(bill.issued, 1)) }),`),
    statement: { kind: 'bounds', entity: 'bill', field: 'length' },
    why: 'the shortest is from 31 January to 28 February, and no month is longer than 31',
  }),
  fails(
    {
      id: 'days-month-twice',
      title: 'twice a month is not two months',
      files: bill(
        `off: integer({ min: 0, max: 0, live: (bill) => daysBetween(addMonths(addMonths(bill.issued, 1), 1), addMonths(bill.issued, 2)) }),`,
      ),
      statement: { kind: 'bounds', entity: 'bill', field: 'off' },
      why: 'from 31 January by way of 28 February to 28 March, and at once to 31 March',
    },
    { row: { issued: '2026-01-31', terms: 0 } },
  ),
  hard(
    {
      id: 'days-later-stays-later',
      title: 'a month later keeps the order of two dates',
      files: bill(`next: date({ live: (bill) => addMonths(bill.issued, 1) }),`),
      statement: { kind: 'monotone', of: 'entity/bill.next', in: 'issued', direction: 'up' },
      why: 'clamping to the end of a month keeps the order',
    },
    'holds',
  ),
  holds({
    id: 'days-late-fee-floored',
    title: 'who is not late has no days late',
    files: bill(`late: integer({ min: 0, live: (bill) => max(daysBetween(bill.issued, today()), 0) }),`),
    statement: { kind: 'bounds', entity: 'bill', field: 'late' },
    why: 'it is floored at 0',
  }),
  fails(
    {
      id: 'days-late-fee-early',
      title: 'a date that is still to come has negative days late',
      files: bill(`late: integer({ min: 0, live: (bill) => daysBetween(bill.issued, today()) }),`),
      statement: { kind: 'bounds', entity: 'bill', field: 'late' },
      why: 'issued tomorrow is -1',
    },
    { row: { issued: '2026-01-02', terms: 0 }, today: '2026-01-01' },
  ),
  fails(
    {
      id: 'days-nights-backwards',
      title: 'a stay may end before it begins',
      files: stay(`nights: integer({ min: 0, live: (stay) => daysBetween(stay.from, stay.until) }),`),
      statement: { kind: 'bounds', entity: 'stay', field: 'nights' },
      why: 'from 2 to 1 January is -1',
    },
    { row: { from: '2026-01-02', until: '2026-01-01' } },
  ),
  holds({
    id: 'days-nights-between',
    title: 'nights between the earlier and the later date are not negative',
    files: stay(`nights: integer({ min: 0, live: (stay) => daysBetween(min(stay.from, stay.until), max(stay.from, stay.until)) }),`),
    statement: { kind: 'bounds', entity: 'stay', field: 'nights' },
    why: 'the later is not before the earlier',
  }),
  fails(
    {
      id: 'days-arguments-swapped',
      title: 'from and until are swapped',
      files: stay(`nights: integer({ live: (stay) => daysBetween(stay.until, stay.from) }),`),
      statement: { kind: 'monotone', of: 'entity/stay.nights', in: 'until', direction: 'up' },
      why: 'a later end makes fewer nights',
    },
    { row: { from: '2026-01-01', until: '2026-01-02' }, changed: { until: '2026-01-03' } },
  ),
  holds({
    id: 'days-no-reminder-in-time',
    title: 'there is no reminder before a bill is late',
    files: reminder(
      `(reminder) => { const late = daysBetween(reminder.due, today()); if (late > 30) return 3; if (late > 14) return 2; return late > 0 ? 1 : 0; }`,
    ),
    statement: lateness,
    why: 'each level asks for more than 0 days',
  }),
  fails(
    {
      id: 'days-reminder-on-the-day',
      title: 'the first reminder goes out on the day it is due',
      files: reminder(
        `(reminder) => { const late = daysBetween(reminder.due, today()); if (late > 30) return 3; if (late > 14) return 2; return late >= 0 ? 1 : 0; }`,
      ),
      statement: lateness,
      why: 'on the day itself it is not late',
    },
    { row: { due: '2026-01-01' }, today: '2026-01-01' },
  ),
  holds({
    id: 'days-reminder-levels-disjoint',
    title: 'each day belongs to one level at most',
    files: reminder(`() => 0`),
    statement: {
      kind: 'disjoint',
      entity: 'reminder',
      conditions: {
        first: '(reminder) => reminder.late > 0 && reminder.late <= 14',
        second: '(reminder) => reminder.late > 14 && reminder.late <= 30',
        third: '(reminder) => reminder.late > 30',
      },
    },
    why: 'each begins after the one before ends',
  }),
  fails(
    {
      id: 'days-reminder-gap',
      title: 'day 15 has no level',
      files: reminder(`() => 0`),
      statement: {
        kind: 'complete',
        entity: 'reminder',
        conditions: {
          none: '(reminder) => reminder.late <= 0',
          first: '(reminder) => reminder.late > 0 && reminder.late < 15',
          second: '(reminder) => reminder.late > 15 && reminder.late <= 30',
          third: '(reminder) => reminder.late > 30',
        },
      },
      why: 'the first ends before 15, the second begins after it',
    },
    { row: { due: '2026-01-01' }, today: '2026-01-16' },
  ),
];
