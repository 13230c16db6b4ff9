/**
 * Caretakers see all repairs, and change only those that are reported or ordered.
 *
 * why: what is done is on a bill already
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { access } from 'theseus/sdk';

export default access({
  id: 'r_care',
  name: 'caretakerRepairs',
  on: 'repair',
  roles: ['caretaker'],
  rows: () => true,
  write: (repair) => repair.state === 'reported' || repair.state === 'ordered',
});
