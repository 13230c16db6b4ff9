/**
 * Somebody on the waiting list wants a treatment as soon as an hour becomes free.
 *
 * why: cancelled hours must not stay empty
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { choice, date, entity, reference, text } from 'theseus/sdk';

export default entity({
  id: 'e_wait',
  name: 'waitingEntry',
  plural: 'waitingEntries',
  title: 'askedOn',
  fields: {
    patient: reference({ id: 'f_wapat', no: 1, to: 'patient', required: true }),
    treatment: reference({ id: 'f_watre', no: 2, to: 'treatment', required: true }),
    askedOn: date({ id: 'f_waask', no: 3, required: true }),
    urgency: choice({ id: 'f_waurg', no: 4, choices: { normal: 'c_wnorm', urgent: 'c_wurg' }, default: 'normal' }),
    state: choice({
      id: 'f_wastat',
      no: 5,
      choices: { waiting: 'c_wwait', served: 'c_wserv', lapsed: 'c_wlaps' },
      default: 'waiting',
    }),
    wish: text({ id: 'f_wawish', no: 6 }),
  },
});
