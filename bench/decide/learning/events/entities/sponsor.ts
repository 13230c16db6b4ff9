/**
 * A sponsor supports events with money.
 *
 * why: tickets alone do not pay the light
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { choice, date, email, entity, money, type Row, sum, text } from 'theseus/sdk';

export default entity({
  id: 'e_spon',
  name: 'sponsor',
  plural: 'sponsors',
  title: 'name',
  fields: {
    name: text({ id: 'f_spname', no: 1, required: true, unique: true }),
    contact: text({ id: 'f_spcont', no: 2 }),
    email: email({ id: 'f_spmail', no: 3, required: true }),
    level: choice({ id: 'f_splevel', no: 4, choices: { bronze: 'c_sbron', silver: 'c_ssilv', gold: 'c_sgold' }, default: 'bronze' }),
    since: date({ id: 'f_spsince', no: 5 }),
    given: money({
      id: 'f_spgiven',
      no: 6,
      live: (sponsor: Row<'sponsor'>) =>
        sum(
          sponsor.pledges.filter((pledge) => pledge.state === 'received'),
          (pledge) => pledge.amount,
        ),
    }),
  },
});
