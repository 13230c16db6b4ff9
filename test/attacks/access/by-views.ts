/**
 * Tries: to read the rows of others by views: as a list, and by cursors of an owner.
 * Must: a view shows what she may see.
 */
import assert from 'node:assert/strict';
import { asked, customersOf } from '../harness/own-rows.ts';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  run: async (system) => {
    const { hidden } = await customersOf(system);
    const { status, text } = await asked(system, 'GET', '/api/views/all-parcels?limit=100');
    assert.equal(status, 200, text);
    assert.match(text, /tea/);
    assert.ok(!text.includes(hidden));
    const owner = await system.call('GET', '/api/views/all-parcels?limit=1');
    await asked(system, 'GET', `/api/views/all-parcels?limit=100&cursor=${encodeURIComponent(String(owner.json['next'] ?? ''))}`);
  },
};
