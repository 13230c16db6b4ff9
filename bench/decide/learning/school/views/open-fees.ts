/**
 * Fees that are open or overdue, by student with count and total, largest first.
 *
 * why: whom to remind
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { view } from 'theseus/sdk';

export default view({
  id: 'v_open',
  name: 'openFees',
  title: 'Open fees by student',
  from: 'fee',
  where: (fee) => fee.status === 'open' || fee.status === 'overdue',
  columns: {
    student: { label: 'Student', value: (fee) => fee.student.name },
    count: { label: 'Fees', aggregate: 'count' },
    total: { label: 'Total', value: (fee) => fee.amount, aggregate: 'sum' },
  },
  order: ['-total'],
});
