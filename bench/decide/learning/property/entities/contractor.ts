/**
 * A contractor repairs things in our flats.
 *
 * why: whom to call when water runs down the wall
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { choice, email, entity, money, text } from 'theseus/sdk';

export default entity({
  id: 'e_contr',
  name: 'contractor',
  plural: 'contractors',
  title: 'name',
  fields: {
    name: text({ id: 'f_coname', no: 1, required: true, unique: true }),
    trade: choice({
      id: 'f_cotrade',
      no: 2,
      choices: { plumber: 'c_tplumb', electrician: 'c_telec', painter: 'c_tpaint', heating: 'c_theat', other: 'c_toth' },
      default: 'other',
    }),
    phone: text({ id: 'f_cophone', no: 3, required: true }),
    email: email({ id: 'f_comail', no: 4 }),
    hourlyRate: money({ id: 'f_corate', no: 5, min: '20.00', max: '180.00' }),
  },
});
