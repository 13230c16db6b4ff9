/** Asks of the payroll: who may, who sees, overtime, rejections. */
import { payroll } from '../bases/payroll.ts';
import type { Ask } from '../support/ask.ts';
import { altered, component, edited, shown, tests } from '../support/texts.ts';

const eve = `{ create: 'employee', as: 'eve', with: { name: 'Eve', login: 'example-employee', department: 'sales', salary: '4000.00' } }`;
const max = `{ create: 'employee', as: 'max', with: { name: 'Max', login: 'max', department: 'sales', salary: '5000.00' } }`;
const trip = (amount = '80.00', more = ''): string =>
  `{ create: 'expense', as: 'trip', with: { employee: 'eve', amount: '${amount}', spentOn: '2026-01-10'${more} } }`;
const submitted = `{ call: 'submitExpense', on: 'trip' }`;

const rejectPath = 'operations/reject-expense.ts';
const reject = {
  [rejectPath]: component(
    'A manager rejects an expense, and says why.',
    `operation({
  id: 'o_reject',
  name: 'rejectExpense',
  on: 'expense',
  input: { reason: text({ id: 'f_inreas', no: 1, required: true, min: 3 }) },
  output: { row: 'expense' },
  capabilities: { expense: ['update'] },
  roles: ['manager', 'owner'],
  transition: { field: 'status', from: ['submitted'], to: 'rejected' },
  async run({ data, row, input }) {
    return data.expense.update(row.id, { status: 'rejected', note: input.reason });
  },
})`,
  ),
  'operations/reject-expense.test.ts': tests(
    shown(
      'a manager rejects with a reason',
      eve,
      trip(),
      submitted,
      `{ call: 'rejectExpense', on: 'trip', by: 'manager', with: { reason: 'no receipt' }, then: { status: 'rejected', note: 'no receipt' } }`,
    ),
    shown(
      'an employee does not, and no reason is no rejection',
      eve,
      trip(),
      submitted,
      `{ call: 'rejectExpense', on: 'trip', by: 'employee', with: { reason: 'no receipt' }, then: { refused: 'forbidden' } }`,
      `{ call: 'rejectExpense', on: 'trip', by: 'manager', with: {}, then: { refused: 'invalid' } }`,
    ),
    shown(
      'what is approved is not rejected',
      eve,
      trip(),
      submitted,
      `{ call: 'approveExpense', on: 'trip' }`,
      `{ call: 'rejectExpense', on: 'trip', with: { reason: 'no receipt' }, then: { refused: 'state-forbids' } }`,
    ),
  ),
};
const rejected = `{ call: 'rejectExpense', on: 'trip', by: 'manager', with: { reason: 'no receipt' }, then: { status: 'rejected' } }`;
const rejectHappy = { ...reject, 'operations/reject-expense.test.ts': tests(shown('a manager rejects', eve, trip(), submitted, rejected)) };

const payPath = 'rules/shift-pay.ts';
const shift = (minutes: number, rate: string, pay: string): readonly string[] => [
  eve,
  `{ create: 'shift', with: { employee: 'eve', day: '2026-01-10', minutes: ${minutes}, rate: '${rate}' }, then: { pay: '${pay}' } }`,
];
const overtime = {
  ...edited(payroll, payPath, [
    'divide(shift.rate * shift.minutes, 60,',
    'divide(shift.rate * (min(shift.minutes, 480) * 2 + max(shift.minutes - 480, 0) * 3), 120,',
  ]),
  'entities/shift.test.ts': tests(
    shown('an hour and a half', ...shift(90, '20.00', '30.00')),
    shown('exactly eight hours', ...shift(480, '20.00', '160.00')),
    shown('ten hours', ...shift(600, '20.00', '220.00')),
    shown('half a cent is rounded up', ...shift(3, '0.10', '0.01')),
  ),
};
const overtimeHappy = { ...overtime, 'entities/shift.test.ts': tests(shown('an hour and a half', ...shift(90, '20.00', '30.00'))) };

