/**
 * Books a table for a guest who is not barred, on a day that is not over.
 *
 * why: the phone rings while the hands are full
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { choice, date, integer, operation, reference, refuse, text } from 'theseus/sdk';

export default operation({
  id: 'o_book',
  name: 'bookTable',
  http: { method: 'POST', path: '/api/reservations/book', status: 201 },
  input: {
    number: text({ id: 'f_btnumb', no: 1, required: true }),
    guest: reference({ id: 'f_btgue', no: 2, to: 'guest', required: true }),
    table: reference({ id: 'f_bttab', no: 3, to: 'table', required: true }),
    day: date({ id: 'f_btday', no: 4, required: true }),
    slot: choice({ id: 'f_btslot', no: 5, choices: { lunch: 'c_btlun', early: 'c_btear', late: 'c_btlat' }, default: 'early' }),
    persons: integer({ id: 'f_btpers', no: 6, required: true, min: 1, max: 14 }),
  },
  output: { row: 'reservation' },
  capabilities: { guest: ['read'], table: ['read'], reservation: ['read', 'create'] },
  async run({ data, input, today }) {
    const guest = await data.guest.get(input.guest);
    if (guest.barred === true) refuse('conflict', `${guest.name} is barred.`);
    const table = await data.table.get(input.table);
    if (table.outOfUse === true) refuse('conflict', `${table.code} is out of use.`);
    if (input.day < today) refuse('conflict', 'This day is over.');
    return data.reservation.create({ ...input, state: 'booked' });
  },
});
