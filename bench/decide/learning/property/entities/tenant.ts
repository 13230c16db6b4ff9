/**
 * A tenant lives in one of our flats, or did.
 *
 * why: we must reach them and know who they are
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { boolean, choice, count, date, email, entity, integer, type Row, text } from 'theseus/sdk';

export default entity({
  id: 'e_ten',
  name: 'tenant',
  plural: 'tenants',
  title: 'name',
  fields: {
    name: text({ id: 'f_tename', no: 1, required: true }),
    email: email({ id: 'f_temail', no: 2, unique: true }),
    phone: text({ id: 'f_tephone', no: 3 }),
    iban: text({ id: 'f_teiban', no: 4, sensitive: true }),
    birthday: date({ id: 'f_tebirth', no: 5, sensitive: true }),
    login: text({ id: 'f_telogin', no: 6, unique: true }),
    contactBy: choice({
      id: 'f_tecont',
      no: 7,
      choices: { email: 'c_cmail', phone: 'c_cphone', letter: 'c_clett' },
      default: 'email',
    }),
    standingOrder: boolean({ id: 'f_testand', no: 8, default: false }),
    pets: boolean({ id: 'f_tepets', no: 9, default: false }),
    leasesNow: integer({
      id: 'f_tenow',
      no: 10,
      live: (tenant: Row<'tenant'>) => count(tenant.leases.filter((lease) => lease.state === 'active')),
    }),
  },
});
