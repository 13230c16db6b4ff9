/**
 * A reservation is a wish of a customer for a product that is short.
 *
 * why: what comes in is shared out among those who wait
 * change: start
 * generator: person
 * date: 2026-11-23
 */
import { date, entity, integer, reference } from 'theseus/sdk';

export default entity({
  id: 'e_resv',
  name: 'reservation',
  plural: 'reservations',
  title: 'askedOn',
  fields: {
    product: reference({ id: 'f_rprod', no: 1, to: 'product', required: true }),
    customer: reference({ id: 'f_rcust', no: 2, to: 'customer', required: true }),
    quantity: integer({ id: 'f_rqty', no: 3, required: true, min: 1 }),
    allocated: integer({ id: 'f_ralloc', no: 4, min: 0, default: 0 }),
    askedOn: date({ id: 'f_rasked', no: 5, required: true }),
  },
});
