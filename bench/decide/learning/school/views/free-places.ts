/**
 * Planned courses with free places, by the day on which they start.
 *
 * why: what the office can still sell
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { view } from 'theseus/sdk';

export default view({
  id: 'v_free',
  name: 'freePlaces',
  title: 'Planned courses with free places',
  from: 'course',
  where: (course) => course.status === 'planned' && (course.free ?? 0) > 0,
  columns: {
    code: { label: 'Code', value: (course) => course.code },
    title: { label: 'Course', value: (course) => course.title },
    starts: { label: 'Starts', value: (course) => course.startsOn },
    free: { label: 'Free', value: (course) => course.free },
    fee: { label: 'Fee', value: (course) => course.fee },
  },
  order: ['starts'],
});
