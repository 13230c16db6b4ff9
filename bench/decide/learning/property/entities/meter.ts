/**
 * A meter counts water, electricity or heat of a flat.
 *
 * why: the yearly bill is made from it
 * change: start
 * generator: person
 * date: 2026-11-24
 */
import { choice, date, entity, reference, text } from 'theseus/sdk';

export default entity({
  id: 'e_meter',
  name: 'meter',
  plural: 'meters',
  title: 'number',
  fields: {
    number: text({ id: 'f_menumb', no: 1, required: true, unique: true }),
    flat: reference({ id: 'f_meflat', no: 2, to: 'flat', required: true }),
    kind: choice({ id: 'f_mekind', no: 3, choices: { water: 'c_mwat', electricity: 'c_melec', heat: 'c_mheat' }, default: 'water' }),
    sealedUntil: date({ id: 'f_meseal', no: 4 }),
  },
});
