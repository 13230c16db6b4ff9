/**
 * An event is a catering: we cook and bring it to somebody.
 *
 * why: weddings pay the winter
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { boolean, choice, date, entity, integer, money, reference, type Row, text } from 'theseus/sdk';
import cancellationFee from '../rules/cancellation-fee.ts';

export default entity({
  id: 'e_event',
  name: 'event',
  plural: 'events',
  title: 'number',
  fields: {
    number: text({ id: 'f_evnumb', no: 1, required: true, unique: true }),
    guest: reference({ id: 'f_evgue', no: 2, to: 'guest', required: true }),
    day: date({ id: 'f_evday', no: 3, required: true }),
    address: text({ id: 'f_evaddr', no: 4, required: true }),
    persons: integer({ id: 'f_evpers', no: 5, required: true, min: 10, max: 250 }),
    pricePerPerson: money({ id: 'f_evprice', no: 6, required: true, min: '18.00' }),
    deliveryFee: money({ id: 'f_evdeli', no: 7, min: '0.00', default: '40.00' }),
    depositPaid: boolean({ id: 'f_evdepo', no: 8, default: false }),
    cancelledOn: date({ id: 'f_evcan', no: 9 }),
    state: choice({
      id: 'f_evstate',
      no: 10,
      choices: { asked: 'c_eask', offered: 'c_eoff', confirmed: 'c_econf', done: 'c_edone', cancelled: 'c_ecanc' },
      default: 'asked',
    }),
    food: money({ id: 'f_evfood', no: 11, live: (event: Row<'event'>) => event.persons * event.pricePerPerson }),
    total: money({
      id: 'f_evtot',
      no: 12,
      live: (event: Row<'event'>) => event.persons * event.pricePerPerson + (event.deliveryFee ?? money('0.00')),
    }),
    fee: money({ id: 'f_evfee', no: 13, live: cancellationFee }),
  },
});
