/**
 * A placement test says where a student should begin.
 *
 * why: wrong levels cost us students
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { boolean, choice, date, entity, integer, reference, type Row } from 'theseus/sdk';

export default entity({
  id: 'e_test',
  name: 'placementTest',
  plural: 'placementTests',
  title: 'takenOn',
  fields: {
    student: reference({ id: 'f_ptstud', no: 1, to: 'student', required: true }),
    language: choice({
      id: 'f_ptlang',
      no: 2,
      required: true,
      choices: { english: 'c_peng', german: 'c_pger', french: 'c_pfre', italian: 'c_pita', spanish: 'c_pspa' },
    }),
    takenOn: date({ id: 'f_pton', no: 3, required: true }),
    score: integer({ id: 'f_ptscore', no: 4, required: true, min: 0, max: 100 }),
    advanced: boolean({ id: 'f_ptadv', no: 5, live: (test: Row<'placementTest'>) => test.score >= 70 }),
  },
});
