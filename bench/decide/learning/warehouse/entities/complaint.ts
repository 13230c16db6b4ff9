/**
 * A complaint of a customer about an order.
 *
 * why: what went wrong must be answered in time and paid back where it was us
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { addDays, boolean, choice, date, entity, integer, money, reference, type Row, text } from 'theseus/sdk';
import complaintCredit from '../rules/complaint-credit.ts';

export default entity({
  id: 'e_compl',
  name: 'complaint',
  plural: 'complaints',
  title: 'reportedOn',
  fields: {
    customer: reference({ id: 'f_cocust', no: 1, to: 'customer', required: true }),
    order: reference({ id: 'f_coord', no: 2, to: 'order', required: true }),
    article: reference({ id: 'f_coart', no: 3, to: 'article' }),
    kind: choice({
      id: 'f_cokind',
      no: 4,
      required: true,
      choices: { damaged: 'c_cdam', missing: 'c_cmiss', wrong: 'c_cwrong', late: 'c_clate' },
    }),
    quantity: integer({ id: 'f_coqty', no: 5, min: 1, max: 500, default: 1 }),
    description: text({ id: 'f_codesc', no: 6, required: true, multiline: true }),
    reportedOn: date({ id: 'f_corep', no: 7, required: true }),
    answerBy: date({ id: 'f_coansw', no: 8, live: (complaint: Row<'complaint'>) => addDays(complaint.reportedOn, 5) }),
    status: choice({
      id: 'f_costat',
      no: 9,
      choices: { open: 'c_copen', checked: 'c_cchk', accepted: 'c_cacc', rejected: 'c_crej' },
      default: 'open',
    }),
    pressing: boolean({ id: 'f_copress', no: 10, default: false }),
    solution: text({ id: 'f_cosol', no: 11 }),
    internalNote: text({ id: 'f_conote', no: 12, sensitive: true, multiline: true }),
    credit: money({ id: 'f_cocred', no: 13, live: complaintCredit }),
  },
  invariants: {
    answered: {
      holds: (complaint: Row<'complaint'>) =>
        (complaint.status !== 'accepted' && complaint.status !== 'rejected') || complaint.solution !== undefined,
      message: 'a complaint is decided only with a solution or a reason',
    },
  },
});
