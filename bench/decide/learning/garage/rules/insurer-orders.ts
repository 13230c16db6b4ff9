/**
 * Insurers see orders of bodywork, and no others.
 *
 * why: the insurer pays for dents and not for brakes
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { access } from 'theseus/sdk';

export default access({
  id: 'r_insur',
  name: 'insurerOrders',
  on: 'repairOrder',
  roles: ['insurer'],
  rows: (order) => order.kind === 'bodywork',
});
