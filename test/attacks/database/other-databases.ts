/**
 * Tries: to enter other databases of the server, to leave something there for others.
 * Must: each login enters its own.
 */
import assert from 'node:assert/strict';
import { mustBeDenied, type SystemAttack } from '../harness/systems.ts';

export const attack: SystemAttack = {
  run: async (system) => {
    for (const role of ['data', 'kernel'] as const)
      for (const name of ['postgres', 'template1', 'theseus_trial']) {
        const { default: pg } = await import('pg');
        const client = new pg.Client({ connectionString: system.loginUrl(role).replace('/theseus?', `/${name}?`) });
        await assert.rejects(client.connect(), /permission denied/);
      }
    await mustBeDenied(system, 'data', ['create database forged', 'create temporary table forged ()']);
  },
};
