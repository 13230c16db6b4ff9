/**
 * An order is what one table, or one guest who takes it home, ate and pays.
 *
 * why: the till must be right at midnight
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { choice, date, entity, integer, list, money, reference, type Row, sum } from 'theseus/sdk';
import orderDiscount from '../rules/order-discount.ts';

export default entity({
  id: 'e_order',
  name: 'order',
  plural: 'orders',
  title: 'placedOn',
  fields: {
    placedOn: date({ id: 'f_orplac', no: 1, required: true }),
    kind: choice({ id: 'f_orkind', no: 2, choices: { table: 'c_ktab', takeaway: 'c_ktak' }, default: 'table' }),
    table: reference({ id: 'f_ortab', no: 3, to: 'table' }),
    guest: reference({ id: 'f_orgue', no: 4, to: 'guest' }),
    lines: list({
      id: 'f_orline',
      no: 5,
      item: 'line',
      itemId: 'e_orlin',
      fields: {
        dish: reference({ id: 'f_oldish', no: 1, to: 'dish', required: true }),
        quantity: integer({ id: 'f_olqty', no: 2, required: true, min: 1, max: 50 }),
        unitPrice: money({ id: 'f_olpric', no: 3, required: true }),
      },
    }),
    tip: money({ id: 'f_ortip', no: 6, min: '0.00', default: '0.00' }),
    paidBy: choice({ id: 'f_orpaid', no: 7, choices: { cash: 'c_pcash', card: 'c_pcard', voucher: 'c_pvouc' } }),
    state: choice({ id: 'f_orstat', no: 8, choices: { open: 'c_oopen', paid: 'c_opaid', void: 'c_ovoid' }, default: 'open' }),
    subtotal: money({ id: 'f_orsub', no: 9, live: (order: Row<'order'>) => sum(order.lines, (line) => line.quantity * line.unitPrice) }),
    discount: money({
      id: 'f_ordisc',
      no: 10,
      fixed: { while: (order: Row<'order'>) => order.state === 'open', formula: orderDiscount, otherwise: money('0.00') },
    }),
    total: money({
      id: 'f_ortot',
      no: 11,
      live: (order: Row<'order'>) => (order.subtotal ?? money('0.00')) - (order.discount ?? money('0.00')),
    }),
  },
  invariants: {
    somewhere: {
      holds: (order: Row<'order'>) => order.kind !== 'table' || order.table !== undefined,
      message: 'an order of a table says which table',
    },
    paidSomehow: {
      holds: (order: Row<'order'>) => order.state !== 'paid' || order.paidBy !== undefined,
      message: 'a paid order says how it was paid',
    },
  },
});
