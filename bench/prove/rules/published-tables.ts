/** Rules as they are published elsewhere: decision tables with their hit policies, records by a choice, brackets; the tables as plain data. */
import { fails, holds, type RuleCase } from './support/rule-case.ts';
import { ruled } from './support/ruled.ts';

const kept = { kind: 'ensures', rule: 'decided', ensures: 'kept' } as const;

export const publishedTables: readonly RuleCase[] = [
  holds({
    id: 'published-tax-progressive',
    title: 'A progressive tax grows with the income',
    files: ruled(
      'person',
      `income: money({ required: true, min: '0.00', max: '1000000.00' }), tax: money({ live: decided }),`,
      'tax',
      `(person) => { const x = person.income;
      if (x <= money('10000.00')) return money('0.00');
      if (x <= money('30000.00')) return percentOf(x - money('10000.00'), 20);
      return money('4000.00') + percentOf(x - money('30000.00'), 40); }`,
    ),
    statement: { kind: 'monotone', of: 'rule/decided', in: 'income', direction: 'up' },
    why: 'The base of each bracket is what the one below comes to at its end.',
  }),
  fails(
    {
      id: 'published-tax-progressive-cliff',
      title: 'A base that is too small for its bracket',
      files: ruled(
        'person',
        `income: money({ required: true, min: '0.00', max: '1000000.00' }), tax: money({ live: decided }),`,
        'tax',
        `(person) => { const x = person.income;
      if (x <= money('10000.00')) return money('0.00');
      if (x <= money('30000.00')) return percentOf(x - money('10000.00'), 20);
      return money('3900.00') + percentOf(x - money('30000.00'), 40); }`,
      ),
      statement: { kind: 'monotone', of: 'rule/decided', in: 'income', direction: 'up' },
      why: 'At 30,000.01 the tax falls from 4,000.00 to 3,900.00.',
    },
    { row: { income: '29999.99' }, changed: { income: '30000.01' } },
  ),
  holds({
    id: 'published-tax-table-find',
    title: 'Brackets as a table, searched from above',
    files: ruled(
      'person',
      `income: integer({ required: true, min: 0, max: 1000000 }), tax: integer({ live: decided }),`,
      'tax',
      `(person) => { const brackets = [ { from: 30000, base: 4000, percent: 40 }, { from: 10000, base: 0, percent: 20 }, { from: 0, base: 0, percent: 0 } ];
      const bracket = brackets.find((one) => person.income >= one.from); return (bracket?.base ?? 0) + percentOf(person.income - (bracket?.from ?? 0), bracket?.percent ?? 0); }`,
      `(person) => person.tax <= person.income`,
    ),
    statement: kept,
    why: '40% of what is over 30,000 and 4,000 are less than the income.',
  }),
  holds({
    id: 'published-dmn-unique-complete',
    title: 'A table of unique rows leaves nobody out',
    files: ruled(
      'loan',
      `score: integer({ required: true, min: 300, max: 850 }), employed: boolean({ required: true }), outcome: choice({ choices: [approve, refer, decline], live: decided }),`,
      'outcome',
      `(loan) => { if (loan.score >= 700) return 'approve'; if (loan.score >= 600 && loan.employed) return 'approve'; if (loan.score >= 600 && !loan.employed) return 'refer'; if (loan.score < 600) return 'decline'; return undefined; }`,
    ),
    statement: { kind: 'complete', of: 'rule/decided' },
    why: 'Every score is 700 and more, from 600 to 699, or less.',
  }),
  fails(
    {
      id: 'published-dmn-unique-gap',
      title: 'A table of unique rows with a gap',
      files: ruled(
        'loan',
        `score: integer({ required: true, min: 300, max: 850 }), employed: boolean({ required: true }), outcome: choice({ choices: [approve, refer, decline], live: decided }),`,
        'outcome',
        `(loan) => { if (loan.score > 700) return 'approve'; if (loan.score >= 600 && loan.score < 700 && loan.employed) return 'approve'; if (loan.score >= 600 && loan.score < 700) return 'refer'; if (loan.score < 600) return 'decline'; return undefined; }`,
      ),
      statement: { kind: 'complete', of: 'rule/decided' },
      why: 'More than 700, and less than 700: 700 itself is in no row.',
    },
    { row: { score: 700, employed: true } },
  ),
  holds({
    id: 'published-dmn-unique-disjoint',
    title: 'No two rows of a table meet',
    files: ruled(
      'loan',
      `score: integer({ required: true, min: 300, max: 850 }), employed: boolean({ required: true }), outcome: choice({ choices: [approve, refer, decline], live: decided }),`,
      'outcome',
      `(loan) => 'approve'`,
    ),
    statement: {
      kind: 'disjoint',
      entity: 'loan',
      conditions: {
        a: '(loan) => loan.score >= 700',
        b: '(loan) => loan.score >= 600 && loan.score < 700 && loan.employed',
        c: '(loan) => loan.score >= 600 && loan.score < 700 && !loan.employed',
        d: '(loan) => loan.score < 600',
      },
    },
    why: 'Scores and employment part them.',
  }),
  fails(
    {
      id: 'published-dmn-unique-overlap',
      title: 'Two rows of a table meet',
      files: ruled(
        'loan',
        `score: integer({ required: true, min: 300, max: 850 }), employed: boolean({ required: true }), outcome: choice({ choices: [approve, refer, decline], live: decided }),`,
        'outcome',
        `(loan) => 'approve'`,
      ),
      statement: {
        kind: 'disjoint',
        entity: 'loan',
        conditions: {
          a: '(loan) => loan.score >= 700',
          b: '(loan) => loan.score >= 600 && loan.score < 700 && loan.employed',
          c: '(loan) => loan.score >= 600 && loan.score < 700 && !loan.employed',
          d: '(loan) => loan.score <= 600',
        },
      },
      why: '600 is at least 600, and at most 600.',
    },
    { row: { score: 600, employed: true } },
  ),
  holds({
    id: 'published-dmn-rule-array-first',
    title: 'The first of several rows counts',
    files: ruled(
      'loan',
      `score: integer({ required: true, min: 300, max: 850 }), age: integer({ required: true, min: 0, max: 120 }), rate: integer({ live: decided }),`,
      'rate',
      `(loan) => { const rules = [ { minScore: 750, minAge: 25, rate: 3 }, { minScore: 700, minAge: 18, rate: 5 }, { minScore: 0, minAge: 18, rate: 9 }, { minScore: 0, minAge: 0, rate: 0 } ]; const hit = rules.find((one) => loan.score >= one.minScore && loan.age >= one.minAge); return hit?.rate ?? 0; }`,
      `(loan) => loan.age >= 18 || loan.rate === 0`,
    ),
    statement: kept,
    why: 'The only row for those under 18 has the rate 0.',
  }),
  holds({
    id: 'published-dmn-collect-sum',
    title: 'Points of all rows that hit, added up',
    files: ruled(
      'applicant',
      `smoker: boolean({ required: true }), age: integer({ required: true, min: 18, max: 99 }), dangerous: boolean({ required: true }), points: integer({ live: decided }),`,
      'points',
      `(applicant) => (applicant.smoker ? 30 : 0) + (applicant.age > 60 ? 20 : 0) + (applicant.dangerous ? 50 : 0)`,
      `(applicant) => applicant.points >= 0 && applicant.points <= 100`,
    ),
    statement: kept,
    why: 'They come to 100 at most.',
  }),
  fails(
    {
      id: 'published-dmn-collect-sum-over',
      title: 'Points of all rows that hit come to too much',
      files: ruled(
        'applicant',
        `smoker: boolean({ required: true }), age: integer({ required: true, min: 18, max: 99 }), dangerous: boolean({ required: true }), points: integer({ live: decided }),`,
        'points',
        `(applicant) => (applicant.smoker ? 30 : 0) + (applicant.age > 60 ? 25 : 0) + (applicant.dangerous ? 50 : 0)`,
        `(applicant) => applicant.points >= 0 && applicant.points <= 100`,
      ),
      statement: kept,
      why: '30, 25 and 50 are 105.',
    },
    { row: { smoker: true, age: 61, dangerous: true } },
  ),
  holds({
    id: 'published-dmn-switch',
    title: 'A switch over a choice keeps its bounds',
    files: ruled(
      'member',
      `tier: choice({ choices: [basic, silver, gold], required: true }), percent: integer({ min: 0, max: 20, live: decided }),`,
      'percent',
      `(member) => { switch (member.tier) { case 'gold': return 20; case 'silver': return 10; default: return 0; } }`,
    ),
    statement: { kind: 'bounds', entity: 'member', field: 'percent' },
    why: '20, 10 and 0 lie between 0 and 20.',
  }),
  fails(
    {
      id: 'published-dmn-record-lookup',
      title: 'A record by a choice leaves its bounds',
      files: ruled(
        'member',
        `tier: choice({ choices: [basic, silver, gold], required: true }), percent: integer({ min: 0, max: 20, live: decided }),`,
        'percent',
        `(member) => ({ basic: 0, silver: 10, gold: 25 })[member.tier]`,
      ),
      statement: { kind: 'bounds', entity: 'member', field: 'percent' },
      why: 'Gold gets 25, and 20 is the most.',
    },
    { row: { tier: 'gold' } },
  ),
  holds({
    id: 'published-dmn-const-record-then-lookup',
    title: 'A percentage from a record',
    files: ruled(
      'member',
      `tier: choice({ choices: [basic, silver, gold], required: true }), spent: money({ required: true, min: '0.00', max: '99999.00' }), off: money({ live: decided }),`,
      'off',
      `(member) => { const rates = { basic: 0, silver: 10, gold: 25 }; return percentOf(member.spent, rates[member.tier]); }`,
      `(member) => member.off <= member.spent`,
    ),
    statement: kept,
    why: '25% of an amount are never more than it.',
  }),
  holds({
    id: 'published-shipping-nested-record',
    title: 'Postage by zone and band, a record in a record',
    files: ruled(
      'parcel',
      `zone: choice({ choices: [home, eu, world], required: true }), grams: integer({ required: true, min: 1, max: 31500 }), cost: money({ live: decided }),`,
      'cost',
      `(parcel) => { const table = { home: { small: money('4.50'), medium: money('6.90'), large: money('10.90') }, eu: { small: money('9.90'), medium: money('14.90'), large: money('24.90') }, world: { small: money('19.90'), medium: money('39.90'), large: money('79.90') } };
      const band = parcel.grams <= 1000 ? 'small' : parcel.grams <= 5000 ? 'medium' : 'large'; return table[parcel.zone][band]; }`,
    ),
    statement: { kind: 'monotone', of: 'rule/decided', in: 'grams', direction: 'up' },
    why: 'In each zone a larger band costs more.',
  }),
  fails(
    {
      id: 'published-shipping-table-rows-find',
      title: 'Postage by zone and weight, with a hole',
      files: ruled(
        'parcel',
        `zone: choice({ choices: [home, eu, world], required: true }), grams: integer({ required: true, min: 1, max: 31500 }), cost: money({ live: decided }),`,
        'cost',
        `(parcel) => { const rates = [ { zone: 'home', upTo: 1000, cost: money('4.50') }, { zone: 'home', upTo: 31500, cost: money('6.90') }, { zone: 'eu', upTo: 1000, cost: money('9.90') }, { zone: 'eu', upTo: 30000, cost: money('24.90') }, { zone: 'world', upTo: 31500, cost: money('79.90') } ];
      return rates.find((rate) => rate.zone === parcel.zone && parcel.grams <= rate.upTo)?.cost; }`,
      ),
      statement: { kind: 'complete', of: 'rule/decided' },
      why: 'Nothing over 30 kg goes to the union.',
    },
    { row: { zone: 'eu', grams: 30001 } },
  ),
];
