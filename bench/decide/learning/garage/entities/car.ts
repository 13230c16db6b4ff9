/**
 * A car that we look after.
 *
 * why: each car has its own history
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { choice, count, date, entity, integer, reference, type Row, text } from 'theseus/sdk';

export default entity({
  id: 'e_car',
  name: 'car',
  plural: 'cars',
  title: 'plate',
  fields: {
    plate: text({ id: 'f_caplate', no: 1, required: true, unique: true }),
    make: text({ id: 'f_camake', no: 2, required: true }),
    model: text({ id: 'f_camodel', no: 3 }),
    year: integer({ id: 'f_cayear', no: 4, min: 1950, max: 2035 }),
    mileage: integer({ id: 'f_camile', no: 5, min: 0, default: 0 }),
    fuel: choice({
      id: 'f_cafuel',
      no: 6,
      choices: { petrol: 'c_fpet', diesel: 'c_fdie', hybrid: 'c_fhyb', electric: 'c_fele' },
      default: 'petrol',
    }),
    owner: reference({ id: 'f_caown', no: 7, to: 'owner', required: true }),
    inspectionDue: date({ id: 'f_cainsp', no: 8 }),
    keyCode: text({ id: 'f_cakey', no: 9, sensitive: true }),
    visits: integer({
      id: 'f_cavis',
      no: 10,
      live: (car: Row<'car'>) => count(car.repairOrders.filter((order) => order.state !== 'cancelled')),
    }),
  },
});