const ownPath = 'rules/own-shifts.ts';
const own = {
  [ownPath]: component(
    'Employees see their own shifts alone.',
    `access({
  id: 'r_ownshift',
  name: 'ownShifts',
  on: 'shift',
  roles: ['employee'],
  rows: (shift, caller) => shift.employee.login === caller.id,
})`,
  ),
  'rules/own-shifts.test.ts': tests(
    shown(
      'an employee sees own shifts, and no others; a manager sees all',
      eve,
      max,
      `{ create: 'shift', as: 'mine', with: { employee: 'eve', day: '2026-01-10', minutes: 60, rate: '20.00' } }`,
      `{ create: 'shift', as: 'theirs', with: { employee: 'max', day: '2026-01-10', minutes: 60, rate: '20.00' } }`,
      `{ read: 'mine', by: 'employee', then: { minutes: 60 } }`,
      `{ read: 'theirs', by: 'employee', then: { refused: 'not-found' } }`,
      `{ read: 'theirs', by: 'manager', then: { minutes: 60 } }`,
    ),
  ),
};
const ownHappy = {
  ...own,
  'rules/own-shifts.test.ts': tests(
    shown(
      'an employee sees own shifts',
      eve,
      `{ create: 'shift', as: 'mine', with: { employee: 'eve', day: '2026-01-10', minutes: 60, rate: '20.00' } }`,
      `{ read: 'mine', by: 'employee', then: { minutes: 60 } }`,
    ),
  ),
};
const theirs = [
  eve,
  max,
  `{ create: 'shift', as: 'theirs', with: { employee: 'max', day: '2026-01-10', minutes: 60, rate: '20.00' } }`,
  `{ read: 'theirs', by: 'employee', then: { refused: 'not-found' } }`,
];

const cardPath = 'operations/employee-card.ts';
const card = {
  [cardPath]: component(
    'What is printed on the card of an employee.',
    `operation({
  id: 'o_card',
  name: 'employeeCard',
  on: 'employee',
  http: { method: 'GET', path: '/api/employees/{id}/card' },
  output: { fields: { name: text({ id: 'f_ocname', no: 1, required: true }), department: text({ id: 'f_ocdep', no: 2 }), expenses: integer({ id: 'f_ocexp', no: 3, required: true }) } },
  capabilities: { expense: ['read'] },
  async run({ data, row }) {
    const drafts = await data.expense.list({ filters: [{ field: 'employee', op: 'eq', value: row.id }, { field: 'status', op: 'eq', value: 'draft' }], limit: 100 });
    return { name: row.name, department: row.department, expenses: drafts.items.length };
  },
})`,
  ),
  'operations/employee-card.test.ts': tests(
    shown(
      'the card shows name, department and drafts',
      eve,
      max,
      trip(),
      `{ create: 'expense', as: 'other', with: { employee: 'max', amount: '1.00' } }`,
      `{ call: 'employeeCard', on: 'eve', then: { name: 'Eve', department: 'sales', expenses: 1 } }`,
      `{ update: 'trip', with: { status: 'paid' } }`,
      `{ call: 'employeeCard', on: 'eve', then: { expenses: 0 } }`,
    ),
  ),
};
const cardHappy = {
  ...card,
  'operations/employee-card.test.ts': tests(
    shown('the card shows name and drafts', eve, trip(), `{ call: 'employeeCard', on: 'eve', then: { name: 'Eve', expenses: 1 } }`),
  ),
};

