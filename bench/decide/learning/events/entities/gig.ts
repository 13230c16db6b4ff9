/**
 * A gig is one performer at one event, for a fee.
 *
 * why: agents remember other sums than we do
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { choice, entity, integer, money, reference, type Row, text } from 'theseus/sdk';

export default entity({
  id: 'e_gig',
  name: 'gig',
  plural: 'gigs',
  title: 'startsAt',
  fields: {
    event: reference({ id: 'f_gievent', no: 1, to: 'event', required: true }),
    performer: reference({ id: 'f_giperf', no: 2, to: 'performer', required: true }),
    fee: money({ id: 'f_gifee', no: 3, required: true, min: '0.00' }),
    expenses: money({ id: 'f_giexp', no: 4, min: '0.00', default: '0.00' }),
    cost: money({ id: 'f_gicost', no: 5, live: (gig: Row<'gig'>) => gig.fee + (gig.expenses ?? money('0.00')) }),
    startsAt: text({ id: 'f_gistart', no: 6, required: true }),
    minutes: integer({ id: 'f_gimin', no: 7, min: 10, max: 240, default: 60 }),
    rider: text({ id: 'f_girider', no: 8, max: 500 }),
    state: choice({
      id: 'f_gistate',
      no: 9,
      choices: { asked: 'c_gask', confirmed: 'c_gconf', declined: 'c_gdecl', played: 'c_gplay' },
      default: 'asked',
    }),
  },
});
