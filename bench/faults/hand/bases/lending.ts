/** A library: members borrow books, bring them back, and pay for being late. */
import { component, settingsOf, shown, tests, type Sources } from '../support/texts.ts';

const settings = settingsOf('lending', {
  owner: { read: true, write: true, sensitive: true },
  librarian: { read: true, write: true, sensitive: false },
  reader: { read: true, write: false, sensitive: false },
});
const rows = [
  `{ create: 'member', as: 'ada', with: { name: 'Ada' } }`,
  `{ create: 'book', as: 'emma', with: { name: 'Emma', isbn: '1', copies: 2, price: '10.00' } }`,
];

export const lending: Sources = {
  'theseus.json': settings,
  'entities/member.ts': component(
    'A member borrows books.',
    `entity({
  id: 'e_member',
  name: 'member',
  plural: 'members',
  title: 'name',
  fields: {
    name: text({ id: 'f_mname', no: 1, required: true }),
    email: email({ id: 'f_mmail', no: 2 }),
    active: boolean({ id: 'f_mactive', no: 3, default: true }),
    level: choice({ id: 'f_mlevel', no: 4, choices: { basic: 'c_mbasic', plus: 'c_mplus' }, default: 'basic' }),
  },
})`,
  ),
  'entities/book.ts': component(
    'A book stands on the shelf in some copies.',
    `entity({
  id: 'e_book',
  name: 'book',
  plural: 'books',
  title: 'name',
  fields: {
    name: text({ id: 'f_bname', no: 1, required: true }),
    isbn: text({ id: 'f_bisbn', no: 2, required: true, unique: true }),
    copies: integer({ id: 'f_bcopies', no: 3, required: true, min: 0 }),
    price: money({ id: 'f_bprice', no: 4, min: '0.00' }),
  },
})`,
  ),
  'entities/loan.ts': component(
    'A loan says who has which book until when.',
    `entity({
  id: 'e_loan',
  name: 'loan',
  plural: 'loans',
  title: 'lentOn',
  fields: {
    member: reference({ id: 'f_lmember', no: 1, to: 'member', required: true }),
    book: reference({ id: 'f_lbook', no: 2, to: 'book', required: true }),
    lentOn: date({ id: 'f_llenton', no: 3, required: true }),
    returnedOn: date({ id: 'f_lreton', no: 4 }),
    state: choice({ id: 'f_lstate', no: 5, choices: { lent: 'c_llent', returned: 'c_lret', lost: 'c_llost' }, default: 'lent' }),
    dueOn: date({ id: 'f_ldue', no: 6, live: (loan: Row<'loan'>) => addDays(loan.lentOn, 28) }),
    fee: money({ id: 'f_lfee', no: 7, live: lateFee }),
  },
})`,
    ['lateFee'],
  ),
  'rules/late-fee.ts': component(
    'Half a euro for each day that a book is late.',
    `rule({
  id: 'r_latefee',
  name: 'lateFee',
  on: 'loan',
  governs: 'fee',
  decide: (loan) => {
    const late = daysBetween(loan.dueOn, loan.returnedOn ?? today());
    return late > 0 ? late * money('0.50') : money('0.00');
  },
  ensures: { notNegative: { holds: (loan) => loan.fee >= money('0.00'), message: 'a fee is never negative' } },
})`,
  ),
  'operations/lend-book.ts': component(
    'A member borrows a book that is there.',
    `operation({
  id: 'o_lend',
  name: 'lendBook',
  http: { method: 'POST', path: '/api/loans/lend', status: 201 },
  input: {
    member: reference({ id: 'f_inmemb', no: 1, to: 'member', required: true }),
    book: reference({ id: 'f_inbook', no: 2, to: 'book', required: true }),
  },
  output: { row: 'loan' },
  capabilities: { member: ['read'], book: ['read', 'update'], loan: ['create'] },
  async run({ data, input, today }) {
    const member = await data.member.get(input.member);
    if (member.active !== true) refuse('conflict', 'This member may not borrow books.');
    const book = await data.book.get(input.book);
    if (book.copies < 1) refuse('conflict', 'There is no copy left.');
    await data.book.update(book.id, { copies: book.copies - 1 });
    return data.loan.create({ member: member.id, book: book.id, lentOn: today, state: 'lent' });
  },
})`,
  ),
  'operations/lend-book.test.ts': tests(
    shown(
      'a book that is lent is not on the shelf',
      ...rows,
      `{ call: 'lendBook', with: { member: 'ada', book: 'emma' }, then: { state: 'lent', fee: '0.00' } }`,
      `{ read: 'emma', then: { copies: 1 } }`,
    ),
    shown(
      'who is not active borrows nothing',
      ...rows,
      `{ update: 'ada', with: { active: false } }`,
      `{ call: 'lendBook', with: { member: 'ada', book: 'emma' }, then: { refused: 'conflict' } }`,
      `{ read: 'emma', then: { copies: 2 } }`,
    ),
  ),
  'operations/return-loan.ts': component(
    'A book comes back.',
    `operation({
  id: 'o_return',
  name: 'returnLoan',
  on: 'loan',
  output: { row: 'loan' },
  capabilities: { loan: ['update'], book: ['read', 'update'] },
  transition: { field: 'state', from: ['lent'], to: 'returned' },
  async run({ data, row, today }) {
    const book = await data.book.get(row.book);
    await data.book.update(book.id, { copies: book.copies + 1 });
    return data.loan.update(row.id, { state: 'returned', returnedOn: today });
  },
})`,
  ),
  'operations/return-loan.test.ts': tests(
    shown(
      'a book that came back stands on the shelf, and its fee stays',
      ...rows,
      `{ call: 'lendBook', as: 'first', with: { member: 'ada', book: 'emma' } }`,
      `{ today: '2026-02-14' }`,
      `{ call: 'returnLoan', on: 'first', then: { state: 'returned', fee: '1.00' } }`,
      `{ read: 'emma', then: { copies: 2 } }`,
      `{ today: '2026-03-01' }`,
      `{ read: 'first', then: { fee: '1.00' } }`,
      `{ call: 'returnLoan', on: 'first', then: { refused: 'state-forbids' } }`,
    ),
  ),
  'views/overdue-loans.ts': component(
    'Loans that should be back.',
    `view({
  id: 'v_overdue',
  name: 'overdueLoans',
  from: 'loan',
  where: (loan) => loan.state === 'lent' && loan.dueOn < today(),
  columns: {
    member: { value: (loan) => loan.member.name },
    book: { value: (loan) => loan.book.name },
    dueOn: { value: (loan) => loan.dueOn },
    fee: { value: (loan) => loan.fee },
  },
  order: ['dueOn'],
})`,
  ),
};
