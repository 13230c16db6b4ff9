/**
 * A repair keeps an item in the workshop until it is done.
 *
 * why: we want to know what a thing costs us
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { date, entity, money, reference, type Row, text } from 'theseus/sdk';

export default entity({
  id: 'e_rep',
  name: 'repair',
  plural: 'repairs',
  title: 'work',
  fields: {
    item: reference({ id: 'f_rpitem', no: 1, to: 'item', required: true }),
    work: text({ id: 'f_rpwork', no: 2, required: true, max: 200 }),
    openedOn: date({ id: 'f_rpopen', no: 3, required: true }),
    doneOn: date({ id: 'f_rpdone', no: 4 }),
    parts: money({ id: 'f_rppart', no: 5, min: '0.00', default: '0.00' }),
    labour: money({ id: 'f_rplab', no: 6, min: '0.00', default: '0.00' }),
    cost: money({
      id: 'f_rpcost',
      no: 7,
      live: (repair: Row<'repair'>) => (repair.parts ?? money('0.00')) + (repair.labour ?? money('0.00')),
    }),
  },
  invariants: {
    notBefore: {
      holds: (repair: Row<'repair'>) => repair.doneOn === undefined || repair.doneOn >= repair.openedOn,
      message: 'a repair cannot be done before it was opened',
    },
  },
});
