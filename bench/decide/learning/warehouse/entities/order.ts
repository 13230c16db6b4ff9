/**
 * An order of a customer, with its lines.
 *
 * why: all our work begins with one
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { addDays, choice, date, entity, integer, list, money, reference, type Row, sum, text } from 'theseus/sdk';
import freightCharge from '../rules/freight-charge.ts';
import orderDiscount from '../rules/order-discount.ts';

export default entity({
  id: 'e_order',
  name: 'order',
  plural: 'orders',
  title: 'number',
  fields: {
    number: text({ id: 'f_ornumb', no: 1, required: true, unique: true }),
    customer: reference({ id: 'f_orcust', no: 2, to: 'customer', required: true }),
    placedOn: date({ id: 'f_orplac', no: 3, required: true }),
    wantedOn: date({ id: 'f_orwant', no: 4 }),
    status: choice({
      id: 'f_orstat',
      no: 5,
      choices: { draft: 'c_odraft', confirmed: 'c_oconf', packed: 'c_opack', shipped: 'c_oship', paid: 'c_opaid', cancelled: 'c_ocanc' },
      default: 'draft',
    }),
    lines: list({
      id: 'f_orlines',
      no: 6,
      item: 'line',
      itemId: 'e_orline',
      fields: {
        article: reference({ id: 'f_olart', no: 1, to: 'article', required: true }),
        quantity: integer({ id: 'f_olqty', no: 2, required: true, min: 1, max: 500 }),
        unitPrice: money({ id: 'f_olprice', no: 3, required: true, min: '0.00' }),
      },
    }),
    subtotal: money({ id: 'f_orsub', no: 7, live: (order: Row<'order'>) => sum(order.lines, (line) => line.quantity * line.unitPrice) }),
    discount: money({
      id: 'f_ordisc',
      no: 8,
      fixed: { while: (order: Row<'order'>) => order.status === 'draft', formula: orderDiscount, otherwise: money('0.00') },
    }),
    freight: money({ id: 'f_orfrei', no: 9, live: freightCharge }),
    total: money({
      id: 'f_ortot',
      no: 10,
      live: (order: Row<'order'>) => order.subtotal - (order.discount ?? money('0.00')) + (order.freight ?? money('0.00')),
    }),
    dueOn: date({ id: 'f_ordue', no: 11, live: (order: Row<'order'>) => addDays(order.placedOn, order.customer.paymentDays) }),
    remark: text({ id: 'f_orrem', no: 12 }),
  },
  invariants: {
    notEmpty: {
      holds: (order: Row<'order'>) =>
        order.status === 'draft' || order.status === 'cancelled' || order.lines.some((line) => line.quantity >= 1),
      message: 'an order without lines stays a draft',
    },
    wantedLater: {
      holds: (order: Row<'order'>) => order.wantedOn === undefined || order.wantedOn >= order.placedOn,
      message: 'an order cannot be wanted before it was placed',
    },
    withinCredit: {
      holds: (order: Row<'order'>) => order.status !== 'confirmed' || order.total <= order.customer.creditLimit,
      message: 'the order is over the credit limit of its customer',
    },
  },
});
