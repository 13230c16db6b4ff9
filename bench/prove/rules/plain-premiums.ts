/** Rules as they are published elsewhere, as people and models write them: premiums, loans, grades. Their truth was found by going through all rows of a grid in plain TypeScript. */
import { fails, holds, type RuleCase } from './support/rule-case.ts';
import { ruled } from './support/ruled.ts';

const kept = { kind: 'ensures', rule: 'decided', ensures: 'kept' } as const;

export const plainPremiums: readonly RuleCase[] = [
  holds({
    id: 'published-premium-factor-table',
    title: 'Premium factor table',
    files: ruled(
      'driver',
      `freeYears: integer({ required: true, min: 0, max: 50 }),base: money({ required: true, min: '100.00', max: '5000.00' }),premium: money({ live: decided }),`,
      'premium',
      `(driver) => { const factors = [{ years: 35, percent: 20 }, { years: 20, percent: 25 }, { years: 10, percent: 34 }, { years: 3, percent: 57 }, { years: 1, percent: 77 }]; const found = factors.find((f) => driver.freeYears >= f.years); return percentOf(driver.base, found ? found.percent : 100); }`,
    ),
    statement: { kind: 'monotone', of: 'rule/decided', in: 'freeYears', direction: 'down' },
    why: 'All rows of the grid keep it.',
  }),
  fails(
    {
      id: 'published-premium-discounts-add-up',
      title: 'Premium discounts add up',
      files: ruled(
        'client',
        `garage: boolean({ required: true }),few: boolean({ required: true }),online: boolean({ required: true }),member: boolean({ required: true }),off: integer({ live: decided }),`,
        'off',
        `(client) => { const discounts = [{ when: client.garage, percent: 20 }, { when: client.few, percent: 35 }, { when: client.online, percent: 25 }, { when: client.member, percent: 30 }]; return discounts.filter((d) => d.when).reduce((total, d) => total + d.percent, 0); }`,
        `(client) => client.off < 100`,
      ),
      statement: kept,
      why: 'A row of the grid speaks against it.',
    },
    { row: { garage: true, few: true, online: true, member: true } },
  ),
  holds({
    id: 'published-premium-max-of-map',
    title: 'Premium max of map',
    files: ruled(
      'client',
      `garage: boolean({ required: true }),few: boolean({ required: true }),online: boolean({ required: true }),off: integer({ live: decided }),`,
      'off',
      `(client) => { const discounts = [{ when: client.garage, percent: 20 }, { when: client.few, percent: 35 }, { when: client.online, percent: 25 }]; return Math.max(0, ...discounts.filter((d) => d.when).map((d) => d.percent)); }`,
      `(client) => client.off <= 35 && client.off >= 0`,
    ),
    statement: kept,
    why: 'All rows of the grid keep it.',
  }),
  fails(
    {
      id: 'published-premium-let-adds',
      title: 'Premium let adds',
      files: ruled(
        'client',
        `age: integer({ required: true, min: 16, max: 99 }),sport: boolean({ required: true }),points: integer({ live: decided }),`,
        'points',
        `(client) => { let points = 10; if (client.age < 25) points += 15; if (client.age > 70) points += 10; if (client.sport) { points += 5; } else { points -= 20; } return points; }`,
        `(client) => client.points >= 0`,
      ),
      statement: kept,
      why: 'A row of the grid speaks against it.',
    },
    { row: { age: 25, sport: false } },
  ),
  holds({
    id: 'published-loan-debt-ratio',
    title: 'Loan debt ratio',
    files: ruled(
      'loan',
      `income: money({ required: true, min: '0.00', max: '50000.00' }),debt: money({ required: true, min: '0.00', max: '50000.00' }),granted: boolean({ live: decided }),`,
      'granted',
      `(loan) => loan.income > money('0.00') && (divide(loan.debt * 100, loan.income, { scale: 0, rounding: 'half-up' }) ?? 100) <= 43`,
      `(loan) => !loan.granted || loan.debt * 100 <= loan.income * 44`,
    ),
    statement: kept,
    why: 'All rows of the grid keep it.',
  }),
  fails(
    {
      id: 'published-loan-division-by-no-income',
      title: 'Loan division by no income',
      files: ruled(
        'loan',
        `income: money({ required: true, min: '0.00', max: '50000.00' }),debt: money({ required: true, min: '0.00', max: '50000.00' }),ratio: integer({ live: decided }),`,
        'ratio',
        `(loan) => divide(loan.debt * 100, loan.income, { scale: 0, rounding: 'half-up' })`,
      ),
      statement: { kind: 'present', of: 'rule/decided' },
      why: 'A row of the grid speaks against it.',
    },
    { row: { income: '0.00', debt: '0.00' } },
  ),
  holds({
    id: 'published-loan-destructured',
    title: 'Loan destructured',
    files: ruled(
      'loan',
      `score: integer({ required: true, min: 300, max: 850 }),years: integer({ required: true, min: 0, max: 40 }),rate: integer({ live: decided }),`,
      'rate',
      `({ score, years }) => score >= 760 ? 310 : score >= 700 && years >= 2 ? 390 : score >= 640 ? 520 : 790`,
      `(loan) => loan.rate >= 310 && (loan.score >= 640 || loan.rate === 790)`,
    ),
    statement: kept,
    why: 'All rows of the grid keep it.',
  }),
  holds({
    id: 'published-grades-ladder',
    title: 'Grades ladder',
    files: ruled(
      'exam',
      `points: integer({ required: true, min: 0, max: 100 }),grade: integer({ live: decided }),`,
      'grade',
      `(exam) => { if (exam.points >= 92) return 1; if (exam.points >= 81) return 2; else if (exam.points >= 67) return 3; else if (exam.points >= 50) return 4; return exam.points >= 30 ? 5 : 6; }`,
    ),
    statement: { kind: 'monotone', of: 'rule/decided', in: 'points', direction: 'down' },
    why: 'All rows of the grid keep it.',
  }),
  fails(
    {
      id: 'published-grades-gap-in-tenths',
      title: 'Grades gap in tenths',
      files: ruled(
        'exam',
        `points: decimal({ required: true, scale: 1, min: '0.0', max: '100.0' }),grade: integer({ live: decided }),`,
        'grade',
        `(exam) => { const grades = [{ from: 90, to: 100, grade: 1 }, { from: 80, to: 89, grade: 2 }, { from: 60, to: 79, grade: 3 }, { from: 0, to: 59, grade: 4 }]; return grades.find(({ from, to }) => exam.points >= from && exam.points <= to)?.grade; }`,
      ),
      statement: { kind: 'present', of: 'rule/decided' },
      why: 'A row of the grid speaks against it.',
    },
    { row: { points: '59.1' } },
  ),
  holds({
    id: 'published-grades-switch-true',
    title: 'Grades switch true',
    files: ruled(
      'exam',
      `points: integer({ required: true, min: 0, max: 100 }),passed: boolean({ live: decided }),`,
      'passed',
      `(exam) => { switch (true) { case exam.points >= 50: return true; default: return false; } }`,
      `(exam) => exam.passed === (exam.points > 49)`,
    ),
    statement: kept,
    why: 'All rows of the grid keep it.',
  }),
  fails(
    {
      id: 'published-grades-average-pass',
      title: 'Grades average pass',
      files: ruled(
        'term',
        `maths: integer({ required: true, min: 1, max: 6 }),german: integer({ required: true, min: 1, max: 6 }),english: integer({ required: true, min: 1, max: 6 }),passed: boolean({ live: decided }),`,
        'passed',
        `(term) => { const grades = [term.maths, term.german, term.english]; return grades.every((g) => g <= 5) && grades.filter((g) => g === 5).length <= 1; }`,
        `(term) => !term.passed || term.maths + term.german + term.english <= 12`,
      ),
      statement: kept,
      why: 'A row of the grid speaks against it.',
    },
    { row: { maths: 4, german: 4, english: 5 } },
  ),
];
