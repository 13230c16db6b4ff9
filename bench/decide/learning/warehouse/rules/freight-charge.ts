/**
 * Freight of an order: 15 below 400, nothing from 400 on.
 *
 * why: small orders do not pay for the van
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { money, type Row, rule } from 'theseus/sdk';

export default rule({
  id: 'r_freight',
  name: 'freightCharge',
  on: 'order',
  governs: 'freight',
  decide: (order: Row<'order'>) => (order.subtotal >= money('400.00') ? money('0.00') : money('15.00')),
});
