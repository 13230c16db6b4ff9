/**
 * Tries: to find the row of another by its words, by parts of them, by wildcards.
 * Must: nothing is found.
 */
import assert from 'node:assert/strict';
import { asked, customersOf } from '../harness/own-rows.ts';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  run: async (system) => {
    const { hidden } = await customersOf(system);
    for (const q of [
      'bosgoldenwatch',
      'bosgolden',
      'boscode77',
      'bo',
      '%',
      '_',
      '*',
      'bos%',
      "' or true --",
      'bosgoldenwatch OR tea',
      'b:*',
      '918273',
    ]) {
      const { status, text } = await asked(system, 'GET', `/api/parcels?q=${encodeURIComponent(q)}`);
      assert.ok(status !== 200 || !text.includes(hidden), `${q}: ${text}`);
    }
  },
};
