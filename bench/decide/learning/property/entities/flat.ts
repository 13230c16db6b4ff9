/**
 * A flat is let to one tenant at a time.
 *
 * why: the flats are what we earn with
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { choice, count, entity, integer, money, reference, type Row, text } from 'theseus/sdk';

export default entity({
  id: 'e_flat',
  name: 'flat',
  plural: 'flats',
  title: 'code',
  fields: {
    code: text({ id: 'f_flcode', no: 1, required: true, unique: true }),
    building: reference({ id: 'f_flbldg', no: 2, to: 'building', required: true }),
    floor: integer({ id: 'f_flfloor', no: 3, min: -1, max: 20 }),
    rooms: integer({ id: 'f_flrooms', no: 4, required: true, min: 1, max: 9 }),
    area: integer({ id: 'f_flarea', no: 5, required: true, min: 12, max: 300 }),
    targetRent: money({ id: 'f_fltarg', no: 6, required: true, min: '150.00', max: '5000.00' }),
    purchaseValue: money({ id: 'f_flpurch', no: 7, sensitive: true }),
    keys: integer({ id: 'f_flkeys', no: 8, min: 0, default: 3 }),
    state: choice({
      id: 'f_flstate',
      no: 9,
      choices: { vacant: 'c_fvac', let: 'c_flet', renovation: 'c_freno', withdrawn: 'c_fwith' },
      default: 'vacant',
    }),
    openRepairs: integer({
      id: 'f_flopen',
      no: 10,
      live: (flat: Row<'flat'>) => count(flat.repairs.filter((repair) => repair.state === 'reported' || repair.state === 'ordered')),
    }),
  },
});
