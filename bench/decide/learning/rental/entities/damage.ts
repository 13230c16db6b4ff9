/**
 * Damage that was found when an item came back.
 *
 * why: who breaks something pays for it
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { choice, date, entity, money, reference, text } from 'theseus/sdk';

export default entity({
  id: 'e_dam',
  name: 'damage',
  plural: 'damages',
  title: 'description',
  fields: {
    rental: reference({ id: 'f_darent', no: 1, to: 'rental', required: true }),
    description: text({ id: 'f_dadesc', no: 2, required: true }),
    cost: money({ id: 'f_dacost', no: 3, required: true, min: '0.00' }),
    foundOn: date({ id: 'f_dafound', no: 4, required: true }),
    state: choice({
      id: 'f_dastate',
      no: 5,
      choices: { found: 'c_dfound', charged: 'c_dchar', waived: 'c_dwaiv' },
      default: 'found',
    }),
  },
});
