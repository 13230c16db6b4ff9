/**
 * Parts of which there are fewer than the minimum.
 *
 * why: the list for the supplier on Friday
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { view } from 'theseus/sdk';

export default view({
  id: 'v_scarce',
  name: 'scarceParts',
  title: 'Parts to be ordered',
  from: 'part',
  where: (part) => part.scarce === true,
  columns: {
    number: { label: 'Number', value: (part) => part.number },
    name: { label: 'Name', value: (part) => part.name },
    supplier: { label: 'Supplier', value: (part) => part.supplier },
    stock: { label: 'Stock', value: (part) => part.stock },
  },
  order: ['supplier'],
});
