/**
 * Enrols a student in a course that is planned or running; where it is full the student waits.
 *
 * why: two people got the last place
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { operation, reference, refuse } from 'theseus/sdk';

export default operation({
  id: 'o_enrol',
  name: 'enrol',
  on: 'course',
  http: { method: 'POST', path: '/api/courses/{id}/enrol', status: 201 },
  input: { student: reference({ id: 'f_eistud', no: 1, to: 'student', required: true }) },
  output: { row: 'enrolment' },
  capabilities: { student: ['read'], enrolment: ['create'] },
  roles: ['owner', 'office'],
  async run({ data, row, input, today }) {
    if (row.status !== 'planned' && row.status !== 'running') refuse('conflict', `${row.code} takes nobody any more.`);
    const student = await data.student.get(input.student);
    if (student.status === 'left') refuse('conflict', `${student.name} has left the school.`);
    return data.enrolment.create({
      student: student.id,
      course: row.id,
      enrolledOn: today,
      status: (row.free ?? 0) > 0 ? 'enrolled' : 'waiting',
    });
  },
});
