/** Who gets something: conditions over people, with values that may be absent. */
import { fails, holds, type RuleCase, type Sources } from './support/rule-case.ts';
import { decision, entity, system } from './support/sources.ts';

const applicant = (decide: string, ensures: string, age = 'required: true, min: 0, max: 150'): Sources =>
  system(
    entity(
      'applicant',
      `age: integer({ ${age} }),
    income: money({ required: true, min: '0.00', max: '900000.00' }),
    debt: money({ min: '0.00', max: '900000.00' }),
    guardian: boolean({ default: false }),
    answer: choice({ choices: [refuse, check, grant], live: loanAnswer }),`,
      { rules: ['loanAnswer'] },
    ),
    decision(
      'loanAnswer',
      'applicant',
      'answer',
      `decide: ${decide}, ensures: { kept: { holds: (applicant) => ${ensures}, message: 'kept' } },`,
    ),
  );
const kept = { kind: 'ensures', rule: 'loanAnswer', ensures: 'kept' } as const;
const person = system(entity('person', `age: integer({ required: true, min: 0, max: 150 }), years: integer({ min: 0, max: 80 }),`));
const member = (fields: string): Sources =>
  system(
    entity('club', `name: text({ required: true }), open: boolean({}), fee: money({ min: '0.00', max: '500.00' }),`),
    entity('member', `since: date({ required: true }), blocked: boolean({}), club: reference({ to: 'club', required: true }), ${fields}`),
  );
const notMinor = `applicant.answer !== 'grant' || applicant.age >= 18`;

