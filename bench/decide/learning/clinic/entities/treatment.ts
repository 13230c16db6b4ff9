/**
 * A treatment is what the practice offers, with its length and price.
 *
 * why: bills and the calendar need both
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { boolean, entity, integer, money, text } from 'theseus/sdk';

export default entity({
  id: 'e_treat',
  name: 'treatment',
  plural: 'treatments',
  title: 'name',
  fields: {
    code: text({ id: 'f_trcode', no: 1, required: true, unique: true }),
    name: text({ id: 'f_trname', no: 2, required: true }),
    minutes: integer({ id: 'f_trmin', no: 3, required: true, min: 10, max: 90 }),
    price: money({ id: 'f_trprice', no: 4, required: true, min: '5.00' }),
    needsPrescription: boolean({ id: 'f_trneed', no: 5, default: true }),
  },
});
