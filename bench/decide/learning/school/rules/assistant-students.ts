/**
 * Assistants see students who are active, and no others.
 *
 * why: who left us is none of their business
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { access } from 'theseus/sdk';

export default access({
  id: 'r_assist',
  name: 'assistantStudents',
  on: 'student',
  roles: ['assistant'],
  rows: (student) => student.status === 'active',
});
