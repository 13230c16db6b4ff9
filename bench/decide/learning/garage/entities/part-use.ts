/**
 * A part that went into a car.
 *
 * why: what goes in must be on the bill
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { entity, integer, money, reference, type Row } from 'theseus/sdk';

export default entity({
  id: 'e_use',
  name: 'partUse',
  plural: 'partUses',
  title: 'quantity',
  fields: {
    repairOrder: reference({ id: 'f_usord', no: 1, to: 'repairOrder', required: true }),
    part: reference({ id: 'f_uspart', no: 2, to: 'part', required: true }),
    quantity: integer({ id: 'f_usqty', no: 3, required: true, min: 1, max: 40, default: 1 }),
    unitPrice: money({ id: 'f_usprice', no: 4, required: true, min: '0.00' }),
    value: money({ id: 'f_usval', no: 5, live: (use: Row<'partUse'>) => use.quantity * use.unitPrice }),
  },
});