export const payrollAsks: readonly Ask[] = [
  {
    id: 'payroll-reject',
    base: 'payroll',
    request: 'A manager can reject a submitted expense with a reason, which becomes its note.',
    scope: { components: ['operation/rejectExpense'], members: ['operation/rejectExpense'] },
    beside: 'operations/reject-expense.test.ts',
    right: reject,
    faults: [
      {
        id: 'everybody',
        way: 'missing access check',
        why: 'whoever writes may reject',
        files: altered(rejectHappy, rejectPath, [`  roles: ['manager', 'owner'],\n`, '']),
        witness: [
          eve,
          trip(),
          submitted,
          `{ call: 'rejectExpense', on: 'trip', by: 'employee', with: { reason: 'no receipt' }, then: { refused: 'forbidden' } }`,
        ],
      },
      {
        id: 'approved-too',
        way: 'wrong status transition',
        why: 'an approved expense can be rejected',
        files: altered(rejectHappy, rejectPath, [`from: ['submitted']`, `from: ['submitted', 'approved']`]),
        witness: [
          eve,
          trip(),
          submitted,
          `{ call: 'approveExpense', on: 'trip' }`,
          `{ call: 'rejectExpense', on: 'trip', with: { reason: 'no receipt' }, then: { refused: 'state-forbids' } }`,
        ],
      },
      {
        id: 'paid-too',
        way: 'wrong status transition',
        why: 'anything but a draft can be rejected, what is paid too',
        files: altered(rejectHappy, rejectPath, [`from: ['submitted']`, `from: ['submitted', 'approved', 'paid']`]),
        witness: [
          eve,
          trip('80.00', ", status: 'paid'"),
          `{ call: 'rejectExpense', on: 'trip', with: { reason: 'no receipt' }, then: { refused: 'state-forbids' } }`,
        ],
      },
      {
        id: 'reason-lost',
        way: 'plausible but wrong',
        why: 'the reason is taken and kept nowhere',
        files: altered(
          rejectHappy,
          rejectPath,
          [`status: 'rejected', note: input.reason`, `status: 'rejected'`],
          ['row, input }', 'row }'],
        ),
        witness: [
          eve,
          trip(),
          submitted,
          `{ call: 'rejectExpense', on: 'trip', with: { reason: 'no receipt' }, then: { note: 'no receipt' } }`,
        ],
      },
      {
        id: 'reason-optional',
        way: 'deleted check',
        why: 'a reason need not be given',
        files: altered(rejectHappy, rejectPath, [', required: true, min: 3', ''], ['note: input.reason', 'note: input.reason ?? row.note']),
        witness: [eve, trip(), submitted, `{ call: 'rejectExpense', on: 'trip', with: {}, then: { refused: 'invalid' } }`],
      },
      {
        id: 'amount-zeroed',
        way: 'scope creep',
        why: 'the amount of a rejected expense is set to a cent',
        files: altered(rejectHappy, rejectPath, [`note: input.reason`, `note: input.reason, amount: 1`]),
        witness: [
          eve,
          trip(),
          submitted,
          `{ call: 'rejectExpense', on: 'trip', with: { reason: 'no receipt' }, then: { amount: '80.00' } }`,
        ],
      },
      {
        id: 'reason-written-out',
        way: 'hard-coded to the examples',
        why: 'the note is the reason of the example, whatever was said',
        files: altered(rejectHappy, rejectPath, [`note: input.reason`, `note: 'no receipt'`], ['row, input }', 'row }']),
        witness: [
          eve,
          trip(),
          submitted,
          `{ call: 'rejectExpense', on: 'trip', with: { reason: 'too late' }, then: { note: 'too late' } }`,
        ],
      },
      {
        id: 'approver-loosened',
        way: 'scope creep',
        why: 'employees may approve expenses now, as a help for tests',
        files: {
          ...rejectHappy,
          ...edited(payroll, 'operations/approve-expense.ts', [`roles: ['manager', 'owner']`, `roles: ['manager', 'owner', 'employee']`]),
          'operations/approve-expense.test.ts': tests(
            shown(
              'an expense is approved',
              eve,
              trip(),
              submitted,
              `{ call: 'approveExpense', on: 'trip', by: 'manager', then: { status: 'approved' } }`,
            ),
          ),
        },
        witness: [eve, trip(), submitted, `{ call: 'approveExpense', on: 'trip', by: 'employee', then: { refused: 'forbidden' } }`],
      },
    ],
  },
  {
    id: 'payroll-overtime',
    base: 'payroll',
    request: 'Minutes beyond eight hours of a shift are paid one and a half times.',
    scope: { components: ['rule/shiftPay', 'entity/shift'], members: ['rule/shiftPay', 'entity/shift#field/pay'] },
    beside: 'entities/shift.test.ts',
    right: overtime,
    faults: [
      {
        id: 'whole-day',
        way: 'plausible but wrong',
        why: 'a shift over eight hours is paid one and a half times as a whole',
        files: altered(overtimeHappy, payPath, [
          '(min(shift.minutes, 480) * 2 + max(shift.minutes - 480, 0) * 3)',
          '(shift.minutes > 480 ? shift.minutes * 3 : shift.minutes * 2)',
        ]),
        witness: shift(600, '20.00', '220.00'),
      },
      {
        id: 'eight-minutes',
        way: 'wrong unit',
        why: 'eight minutes for eight hours',
        files: altered(
          { ...overtimeHappy, 'entities/shift.test.ts': tests(shown('eight minutes', ...shift(6, '20.00', '2.00'))) },
          payPath,
          ['480', '8'],
        ),
        witness: shift(90, '20.00', '30.00'),
      },
      {
        id: 'ten-hours',
        way: 'wrong boundary',
        why: 'overtime begins after ten hours',
        files: altered(overtimeHappy, payPath, ['480', '600']),
        witness: shift(600, '20.00', '220.00'),
      },
      {
        id: 'cents-dropped',
        way: 'wrong rounding',
        why: 'pay is rounded down',
        files: altered(overtimeHappy, payPath, [`'half-up'`, `'down'`]),
        witness: shift(3, '0.10', '0.01'),
      },
      {
        id: 'twice',
        way: 'plausible but wrong',
        why: 'overtime is paid twice, not one and a half times',
        files: altered(overtimeHappy, payPath, ['- 480, 0) * 3', '- 480, 0) * 4']),
        witness: shift(600, '20.00', '220.00'),
      },
      {
        id: 'not-paid',
        way: 'wrong sign',
        why: 'overtime is taken off',
        files: altered(overtimeHappy, payPath, ['* 2 + max', '* 2 - max']),
        witness: shift(600, '20.00', '220.00'),
      },
    ],
  },
  {
    id: 'payroll-own-shifts',
    base: 'payroll',
    request: 'Employees see their own shifts alone.',
    scope: { components: ['rule/ownShifts'], members: ['rule/ownShifts'] },
    beside: 'rules/own-shifts.test.ts',
    right: own,
    faults: [
      {
        id: 'all-rows',
        way: 'missing access check',
        why: 'the rule lets everything through',
        files: altered(ownHappy, ownPath, [
          'shift.employee.login === caller.id',
          `shift.employee.login !== '' || shift.employee.login === caller.id`,
        ]),
        witness: theirs,
      },
      {
        id: 'wrong-role',
        way: 'missing access check',
        why: 'the rule is for auditors, and employees see all',
        files: altered(ownHappy, ownPath, [`roles: ['employee']`, `roles: ['auditor']`]),
        witness: theirs,
      },
      {
        id: 'department',
        way: 'plausible but wrong',
        why: 'the shifts of whoever has a department are shown as well',
        files: altered(ownHappy, ownPath, [
          'shift.employee.login === caller.id',
          'shift.employee.login === caller.id || shift.employee.department !== undefined',
        ]),
        witness: theirs,
      },
      {
        id: 'writes-alone',
        way: 'plausible but wrong',
        why: 'others are hidden for writing only',
        files: altered(ownHappy, ownPath, [
          'rows: (shift, caller) => shift.employee.login === caller.id,',
          `rows: (shift) => shift.minutes >= 0,\n  write: (shift, caller) => shift.employee.login === caller.id,`,
        ]),
        witness: theirs,
      },
      {
        id: 'expenses-opened',
        way: 'scope creep',
        why: 'the rule of expenses is removed along the way',
        files: { ...ownHappy, 'rules/own-expenses.ts': null, 'rules/own-expenses.test.ts': null },
        witness: [
          eve,
          max,
          `{ create: 'expense', as: 'x', with: { employee: 'max', amount: '1.00' } }`,
          `{ read: 'x', by: 'employee', then: { refused: 'not-found' } }`,
        ],
      },
    ],
  },
  {
    id: 'payroll-card',
    base: 'payroll',
    request: 'GET /api/employees/{id}/card shows name, department and the number of expense drafts of an employee.',
    scope: { components: ['operation/employeeCard'], members: ['operation/employeeCard'] },
    beside: 'operations/employee-card.test.ts',
    right: card,
    faults: [
      {
        id: 'with-salary',
        way: 'leaking sensitive values',
        why: 'the card shows the salary to everybody who may write',
        files: altered(
          cardHappy,
          cardPath,
          [`expense: ['read'] }`, `employee: { access: ['read'], sensitive: ['salary'] }, expense: ['read'] }`],
          ['expenses: integer(', `salary: integer({ id: 'f_ocsal', no: 4 }), expenses: integer(`],
          ['name: row.name,', 'name: row.name, salary: row.salary,'],
        ),
      },
      {
        id: 'salary-in-name',
        way: 'leaking sensitive values',
        why: 'the salary stands in the text of the department',
        files: altered(
          cardHappy,
          cardPath,
          [`expense: ['read'] }`, `employee: { access: ['read'], sensitive: ['salary'] }, expense: ['read'] }`],
          ['department: row.department', "department: `${row.department ?? ''} ${(row.salary ?? 0) > 300000 ? 'senior' : 'junior'}`"],
        ),
        witness: [eve, `{ call: 'employeeCard', on: 'eve', then: { department: 'sales' } }`],
      },
      {
        id: 'not-sensitive',
        way: 'leaking sensitive values',
        why: 'the salary is no longer sensitive, so that the card can read it',
        files: { ...cardHappy, ...edited(payroll, 'entities/employee.ts', [`, sensitive: true`, '']) },
      },
      {
        id: 'all-expenses',
        way: 'wrong list',
        why: 'drafts of all employees are counted',
        files: altered(cardHappy, cardPath, [`{ field: 'employee', op: 'eq', value: row.id }, `, '']),
        witness: [
          eve,
          max,
          trip(),
          `{ create: 'expense', with: { employee: 'max', amount: '1.00' } }`,
          `{ call: 'employeeCard', on: 'eve', then: { expenses: 1 } }`,
        ],
      },
      {
        id: 'all-states',
        way: 'ignoring cancelled ones',
        why: 'expenses in any state are counted',
        files: altered(cardHappy, cardPath, [`, { field: 'status', op: 'eq', value: 'draft' }`, '']),
        witness: [eve, trip('80.00', ", status: 'rejected'"), `{ call: 'employeeCard', on: 'eve', then: { expenses: 0 } }`],
      },
      {
        id: 'at-most-one',
        way: 'unbounded or first page only',
        why: 'one row is asked for, so the number is never above one',
        files: altered(cardHappy, cardPath, ['limit: 100', 'limit: 1']),
        witness: [
          eve,
          trip(),
          `{ create: 'expense', with: { employee: 'eve', amount: '1.00' } }`,
          `{ call: 'employeeCard', on: 'eve', then: { expenses: 2 } }`,
        ],
      },
      {
        id: 'may-pay',
        way: 'too wide capability',
        why: 'a card that reads may also create and delete expenses',
        files: altered(cardHappy, cardPath, [`expense: ['read']`, `expense: ['read', 'create', 'update', 'delete']`]),
      },
      {
        id: 'reaches-out',
        way: 'too wide capability',
        why: 'it tells a host outside who was looked at',
        files: altered(
          cardHappy,
          cardPath,
          [`expense: ['read'] }`, `expense: ['read'], fetch: { 'stats.example.com': { methods: ['POST'] } } }`],
          [
            'run({ data, row }) {',
            `run({ data, row, fetch }) {\n    await fetch('https://stats.example.com/seen', { method: 'POST', body: { name: row.name } });`,
          ],
        ),
      },
    ],
  },
];
