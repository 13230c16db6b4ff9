/**
 * A room where courses are held.
 *
 * why: two groups stood before one door
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { boolean, entity, integer, text } from 'theseus/sdk';

export default entity({
  id: 'e_room',
  name: 'room',
  plural: 'rooms',
  title: 'name',
  fields: {
    name: text({ id: 'f_roname', no: 1, required: true, unique: true }),
    seats: integer({ id: 'f_roseats', no: 2, required: true, min: 4, max: 30 }),
    floor: integer({ id: 'f_rofloor', no: 3, min: 0, max: 3, default: 0 }),
    projector: boolean({ id: 'f_roproj', no: 4, default: false }),
  },
});
