/**
 * Complaints that are open or checked, by customer with their count, most first.
 *
 * why: whom to call
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { view } from 'theseus/sdk';

export default view({
  id: 'v_compl',
  name: 'openComplaints',
  title: 'Open complaints by customer',
  from: 'complaint',
  where: (complaint) => complaint.status === 'open' || complaint.status === 'checked',
  columns: {
    customer: { label: 'Customer', value: (complaint) => complaint.customer.name },
    count: { label: 'Complaints', aggregate: 'count' },
  },
  order: ['-count'],
});
