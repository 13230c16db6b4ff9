/**
 * A repair is something broken in a flat, until it is mended.
 *
 * why: things were reported and forgotten
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { choice, date, entity, money, reference, type Row, text } from 'theseus/sdk';

export default entity({
  id: 'e_rep',
  name: 'repair',
  plural: 'repairs',
  title: 'description',
  fields: {
    flat: reference({ id: 'f_rpflat', no: 1, to: 'flat', required: true }),
    description: text({ id: 'f_rpdesc', no: 2, required: true, max: 300 }),
    urgency: choice({ id: 'f_rpurg', no: 3, choices: { low: 'c_ulow', normal: 'c_unorm', urgent: 'c_uurg' }, default: 'normal' }),
    contractor: reference({ id: 'f_rpcontr', no: 4, to: 'contractor' }),
    reportedOn: date({ id: 'f_rprepo', no: 5, required: true }),
    doneOn: date({ id: 'f_rpdone', no: 6 }),
    cost: money({ id: 'f_rpcost', no: 7, min: '0.00' }),
    state: choice({
      id: 'f_rpstate',
      no: 8,
      choices: { reported: 'c_srep', ordered: 'c_sord', done: 'c_sdone', rejected: 'c_srej' },
      default: 'reported',
    }),
  },
  invariants: {
    notBefore: {
      holds: (repair: Row<'repair'>) => repair.doneOn === undefined || repair.doneOn >= repair.reportedOn,
      message: 'nothing is mended before it was reported',
    },
    orderedFromSomebody: {
      holds: (repair: Row<'repair'>) => repair.state !== 'ordered' || repair.contractor !== undefined,
      message: 'what is ordered has a contractor',
    },
  },
});
