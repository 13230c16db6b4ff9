/**
 * A building is a house with flats in it.
 *
 * why: each house has its own heating and its own worries
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { boolean, choice, entity, integer, text } from 'theseus/sdk';

export default entity({
  id: 'e_bldg',
  name: 'building',
  plural: 'buildings',
  title: 'name',
  fields: {
    name: text({ id: 'f_blname', no: 1, required: true, unique: true }),
    address: text({ id: 'f_bladdr', no: 2, required: true }),
    yearBuilt: integer({ id: 'f_blyear', no: 3, min: 1700, max: 2100 }),
    lift: boolean({ id: 'f_bllift', no: 4, default: false }),
    heating: choice({ id: 'f_blheat', no: 5, choices: { gas: 'c_hgas', district: 'c_hdist', pump: 'c_hpump' }, default: 'gas' }),
  },
});
