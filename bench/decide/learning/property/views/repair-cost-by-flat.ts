/**
 * What the repairs of each flat have cost, largest first.
 *
 * why: which flats eat what they bring
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { view } from 'theseus/sdk';

export default view({
  id: 'v_repcost',
  name: 'repairCostByFlat',
  title: 'Repair cost by flat',
  from: 'repair',
  where: (repair) => repair.state === 'done',
  columns: {
    flat: { label: 'Flat', value: (repair) => repair.flat.code },
    repairs: { label: 'Repairs', aggregate: 'count' },
    cost: { label: 'Cost', value: (repair) => repair.cost, aggregate: 'sum' },
  },
  order: ['-cost'],
});
