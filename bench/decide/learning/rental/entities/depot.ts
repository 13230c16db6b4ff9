/**
 * A depot is a place where items are kept and handed over.
 *
 * why: we have more than one shop
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { entity, text } from 'theseus/sdk';

export default entity({
  id: 'e_depot',
  name: 'depot',
  plural: 'depots',
  title: 'name',
  fields: {
    name: text({ id: 'f_dename', no: 1, required: true, unique: true }),
    address: text({ id: 'f_deaddr', no: 2, required: true }),
    phone: text({ id: 'f_dephone', no: 3 }),
  },
});
