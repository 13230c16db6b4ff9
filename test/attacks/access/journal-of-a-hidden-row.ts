/**
 * Tries: to read what became of the row of another from its history.
 * Must: it has no history for her.
 */
import assert from 'node:assert/strict';
import { asked, toldFromNothing } from '../harness/own-rows.ts';
import type { SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  run: async (system) => {
    const status = await toldFromNothing(system, (id) => asked(system, 'GET', `/_theseus/rows/${id}/journal`));
    assert.ok(status === 200 || status === 403 || status === 404, String(status));
  },
};
