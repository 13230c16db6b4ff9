/**
 * An invoice asks for the payment of an order.
 *
 * why: the shop sends goods before they are paid
 * change: start
 * generator: person
 * date: 2026-11-23
 */
import { boolean, date, entity, money, reference, text } from 'theseus/sdk';

export default entity({
  id: 'e_inv',
  name: 'invoice',
  plural: 'invoices',
  title: 'number',
  fields: {
    order: reference({ id: 'f_iorder', no: 1, to: 'order', required: true }),
    number: text({ id: 'f_inumb', no: 2, required: true, unique: true }),
    issueDate: date({ id: 'f_iissue', no: 3, required: true }),
    total: money({ id: 'f_itotal', no: 4, required: true }),
    paid: boolean({ id: 'f_ipaid', no: 5, default: false }),
  },
});
