/**
 * Reservations of today that are booked or seated, by table.
 *
 * why: the list at the entrance
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { today, view } from 'theseus/sdk';

export default view({
  id: 'v_today',
  name: 'todaysReservations',
  title: 'Reservations of today',
  from: 'reservation',
  where: (reservation) => reservation.day === today() && (reservation.state === 'booked' || reservation.state === 'seated'),
  columns: {
    slot: { label: 'Slot', value: (reservation) => reservation.slot },
    table: { label: 'Table', value: (reservation) => reservation.table.code },
    guest: { label: 'Guest', value: (reservation) => reservation.guest.name },
    persons: { label: 'Persons', value: (reservation) => reservation.persons },
    wish: { label: 'Wish', value: (reservation) => reservation.wish },
  },
  order: ['table'],
});
