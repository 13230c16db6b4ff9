/**
 * Open bills whose due date has passed, the oldest first.
 *
 * why: whom to remind
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { today, view } from 'theseus/sdk';

export default view({
  id: 'v_obill',
  name: 'overdueBills',
  title: 'Overdue bills',
  from: 'bill',
  where: (bill) => bill.state === 'open' && bill.dueOn < today(),
  columns: {
    number: { label: 'Number', value: (bill) => bill.number },
    owner: { label: 'Owner', value: (bill) => bill.repairOrder.car.owner.name },
    amount: { label: 'Amount', value: (bill) => bill.amount },
    dueOn: { label: 'Due on', value: (bill) => bill.dueOn },
    reminders: { label: 'Reminders', value: (bill) => bill.reminders },
  },
  order: ['dueOn'],
});
