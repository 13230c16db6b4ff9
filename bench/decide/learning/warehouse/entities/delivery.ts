/**
 * A delivery brings the boxes of an order to its customer.
 *
 * why: who drives what where, and who signed for it
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { choice, date, entity, integer, reference, type Row, sum, text } from 'theseus/sdk';

export default entity({
  id: 'e_deliv',
  name: 'delivery',
  plural: 'deliveries',
  title: 'day',
  fields: {
    order: reference({ id: 'f_deord', no: 1, to: 'order', required: true }),
    van: reference({ id: 'f_devan', no: 2, to: 'van', required: true }),
    driver: text({ id: 'f_dedriv', no: 3, required: true }),
    day: date({ id: 'f_deday', no: 4, required: true }),
    slot: choice({ id: 'f_deslot', no: 5, choices: { morning: 'c_dmorn', afternoon: 'c_daft' }, default: 'morning' }),
    boxes: integer({ id: 'f_debox', no: 6, required: true, min: 1, max: 400 }),
    status: choice({
      id: 'f_destat',
      no: 7,
      choices: { planned: 'c_dplan', underway: 'c_dway', delivered: 'c_ddone', failed: 'c_dfail' },
      default: 'planned',
    }),
    attempt: integer({ id: 'f_deatt', no: 8, min: 1, max: 3, default: 1 }),
    signedBy: text({ id: 'f_design', no: 9 }),
    failure: text({ id: 'f_defwhy', no: 10 }),
  },
  invariants: {
    fits: {
      holds: (delivery: Row<'delivery'>) =>
        sum(
          delivery.van.deliveries.filter(
            (other) => other.day === delivery.day && other.slot === delivery.slot && other.status !== 'failed',
          ),
          (other) => other.boxes,
        ) <= delivery.van.capacity,
      message: 'the van has no room for so many boxes',
    },
    signed: {
      holds: (delivery: Row<'delivery'>) => delivery.status !== 'delivered' || delivery.signedBy !== undefined,
      message: 'a delivery counts as delivered only with the name of who signed',
    },
  },
});
