/**
 * An order says what a customer wants to buy, line by line.
 *
 * why: the shop lives from orders
 * change: start
 * generator: person
 * date: 2026-11-23
 */
import { choice, date, entity, integer, list, money, reference, type Row, sum } from 'theseus/sdk';

export default entity({
  id: 'e_order',
  name: 'order',
  plural: 'orders',
  title: 'placedOn',
  fields: {
    customer: reference({ id: 'f_ocust', no: 1, to: 'customer', required: true }),
    placedOn: date({ id: 'f_oplaced', no: 2 }),
    status: choice({
      id: 'f_ostat',
      no: 3,
      choices: { open: 'c_oopen', paid: 'c_opaid', shipped: 'c_oship', cancelled: 'c_ocanc' },
      default: 'open',
    }),
    lines: list({
      id: 'f_olines',
      no: 4,
      item: 'line',
      itemId: 'e_oline',
      fields: {
        product: reference({ id: 'f_lprod', no: 1, to: 'product', required: true }),
        quantity: integer({ id: 'f_lqty', no: 2, required: true, min: 1 }),
        unitPrice: money({ id: 'f_lprice', no: 3, required: true }),
      },
    }),
    total: money({
      id: 'f_ototal',
      no: 5,
      live: (order: Row<'order'>) => sum(order.lines, (line) => line.quantity * line.unitPrice),
    }),
  },
});
