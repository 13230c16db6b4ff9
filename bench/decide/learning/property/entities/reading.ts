/**
 * A reading is what a meter showed on a day.
 *
 * why: tenants argue about numbers
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { boolean, date, entity, integer, reference, text } from 'theseus/sdk';

export default entity({
  id: 'e_read',
  name: 'reading',
  plural: 'readings',
  title: 'readOn',
  fields: {
    meter: reference({ id: 'f_rdmeter', no: 1, to: 'meter', required: true }),
    readOn: date({ id: 'f_rdon', no: 2, required: true }),
    value: integer({ id: 'f_rdval', no: 3, required: true, min: 0 }),
    estimated: boolean({ id: 'f_rdest', no: 4, default: false }),
    remark: text({ id: 'f_rdrem', no: 5, max: 120 }),
  },
});
