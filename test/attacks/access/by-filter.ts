/**
 * Tries: to find the row of another by what stands in it, by each comparison.
 * Must: it is in no list.
 */
import assert from 'node:assert/strict';
import { asked, customersOf } from '../harness/own-rows.ts';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  run: async (system) => {
    const { hidden, own } = await customersOf(system);
    for (const query of [
      'buyer=bo',
      'buyer[ne]=ada',
      'code=boscode77',
      'code[ge]=b',
      'price[gt]=900000',
      'price[in]=918273,7',
      `id=${hidden}`,
      `id[in]=${hidden},${own}`,
      `id[ne]=${own}`,
      'sealed=false&buyer[gt]=ada',
      `parent[ne]=${own}`,
      'what[lt]=c',
    ]) {
      const { status, text } = await asked(system, 'GET', `/api/parcels?${query}`);
      if (status === 200) assert.ok(!text.includes(hidden), `${query}: ${text}`);
    }
  },
};
