/**
 * An employee cooks, serves or stands at the bar.
 *
 * why: without them there is no evening
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { boolean, choice, entity, money, text } from 'theseus/sdk';

export default entity({
  id: 'e_emp',
  name: 'employee',
  plural: 'employees',
  title: 'name',
  fields: {
    name: text({ id: 'f_emname', no: 1, required: true }),
    phone: text({ id: 'f_emphone', no: 2, required: true }),
    login: text({ id: 'f_emlogin', no: 3, unique: true }),
    station: choice({ id: 'f_emstat', no: 4, choices: { kitchen: 'c_skit', service: 'c_sser', bar: 'c_sbar' }, default: 'service' }),
    hourlyWage: money({ id: 'f_emwage', no: 5, sensitive: true, min: '9.00', max: '60.00' }),
    left: boolean({ id: 'f_emleft', no: 6, default: false }),
  },
});
