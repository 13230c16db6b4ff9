/**
 * An item is a bike, a tool or a trailer that is rented out.
 *
 * why: each has its own tag and its own history
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { choice, count, date, entity, integer, money, reference, type Row, text } from 'theseus/sdk';

export default entity({
  id: 'e_item',
  name: 'item',
  plural: 'items',
  title: 'name',
  fields: {
    tag: text({ id: 'f_ittag', no: 1, required: true, unique: true }),
    name: text({ id: 'f_itname', no: 2, required: true }),
    kind: choice({
      id: 'f_itkind',
      no: 3,
      choices: { bike: 'c_kbike', ebike: 'c_kebike', trailer: 'c_ktrail', tool: 'c_ktool' },
      default: 'bike',
    }),
    depot: reference({ id: 'f_itdepot', no: 4, to: 'depot', required: true }),
    dailyPrice: money({ id: 'f_itprice', no: 5, required: true, min: '2.00', max: '400.00' }),
    deposit: money({ id: 'f_itdepo', no: 6, required: true, min: '0.00', default: '50.00' }),
    purchasePrice: money({ id: 'f_itpurch', no: 7, sensitive: true }),
    state: choice({
      id: 'f_itstate',
      no: 8,
      choices: { available: 'c_iavail', rented: 'c_irent', workshop: 'c_iwork', retired: 'c_iret' },
      default: 'available',
    }),
    serviceDue: date({ id: 'f_itserv', no: 9 }),
    timesRented: integer({
      id: 'f_ittimes',
      no: 10,
      live: (item: Row<'item'>) => count(item.rentals.filter((rental) => rental.state !== 'cancelled')),
    }),
  },
});
