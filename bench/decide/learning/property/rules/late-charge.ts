/**
 * Late charge of a rent: 15 euros from the 10th day on, 40 euros from the 30th day on; before that nothing.
 *
 * why: reminding costs us time
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { addDays, money, type Row, rule, today } from 'theseus/sdk';

export default rule({
  id: 'r_late',
  name: 'lateCharge',
  on: 'rent',
  governs: 'lateCharge',
  decide: (rent: Row<'rent'>) => {
    if (rent.state === 'waived') return money('0.00');
    const day = rent.paidOn ?? today();
    if (day >= addDays(rent.dueOn, 30)) return money('40.00');
    return day >= addDays(rent.dueOn, 10) ? money('15.00') : money('0.00');
  },
});