export const eligibility: readonly RuleCase[] = [
  holds({
    id: 'eligible-adults-alone',
    title: 'a loan is granted to adults alone',
    files: applicant(
      `(applicant) => { if (applicant.age < 18) return 'refuse'; if (applicant.income >= money('2000.00')) return 'grant'; return 'check'; }`,
      notMinor,
    ),
    statement: kept,
    why: 'who is under 18 is refused before anything else',
  }),
  fails(
    {
      id: 'eligible-with-guardian',
      title: 'with a guardian the age is not asked',
      files: applicant(
        `(applicant) => { if (applicant.income >= money('2000.00') && (applicant.age >= 18 || (applicant.guardian ?? false))) return 'grant'; return applicant.age < 18 ? 'refuse' : 'check'; }`,
        notMinor,
      ),
      statement: kept,
      why: 'a child of ten with a guardian and an income is granted one',
    },
    { row: { age: 10, income: '2000.00', guardian: true } },
  ),
  fails(
    {
      id: 'eligible-younger-by-a-slip',
      title: '18 is written as 16',
      files: applicant(`(applicant) => applicant.age >= 16 && applicant.income > money('0.00') ? 'grant' : 'refuse'`, notMinor),
      statement: kept,
      why: 'at 16 it is granted',
    },
    { row: { age: 16, income: '0.01' } },
  ),
  holds({
    id: 'eligible-unknown-debt-is-checked',
    title: 'unless the debt is known and small, nothing is granted',
    files: applicant(
      `(applicant) => applicant.age >= 18 && applicant.debt !== undefined && applicant.debt <= money('1000.00') ? 'grant' : 'check'`,
      `applicant.answer !== 'grant' || (applicant.debt !== undefined && applicant.debt <= money('1000.00'))`,
    ),
    statement: kept,
    why: 'the debt is asked for before it is compared',
  }),
  fails(
    {
      id: 'eligible-unknown-debt-is-none',
      title: 'a debt that is not known counts as none',
      files: applicant(
        `(applicant) => applicant.age >= 18 && (applicant.debt ?? money('0.00')) <= money('1000.00') ? 'grant' : 'check'`,
        `applicant.answer !== 'grant' || applicant.debt !== undefined`,
      ),
      statement: kept,
      why: 'without a debt it is granted',
    },
    { row: { age: 30, income: '0.00' } },
  ),
  fails(
    {
      id: 'eligible-unknown-age',
      title: 'who gives no age counts as 99',
      files: applicant(
        `(applicant) => (applicant.age ?? 99) >= 18 ? 'grant' : 'refuse'`,
        `applicant.answer !== 'grant' || (applicant.age ?? 0) >= 18`,
        'min: 0, max: 150',
      ),
      statement: kept,
      why: 'without an age it is granted',
    },
    { row: { income: '0.00' } },
  ),
  holds({
    id: 'eligible-ages-disjoint',
    title: 'child, adult and senior do not overlap',
    files: person,
    statement: {
      kind: 'disjoint',
      entity: 'person',
      conditions: {
        child: '(person) => person.age < 18',
        adult: '(person) => person.age >= 18 && person.age < 65',
        senior: '(person) => person.age >= 65',
      },
    },
    why: 'each begins where the one before ends',
  }),
  fails(
    {
      id: 'eligible-ages-overlap',
      title: 'at 65 one is adult and senior',
      files: person,
      statement: {
        kind: 'disjoint',
        entity: 'person',
        conditions: {
          child: '(person) => person.age < 18',
          adult: '(person) => person.age >= 18 && person.age <= 65',
          senior: '(person) => person.age >= 65',
        },
      },
      why: '65 is in both',
    },
    { row: { age: 65 } },
  ),
  holds({
    id: 'eligible-ages-complete',
    title: 'everybody is child, adult or senior',
    files: person,
    statement: {
      kind: 'complete',
      entity: 'person',
      conditions: {
        child: '(person) => person.age < 18',
        adult: '(person) => person.age >= 18 && person.age < 65',
        senior: '(person) => person.age >= 65',
      },
    },
    why: 'the age is required, and each begins where the one before ends',
  }),
  fails(
    {
      id: 'eligible-eighteen-is-nobody',
      title: 'who is exactly 18 is neither child nor adult',
      files: person,
      statement: {
        kind: 'complete',
        entity: 'person',
        conditions: {
          child: '(person) => person.age < 18',
          adult: '(person) => person.age > 18 && person.age < 65',
          senior: '(person) => person.age >= 65',
        },
      },
      why: '18 is in none',
    },
    { row: { age: 18 } },
  ),
  fails(
    {
      id: 'eligible-absent-is-nowhere',
      title: 'years that are not known are neither few nor many',
      files: person,
      statement: {
        kind: 'complete',
        entity: 'person',
        conditions: {
          few: '(person) => person.years !== undefined && person.years < 5',
          many: '(person) => person.years !== undefined && person.years >= 5',
        },
      },
      why: 'without years neither holds',
    },
    { row: { age: 30 } },
  ),
  holds({
    id: 'eligible-absent-is-few',
    title: 'years that are not known count as few',
    files: person,
    statement: {
      kind: 'complete',
      entity: 'person',
      conditions: { few: '(person) => (person.years ?? 0) < 5', many: '(person) => person.years !== undefined && person.years >= 5' },
    },
    why: 'either there are five years or more, or there are not',
  }),
  holds({
    id: 'eligible-blocked-never-enter',
    title: 'who is blocked does not enter, whatever the club',
    files: member(`enters: boolean({ live: (member) => !(member.blocked ?? false) && (member.club.open ?? false) }),`),
    statement: {
      kind: 'disjoint',
      entity: 'member',
      conditions: { enters: '(member) => member.enters', blocked: '(member) => member.blocked ?? false' },
    },
    why: 'both stand in the same condition, once with not',
  }),
  fails(
    {
      id: 'eligible-blocked-enter-open-clubs',
      title: 'or where and was meant: an open club lets the blocked in',
      files: member(`enters: boolean({ live: (member) => !(member.blocked ?? false) || (member.club.open ?? false) }),`),
      statement: {
        kind: 'disjoint',
        entity: 'member',
        conditions: { enters: '(member) => member.enters', blocked: '(member) => member.blocked ?? false' },
      },
      why: 'the club is open and the member is blocked',
    },
    { row: { since: '2026-01-01', blocked: true, club: { name: 'Oak', open: true } } },
  ),
];
