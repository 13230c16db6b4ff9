/**
 * Pledges that are promised and not received, the oldest first.
 *
 * why: whom to call about the money
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { view } from 'theseus/sdk';

export default view({
  id: 'v_pled',
  name: 'openPledges',
  title: 'Money still promised',
  from: 'pledge',
  where: (pledge) => pledge.state === 'promised',
  columns: {
    sponsor: { label: 'Sponsor', value: (pledge) => pledge.sponsor.name },
    event: { label: 'Event', value: (pledge) => pledge.event.name },
    amount: { label: 'Amount', value: (pledge) => pledge.amount },
    promisedOn: { label: 'Promised on', value: (pledge) => pledge.promisedOn },
  },
  order: ['promisedOn'],
});
