/**
 * A ticket lets one guest into one event.
 *
 * why: no ticket, no entry
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { choice, date, entity, money, reference, type Row, text } from 'theseus/sdk';
import refundShare from '../rules/refund-share.ts';
import ticketDiscount from '../rules/ticket-discount.ts';

export default entity({
  id: 'e_tick',
  name: 'ticket',
  plural: 'tickets',
  title: 'number',
  fields: {
    number: text({ id: 'f_tinumb', no: 1, required: true, unique: true }),
    event: reference({ id: 'f_tievent', no: 2, to: 'event', required: true }),
    guest: reference({ id: 'f_tiguest', no: 3, to: 'guest', required: true }),
    category: choice({
      id: 'f_ticat',
      no: 4,
      choices: { standing: 'c_tstand', seated: 'c_tseat', balcony: 'c_tbalc', vip: 'c_tvip' },
      default: 'seated',
    }),
    price: money({ id: 'f_tiprice', no: 5, required: true, min: '5.00', max: '450.00' }),
    reservedOn: date({ id: 'f_tires', no: 6, required: true }),
    paidOn: date({ id: 'f_tipaid', no: 7 }),
    givenBackOn: date({ id: 'f_tiback', no: 8 }),
    state: choice({
      id: 'f_tistate',
      no: 9,
      choices: { reserved: 'c_tres', paid: 'c_tpaid', used: 'c_tused', refunded: 'c_tref', expired: 'c_texp' },
      default: 'reserved',
    }),
    seat: text({ id: 'f_tiseat', no: 10, max: 10 }),
    discount: money({
      id: 'f_tidisc',
      no: 11,
      fixed: { while: (ticket: Row<'ticket'>) => ticket.state === 'reserved', formula: ticketDiscount, otherwise: money('0.00') },
    }),
    total: money({ id: 'f_titot', no: 12, live: (ticket: Row<'ticket'>) => ticket.price - (ticket.discount ?? money('0.00')) }),
    refund: money({ id: 'f_tirefu', no: 13, live: refundShare }),
  },
  invariants: {
    paidAfter: {
      holds: (ticket: Row<'ticket'>) => ticket.paidOn === undefined || ticket.paidOn >= ticket.reservedOn,
      message: 'a ticket is paid on the day it was reserved or later',
    },
  },
});
