/**
 * Tries: to know how many rows others have: from lengths of pages, cursors at their ends, and headers.
 * Must: a page ends where her own rows end.
 */
import assert from 'node:assert/strict';
import { asked } from '../harness/own-rows.ts';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  run: async (system) => {
    const whole = await asked(system, 'GET', '/api/parcels?limit=500');
    const own = JSON.parse(whole.text) as { readonly items: readonly unknown[]; readonly next: unknown };
    assert.equal(own.next, null);
    const page = await asked(system, 'GET', `/api/parcels?limit=${own.items.length}&sort=price`);
    assert.equal((JSON.parse(page.text) as { readonly next: unknown }).next, null, 'no page follows, though others have rows');
    for (const name of page.headers.keys()) assert.doesNotMatch(name, /total|count|range/);
    const none = await asked(system, 'GET', '/api/parcels?price[gt]=900000');
    assert.deepEqual(JSON.parse(none.text), { items: [], next: null });
  },
};
