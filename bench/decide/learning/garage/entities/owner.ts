/**
 * An owner has one or more cars and pays the bills.
 *
 * why: the bill goes to a person, not to a plate
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { boolean, choice, count, email, entity, integer, type Row, text } from 'theseus/sdk';

export default entity({
  id: 'e_own',
  name: 'owner',
  plural: 'owners',
  title: 'name',
  fields: {
    name: text({ id: 'f_owname', no: 1, required: true }),
    phone: text({ id: 'f_owphone', no: 2, required: true }),
    email: email({ id: 'f_owmail', no: 3, unique: true }),
    address: text({ id: 'f_owaddr', no: 4 }),
    kind: choice({
      id: 'f_owkind',
      no: 5,
      choices: { private: 'c_opriv', company: 'c_ocomp', taxi: 'c_otaxi' },
      default: 'private',
    }),
    regular: boolean({ id: 'f_owreg', no: 6, default: false }),
    blocked: boolean({ id: 'f_owblock', no: 7, default: false }),
    bankAccount: text({ id: 'f_owbank', no: 8, sensitive: true }),
    carsNow: integer({ id: 'f_owcars', no: 9, live: (owner: Row<'owner'>) => count(owner.cars) }),
  },
});
