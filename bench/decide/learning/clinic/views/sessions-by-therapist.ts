/**
 * How many sessions each therapist has done.
 *
 * why: the yearly talk about work and pay
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { view } from 'theseus/sdk';

export default view({
  id: 'v_sess',
  name: 'sessionsByTherapist',
  title: 'Sessions done by therapist',
  from: 'appointment',
  where: (appointment) => appointment.status === 'done',
  columns: {
    therapist: { label: 'Therapist', value: (appointment) => appointment.therapist.name },
    sessions: { label: 'Sessions', aggregate: 'count' },
  },
  order: ['-sessions'],
});
