/**
 * Rents that are due and not paid, the oldest first.
 *
 * why: whom to call on Monday
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { today, view } from 'theseus/sdk';

export default view({
  id: 'v_unpaid',
  name: 'unpaidRents',
  title: 'Unpaid rents',
  from: 'rent',
  where: (rent) => (rent.state === 'open' || rent.state === 'reminded') && rent.dueOn < today(),
  columns: {
    lease: { label: 'Lease', value: (rent) => rent.lease.number },
    dueOn: { label: 'Due on', value: (rent) => rent.dueOn },
    state: { label: 'State', value: (rent) => rent.state },
    total: { label: 'Total', value: (rent) => rent.total },
  },
  order: ['dueOn'],
});
