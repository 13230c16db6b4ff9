/**
 * A reservation keeps a table for a guest on a day.
 *
 * why: a promise is a promise
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { choice, count, date, entity, integer, reference, type Row, text } from 'theseus/sdk';

export default entity({
  id: 'e_resv',
  name: 'reservation',
  plural: 'reservations',
  title: 'number',
  fields: {
    number: text({ id: 'f_rsnumb', no: 1, required: true, unique: true }),
    guest: reference({ id: 'f_rsgue', no: 2, to: 'guest', required: true }),
    table: reference({ id: 'f_rstab', no: 3, to: 'table', required: true }),
    day: date({ id: 'f_rsday', no: 4, required: true }),
    slot: choice({ id: 'f_rsslot', no: 5, choices: { lunch: 'c_slun', early: 'c_sear', late: 'c_slat' }, default: 'early' }),
    persons: integer({ id: 'f_rspers', no: 6, required: true, min: 1, max: 14 }),
    wish: text({ id: 'f_rswish', no: 7, max: 160 }),
    state: choice({
      id: 'f_rsstate',
      no: 8,
      choices: { booked: 'c_rbook', seated: 'c_rseat', left: 'c_rleft', cancelled: 'c_rcanc', missed: 'c_rmiss' },
      default: 'booked',
    }),
  },
  invariants: {
    enoughSeats: {
      holds: (reservation: Row<'reservation'>) => reservation.persons <= reservation.table.seats,
      message: 'there are not enough seats at this table',
    },
    once: {
      holds: (reservation: Row<'reservation'>) =>
        (reservation.state !== 'booked' && reservation.state !== 'seated') ||
        count(
          reservation.table.reservations.filter(
            (other) =>
              (other.state === 'booked' || other.state === 'seated') && other.day === reservation.day && other.slot === reservation.slot,
          ),
        ) <= 1,
      message: 'the table is promised to somebody else then',
    },
  },
});
