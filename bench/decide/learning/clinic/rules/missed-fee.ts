/**
 * What an appointment costs its patient outside of bills: half the price of the treatment where it was missed.
 *
 * why: empty hours cost us rent
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { money, percentOf, type Row, rule } from 'theseus/sdk';

export default rule({
  id: 'r_missed',
  name: 'missedFee',
  on: 'appointment',
  governs: 'fee',
  decide: (appointment: Row<'appointment'>) =>
    appointment.status === 'missed' ? percentOf(appointment.treatment.price, 50) : money('0.00'),
});
