/**
 * A lease lets one flat to one tenant.
 *
 * why: it says who owes what, and until when
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { boolean, choice, count, date, entity, money, reference, type Row, sum, text } from 'theseus/sdk';
import rentReduction from '../rules/rent-reduction.ts';

export default entity({
  id: 'e_lease',
  name: 'lease',
  plural: 'leases',
  title: 'number',
  fields: {
    number: text({ id: 'f_lenumb', no: 1, required: true, unique: true }),
    flat: reference({ id: 'f_leflat', no: 2, to: 'flat', required: true }),
    tenant: reference({ id: 'f_leten', no: 3, to: 'tenant', required: true }),
    from: date({ id: 'f_lefrom', no: 4, required: true }),
    until: date({ id: 'f_leuntil', no: 5 }),
    monthlyRent: money({ id: 'f_lerent', no: 6, required: true, min: '100.00' }),
    utilities: money({ id: 'f_leutil', no: 7, min: '0.00', default: '120.00' }),
    deposit: money({ id: 'f_ledepo', no: 8, min: '0.00', default: '0.00' }),
    depositPaid: boolean({ id: 'f_ledepp', no: 9, default: false }),
    noticeOn: date({ id: 'f_lenotic', no: 10 }),
    state: choice({
      id: 'f_lestate',
      no: 11,
      choices: { draft: 'c_ldraft', active: 'c_lact', ended: 'c_lend', cancelled: 'c_lcanc' },
      default: 'draft',
    }),
    reduction: money({ id: 'f_lered', no: 12, live: rentReduction }),
    warmRent: money({
      id: 'f_lewarm',
      no: 13,
      live: (lease: Row<'lease'>) => lease.monthlyRent - (lease.reduction ?? money('0.00')) + (lease.utilities ?? money('0.00')),
    }),
    arrears: money({
      id: 'f_learr',
      no: 14,
      live: (lease: Row<'lease'>) =>
        sum(
          lease.rents.filter((rent) => rent.state === 'open' || rent.state === 'reminded'),
          (rent) => rent.amount,
        ),
    }),
  },
  invariants: {
    rightWayRound: {
      holds: (lease: Row<'lease'>) => lease.until === undefined || lease.until > lease.from,
      message: 'a lease ends after its first day',
    },
    fairDeposit: {
      holds: (lease: Row<'lease'>) => (lease.deposit ?? money('0.00')) <= lease.monthlyRent * 3,
      message: 'a deposit is at most three monthly rents',
    },
    onlyOne: {
      holds: (lease: Row<'lease'>) => lease.state !== 'active' || count(lease.flat.leases.filter((other) => other.state === 'active')) <= 1,
      message: 'the flat has an active lease already',
    },
  },
});
