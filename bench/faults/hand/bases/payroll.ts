/** Staff, their hours and their expenses; what people earn is not for everybody. */
import { component, settingsOf, shown, tests, type Sources } from '../support/texts.ts';

const settings = settingsOf('payroll', {
  owner: { read: true, write: true, sensitive: true },
  manager: { read: true, write: true, sensitive: true },
  employee: { read: true, write: true, sensitive: false },
  auditor: { read: true, write: false, sensitive: false },
});
const mine = `{ create: 'employee', as: 'eve', with: { name: 'Eve', login: 'example-employee', department: 'sales', salary: '4000.00' } }`;

export const payroll: Sources = {
  'theseus.json': settings,
  'entities/employee.ts': component(
    'An employee works here.',
    `entity({
  id: 'e_employee',
  name: 'employee',
  plural: 'employees',
  title: 'name',
  fields: {
    name: text({ id: 'f_ename', no: 1, required: true }),
    login: text({ id: 'f_elogin', no: 2, unique: true }),
    department: text({ id: 'f_edep', no: 3 }),
    salary: money({ id: 'f_esalary', no: 4, min: '0.00', sensitive: true }),
  },
})`,
  ),
  'entities/shift.ts': component(
    'A shift is a day of work, in minutes.',
    `entity({
  id: 'e_shift',
  name: 'shift',
  plural: 'shifts',
  title: 'day',
  fields: {
    employee: reference({ id: 'f_semp', no: 1, to: 'employee', required: true }),
    day: date({ id: 'f_sday', no: 2, required: true }),
    minutes: integer({ id: 'f_smin', no: 3, required: true, min: 0, max: 1440 }),
    rate: money({ id: 'f_srate', no: 4, required: true, min: '0.00', max: '500.00' }),
    pay: money({ id: 'f_spay', no: 5, live: shiftPay }),
  },
})`,
    ['shiftPay'],
  ),
  'rules/shift-pay.ts': component(
    'Pay is the rate of an hour times the hours, rounded to cents.',
    `rule({
  id: 'r_shiftpay',
  name: 'shiftPay',
  on: 'shift',
  governs: 'pay',
  decide: (shift) => divide(shift.rate * shift.minutes, 60, { scale: 2, rounding: 'half-up' }),
  ensures: { notNegative: { holds: (shift) => shift.pay >= money('0.00'), message: 'pay is never negative' } },
})`,
  ),
  'entities/expense.ts': component(
    'An expense is paid back.',
    `entity({
  id: 'e_expense',
  name: 'expense',
  plural: 'expenses',
  title: 'note',
  fields: {
    employee: reference({ id: 'f_xemp', no: 1, to: 'employee', required: true }),
    amount: money({ id: 'f_xamount', no: 2, required: true, min: '0.01' }),
    spentOn: date({ id: 'f_xspent', no: 3 }),
    note: text({ id: 'f_xnote', no: 4 }),
    status: choice({
      id: 'f_xstatus',
      no: 5,
      choices: { draft: 'c_xdraft', submitted: 'c_xsub', approved: 'c_xappr', rejected: 'c_xrej', paid: 'c_xpaid' },
      default: 'draft',
    }),
  },
})`,
  ),
  'rules/own-expenses.ts': component(
    'Employees see their own expenses.',
    `access({
  id: 'r_ownexp',
  name: 'ownExpenses',
  on: 'expense',
  roles: ['employee'],
  rows: (expense, caller) => expense.employee.login === caller.id,
})`,
  ),
  'operations/submit-expense.ts': component(
    'An expense is handed in.',
    `operation({
  id: 'o_submit',
  name: 'submitExpense',
  on: 'expense',
  output: { row: 'expense' },
  capabilities: { expense: ['update'] },
  transition: { field: 'status', from: ['draft'], to: 'submitted' },
  async run({ data, row }) {
    if (row.spentOn === null) refuse('invalid', 'Say when it was spent.');
    return data.expense.update(row.id, { status: 'submitted' });
  },
})`,
  ),
  'operations/approve-expense.ts': component(
    'A manager approves an expense.',
    `operation({
  id: 'o_apprexp',
  name: 'approveExpense',
  on: 'expense',
  output: { row: 'expense' },
  capabilities: { expense: ['update'] },
  roles: ['manager', 'owner'],
  transition: { field: 'status', from: ['submitted'], to: 'approved' },
  async run({ data, row }) {
    return data.expense.update(row.id, { status: 'approved' });
  },
})`,
  ),
  'operations/approve-expense.test.ts': tests(
    shown(
      'an expense is handed in, approved by a manager, and by nobody else',
      mine,
      `{ create: 'expense', as: 'trip', with: { employee: 'eve', amount: '80.00', spentOn: '2026-01-10' } }`,
      `{ call: 'submitExpense', on: 'trip', by: 'employee', then: { status: 'submitted' } }`,
      `{ call: 'approveExpense', on: 'trip', by: 'employee', then: { refused: 'forbidden' } }`,
      `{ call: 'approveExpense', on: 'trip', by: 'manager', then: { status: 'approved' } }`,
    ),
  ),
  'rules/own-expenses.test.ts': tests(
    shown(
      'an employee does not see the expenses of others',
      mine,
      `{ create: 'employee', as: 'max', with: { name: 'Max', login: 'max' } }`,
      `{ create: 'expense', as: 'own', with: { employee: 'eve', amount: '1.00' } }`,
      `{ create: 'expense', as: 'other', with: { employee: 'max', amount: '2.00' } }`,
      `{ read: 'own', by: 'employee', then: { amount: '1.00' } }`,
      `{ read: 'other', by: 'employee', then: { refused: 'not-found' } }`,
    ),
  ),
  'entities/shift.test.ts': tests(
    shown(
      'an hour and a half',
      mine,
      `{ create: 'shift', with: { employee: 'eve', day: '2026-01-10', minutes: 90, rate: '20.00' }, then: { pay: '30.00' } }`,
    ),
  ),
};
