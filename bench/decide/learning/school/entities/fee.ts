/**
 * A fee that a student owes us for an enrolment.
 *
 * why: the money must come in before the course is over
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { addDays, choice, date, entity, integer, money, reference, type Row, text } from 'theseus/sdk';
import lateSurcharge from '../rules/late-surcharge.ts';

export default entity({
  id: 'e_fee',
  name: 'fee',
  plural: 'fees',
  title: 'number',
  fields: {
    number: text({ id: 'f_fenumb', no: 1, required: true, unique: true }),
    student: reference({ id: 'f_festud', no: 2, to: 'student', required: true }),
    enrolment: reference({ id: 'f_feenr', no: 3, to: 'enrolment' }),
    issuedOn: date({ id: 'f_feiss', no: 4, required: true }),
    amount: money({ id: 'f_feamt', no: 5, required: true, min: '1.00' }),
    status: choice({
      id: 'f_festat',
      no: 6,
      choices: { open: 'c_fopen', overdue: 'c_fover', paid: 'c_fpaid', waived: 'c_fwaiv' },
      default: 'open',
    }),
    dueOn: date({ id: 'f_fedue', no: 7, live: (fee: Row<'fee'>) => addDays(fee.issuedOn, 30) }),
    reminders: integer({ id: 'f_ferem', no: 8, required: true, min: 0, max: 3, default: 0 }),
    paidOn: date({ id: 'f_fepaid', no: 9 }),
    reason: text({ id: 'f_fewhy', no: 10 }),
    surcharge: money({ id: 'f_fesur', no: 11, live: lateSurcharge }),
  },
});
