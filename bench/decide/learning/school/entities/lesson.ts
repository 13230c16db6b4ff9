/**
 * One lesson of a course.
 *
 * why: what was done, and whether it took place
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { choice, date, entity, integer, reference, text } from 'theseus/sdk';

export default entity({
  id: 'e_less',
  name: 'lesson',
  plural: 'lessons',
  title: 'day',
  fields: {
    course: reference({ id: 'f_lecour', no: 1, to: 'course', required: true }),
    day: date({ id: 'f_leday', no: 2, required: true }),
    status: choice({ id: 'f_lestat', no: 3, choices: { planned: 'c_lplan', held: 'c_lheld', cancelled: 'c_lcanc' }, default: 'planned' }),
    topic: text({ id: 'f_letopic', no: 4 }),
    absent: integer({ id: 'f_leabs', no: 5, min: 0, max: 16, default: 0 }),
    substitute: reference({ id: 'f_lesub', no: 6, to: 'teacher' }),
    homework: text({ id: 'f_lehome', no: 7, multiline: true }),
  },
});
