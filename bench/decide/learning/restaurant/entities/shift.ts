/**
 * A shift is one employee's work on one day.
 *
 * why: everybody must know when to come
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { choice, count, date, entity, integer, reference, type Row, text } from 'theseus/sdk';

export default entity({
  id: 'e_shift',
  name: 'shift',
  plural: 'shifts',
  title: 'day',
  fields: {
    employee: reference({ id: 'f_shemp', no: 1, to: 'employee', required: true }),
    day: date({ id: 'f_shday', no: 2, required: true }),
    part: choice({ id: 'f_shpart', no: 3, choices: { morning: 'c_hmor', evening: 'c_heve' }, default: 'evening' }),
    hours: integer({ id: 'f_shhour', no: 4, required: true, min: 2, max: 10, default: 6 }),
    state: choice({ id: 'f_shstat', no: 5, choices: { planned: 'c_hplan', worked: 'c_hwork', sick: 'c_hsick' }, default: 'planned' }),
    remark: text({ id: 'f_shrem', no: 6, max: 100 }),
  },
  invariants: {
    onceADay: {
      holds: (shift: Row<'shift'>) => count(shift.employee.shifts.filter((other) => other.day === shift.day)) <= 1,
      message: 'one shift a day is enough for anybody',
    },
  },
});
