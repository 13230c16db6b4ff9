/**
 * A table is where guests sit.
 *
 * why: forty seats, and every one counts
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { boolean, choice, entity, integer, text } from 'theseus/sdk';

export default entity({
  id: 'e_table',
  name: 'table',
  plural: 'tables',
  title: 'code',
  fields: {
    code: text({ id: 'f_tacode', no: 1, required: true, unique: true }),
    seats: integer({ id: 'f_taseat', no: 2, required: true, min: 1, max: 14 }),
    area: choice({ id: 'f_taarea', no: 3, choices: { inside: 'c_ains', terrace: 'c_aterr', bar: 'c_abar' }, default: 'inside' }),
    outOfUse: boolean({ id: 'f_taout', no: 4, default: false }),
  },
});
