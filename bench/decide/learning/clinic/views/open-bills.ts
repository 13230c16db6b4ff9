/**
 * Bills that were sent and are not paid, by patient with count and total, largest first.
 *
 * why: whom to remind
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { view } from 'theseus/sdk';

export default view({
  id: 'v_open',
  name: 'openBills',
  title: 'Open bills by patient',
  from: 'bill',
  where: (bill) => bill.status === 'sent',
  columns: {
    patient: { label: 'Patient', value: (bill) => bill.patient.name },
    count: { label: 'Bills', aggregate: 'count' },
    total: { label: 'Total', value: (bill) => bill.total, aggregate: 'sum' },
  },
  order: ['-total'],
});
