/**
 * A performer is a band, a speaker or an artist.
 *
 * why: we book some of them every year
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { choice, count, email, entity, integer, money, type Row, text } from 'theseus/sdk';

export default entity({
  id: 'e_perf',
  name: 'performer',
  plural: 'performers',
  title: 'name',
  fields: {
    name: text({ id: 'f_pename', no: 1, required: true, unique: true }),
    genre: text({ id: 'f_pegenre', no: 2 }),
    agent: text({ id: 'f_peagent', no: 3 }),
    email: email({ id: 'f_pemail', no: 4, required: true }),
    usualFee: money({ id: 'f_pefee', no: 5, min: '0.00' }),
    taxNumber: text({ id: 'f_petax', no: 6, sensitive: true }),
    members: integer({ id: 'f_pememb', no: 7, min: 1, max: 60, default: 1 }),
    rating: integer({ id: 'f_perate', no: 8, min: 1, max: 5 }),
    status: choice({ id: 'f_pestat', no: 9, choices: { touring: 'c_ptour', resting: 'c_prest', split: 'c_psplit' }, default: 'touring' }),
    gigsPlayed: integer({
      id: 'f_pegigs',
      no: 10,
      live: (performer: Row<'performer'>) => count(performer.gigs.filter((gig) => gig.state === 'played')),
    }),
  },
});
