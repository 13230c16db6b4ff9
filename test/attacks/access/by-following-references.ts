/**
 * Tries: to ask by fields of rows behind a reference, as a filter, an order or more of an answer.
 * Must: such names are not known.
 */
import assert from 'node:assert/strict';
import { asked } from '../harness/own-rows.ts';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  run: async (system) => {
    for (const query of [
      'parent.what=bosgoldenwatch',
      'parent.price[gt]=1',
      'sort=parent.price',
      'include=parent',
      'expand=parent',
      'fields=*',
      'parcel.what=bosgoldenwatch',
    ])
      for (const plural of ['parcels', 'remarks']) {
        const { status } = await asked(system, 'GET', `/api/${plural}?${query}`);
        assert.equal(status, 422, `${plural} ${query}`);
      }
  },
};
