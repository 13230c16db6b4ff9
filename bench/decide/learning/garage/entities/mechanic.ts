/**
 * A mechanic works on repair orders.
 *
 * why: we must know who has what on the lift
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { boolean, choice, count, entity, integer, money, type Row, text } from 'theseus/sdk';

export default entity({
  id: 'e_mech',
  name: 'mechanic',
  plural: 'mechanics',
  title: 'name',
  fields: {
    name: text({ id: 'f_mename', no: 1, required: true, unique: true }),
    phone: text({ id: 'f_mephone', no: 2 }),
    grade: choice({
      id: 'f_megrade',
      no: 3,
      choices: { apprentice: 'c_mappr', journeyman: 'c_mjour', master: 'c_mmast' },
      default: 'journeyman',
    }),
    hourlyRate: money({ id: 'f_merate', no: 4, required: true, min: '20.00', max: '150.00', default: '75.00' }),
    wage: money({ id: 'f_mewage', no: 5, sensitive: true }),
    bay: integer({ id: 'f_mebay', no: 6, min: 1, max: 6 }),
    active: boolean({ id: 'f_meact', no: 7, default: true }),
    workingNow: integer({
      id: 'f_menow',
      no: 8,
      live: (mechanic: Row<'mechanic'>) => count(mechanic.repairOrders.filter((order) => order.state === 'working')),
    }),
  },
});
