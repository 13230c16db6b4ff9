/**
 * Tries: to learn of the rows of others from what keeps her own from being removed.
 * Must: she is told that something leans on it, and not what.
 */
import assert from 'node:assert/strict';
import { asked } from '../harness/own-rows.ts';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  run: async (system) => {
    const made = await asked(system, 'POST', '/api/parcels', { what: 'base', buyer: 'ada' });
    const base = String((JSON.parse(made.text) as { readonly id: string }).id);
    const leaning = await system.call('POST', '/api/parcels', { what: 'bosgoldenwatch two', buyer: 'bo', parent: base });
    const { status, text } = await asked(system, 'DELETE', `/api/parcels/${base}`);
    assert.ok(status === 204 || status === 409, text);
    assert.ok(!text.includes(String(leaning.json['id'])), text);
    for (const row of [leaning.json['id'], base]) await system.call('DELETE', `/api/parcels/${String(row)}`);
  },
};
